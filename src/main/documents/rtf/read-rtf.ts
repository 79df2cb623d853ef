import type { ReadingNote } from '../../../shared/reading-note.ts';
import { createEmbeddedPictures, type EmbeddedPictures, picturedBy } from '../drawings/embedded-pictures.ts';
import { type Pictured, withPicturesNotRead } from '../drawings/pictures.ts';
import { numeral } from '../numerals.ts';
import { createPrinted } from '../printed-around.ts';
import { rtfNotes } from './found.ts';
import { createRtfReader } from './rtf-reader.ts';
import type { Frame } from './states.ts';
import { readRtfTokens } from './tokens.ts';

export interface RtfText {
  readonly text: string;
  readonly notes: readonly ReadingNote[];
  /** Pictures in the document, small ones included. */
  readonly images: number;
  /** Whether there are objects or controls in it. */
  readonly hasObjects: boolean;
  readonly pictured?: Pictured;
}

export function isRtf(bytes: Buffer): boolean {
  return /^(?:\xef\xbb\xbf)?\s*\{\\rtf/.test(bytes.toString('latin1', 0, 64));
}

/**
 * The text of a rich text document in order: headers, marked and without repeats; paragraphs, lists, tables and text
 * boxes, with the comments on them; footnotes and endnotes; footers. What is hidden or deleted is left out, and noted.
 */
export function readRtf(file: Buffer): RtfText {
  const pictures = createEmbeddedPictures();
  const { notes, ...read } = readRtfBody(file, pictures);
  return { ...read, notes: withPicturesNotRead(notes, pictures.notRead()), ...picturedBy(pictures) };
}

/** The same for the text of a mail. Its pictures are added to those of the mail, which notes what is not read of them. */
export function readRtfBody(file: Buffer, pictures: EmbeddedPictures): Omit<RtfText, 'pictured'> {
  const texts = createTexts();
  const { handlers, found, finish } = createRtfReader(file, pictures, texts.add);
  const { open, goesOn } = readRtfTokens(file, handlers);
  if (open > 1) found.holds.add('cut');
  if (goesOn) found.holds.add('text behind the end');
  const text = texts.around(finish());
  const hasObjects = found.objects.size > 0 || found.holds.has('controls');
  return { text, notes: rtfNotes(found), images: found.images, hasObjects };
}

/** The texts beside the body. */
function createTexts() {
  const headers = createPrinted();
  const footers = createPrinted();
  const footnotes: string[] = [];
  const endnotes: string[] = [];

  /** Adds a note and gives its mark. */
  function addNote(text: string, { isEndnote, isNumbered }: Frame): string {
    const notes = isEndnote ? endnotes : footnotes;
    const mark = isNumbered ? `[${numeral(notes.length + 1, isEndnote ? 'lowerRoman' : 'decimal')}]` : '';
    notes.push(`${mark} ${text}`.trim());
    return mark;
  }

  return {
    /** Takes the text of a frame that has ended. Returns what stands for it where it was. */
    add(frame: Frame): string {
      const text = frame.story.finish();
      if (frame.kind === 'note') return addNote(text, frame);
      if (frame.kind === 'box' || frame.kind === 'comment') return text;
      (frame.kind === 'header' ? headers : footers).add(text, frame.story.withoutNumbers());
      return '';
    },
    around(body: string): string {
      const printed = [
        ...headers.texts().map((text) => `[Header] ${text}`),
        body,
        ...footnotes,
        ...endnotes,
        ...footers.texts().map((text) => `[Footer] ${text}`),
      ];
      return printed.filter((text) => text !== '').join('\n\n');
    },
  };
}
