import { type Problem, problem } from '../../../shared/problem.ts';
import type { ReadingNote } from '../../../shared/reading-note.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { CompoundFile } from '../compound/compound-file.ts';
import { picturedBy } from '../drawings/embedded-pictures.ts';
import { hasWords, type Pictured } from '../drawings/pictures.ts';
import { damagedFile } from '../file-problems.ts';
import { createPrinted } from '../printed-around.ts';
import { textlessDocument } from '../textless-document.ts';
import { type Aside, boxesOf, commentsOf, commentText, notesOf } from './asides.ts';
import { type DocFile, openDoc } from './doc-file.ts';
import { isEncrypted } from './fib.ts';
import { createFoundInDoc, type FoundInDoc, notesOnDoc } from './found-in-doc.ts';
import { floatingPictures, wordArt } from './picture.ts';
import { type Anchors, noAnchors, printedStoryOf, storyOf } from './story.ts';

export interface DocText {
  readonly text: string;
  readonly notes: readonly ReadingNote[];
  readonly pictured?: Pictured;
  readonly isWordless?: boolean;
}

/**
 * The text of a Word 97–2003 document, in order: headers, marked and without repeats; headings, numbered paragraphs, tables
 * and text boxes, with the comments on them; notes; footers. Hidden and deleted text is left out, with a note.
 * @param stream the stream `WordDocument` of the file.
 */
export function readDoc(file: CompoundFile, stream: Buffer): Result<DocText, Problem> {
  if (isEncrypted(stream)) return err(problem('file_encrypted', { format: 'office' }));
  try {
    const found = createFoundInDoc();
    const text = documentText(openDoc(file, stream), found);
    if (text !== '') {
      const isWordless = hasWords(text) ? {} : { isWordless: true };
      return ok({ text, notes: notesOnDoc(found), ...picturedBy(found.pictures), ...isWordless });
    }
    return err(
      found.images > 0 ? problem('file_no_text', { what: 'images' }) : textlessDocument(found.objects.size > 0),
    );
  } catch (error) {
    return err(damagedFile({ what: 'document' }, String(error)));
  }
}

function documentText(file: DocFile, found: FoundInDoc): string {
  const notes = [notesOf(file, 'footnotes'), notesOf(file, 'endnotes')];
  const boxes = readBoxes(file, found);
  const comments = commentsOf(file);
  const floating = floatingPictures(file.tableOf('drawings'), file.stream, found);
  const words = wordArt(file.tableOf('drawings'));
  const anchors: Anchors = {
    noteAt: (place) => notes.map((kind) => kind.get(place)?.mark).find((mark) => mark !== undefined) ?? null,
    commentAt: (place) => commentAt(file, found, comments.get(place)),
    boxAt: (place) => boxes.take(place) || words.at(boxes.anchorAt(place)),
    pictureAt: (place) => floating(boxes.anchorAt(place)),
  };
  const [from, to] = file.rangeOf('body');
  const body = storyOf(file, found, { from, to }, anchors, true);
  const printed = printedAround(file, found);
  const below = notes.flatMap((kind) => [...kind.values()].map((note) => noteText(file, found, note)));
  const all = [
    ...printed('Header'),
    ...words.printed.map((text) => `[Header] ${text}`),
    body,
    ...boxes.left(),
    ...below,
    ...printed('Footer'),
  ];
  return all.filter((text) => text !== '').join('\n\n');
}

function noteText(file: DocFile, found: FoundInDoc, { mark, from, to }: Aside): string {
  return `${mark} ${storyOf(file, found, { from, to }, noAnchors)}`.trim();
}

function commentAt(file: DocFile, found: FoundInDoc, comment: Aside | undefined): string {
  return comment === undefined ? '' : commentText(comment, storyOf(file, found, comment, noAnchors));
}

/** The texts of boxes, each of which is written where it is anchored; what is anchored in a group of shapes comes last. */
function readBoxes(file: DocFile, found: FoundInDoc) {
  const { shapeAt, anchorAt, ranges, headerRanges } = boxesOf(file);
  const read = (all: typeof ranges) =>
    all.map(({ shape, from, to }) => ({ shape, text: storyOf(file, found, { from, to }, noAnchors) }));
  const texts = read(ranges);
  const printed = new Set(read(headerRanges).map(({ text }) => text));
  const waiting = new Set(texts.filter(({ text }) => text !== ''));
  return {
    anchorAt,
    take(place: number): string {
      const shape = shapeAt.get(place);
      const box = [...waiting].find((one) => one.shape === shape);
      if (box === undefined) return '';
      waiting.delete(box);
      return box.text;
    },
    left: (): readonly string[] =>
      [...[...waiting].map(({ text }) => text), ...printed]
        .filter((text) => text !== '')
        .map((text) => `[Text box] ${text}`),
  };
}

/** Between the notes and their text, which are in the headers, too. */
const SEPARATORS = 6;
/** Of the six for each section, of even, odd and first pages. */
const kinds = ['Header', 'Header', 'Footer', 'Footer', 'Header', 'Footer'] as const;

/** What pages print above and below their text, each once; a page number alone says nothing. */
function printedAround(file: DocFile, found: FoundInDoc): (kind: 'Header' | 'Footer') => string[] {
  const [start, end] = file.rangeOf('headers');
  const places = file.positions('headers', 0).at;
  const printed = { Header: createPrinted(), Footer: createPrinted() };
  for (let index = SEPARATORS; index + 1 < places.length; index += 1) {
    const [from, to] = [start + (places[index] ?? 0), start + (places[index + 1] ?? 0)];
    const kind = kinds[(index - SEPARATORS) % kinds.length];
    if (to <= from || to > end || kind === undefined) continue;
    const { text, withoutNumbers } = printedStoryOf(file, found, { from, to });
    printed[kind].add(text, withoutNumbers);
  }
  return (kind) => printed[kind].texts().map((text) => `[${kind}] ${text}`);
}
