import type { Attributes } from '../packed/xml-events.ts';
import { readSigns } from '../symbol-fonts.ts';
import type { TextWriter } from '../text-writer.ts';
import { writeApart } from '../write-apart.ts';
import type { FoundInOdf } from './found-in-odf.ts';
import type { OdfLists } from './lists.ts';
import type { Margins } from './margins.ts';
import type { Looks, OdfStyles } from './styles.ts';

interface Paragraph {
  readonly looks: Looks;
  /** Of the spans that are open in it. */
  readonly spans: Looks[];
  /** `## ` */
  readonly heading: string;
  readonly number: string;
  isStarted: boolean;
}

/** What the paragraphs of a text go by. */
export interface ParagraphContext {
  readonly styles: OdfStyles;
  readonly found: FoundInOdf;
  /** Headings get their Markdown marks. */
  readonly marksHeadings: boolean;
}

export type OdfParagraphs = ReturnType<typeof createOdfParagraphs>;

/**
 * The paragraphs of a text, with headings, the marks of lists and the looks of spans. Text boxes and notes nest paragraphs
 * inside paragraphs.
 */
export function createOdfParagraphs(
  { styles, found, marksHeadings }: ParagraphContext,
  lists: OdfLists,
  margins: Margins,
  isInHiddenPart: () => boolean,
) {
  const open: Paragraph[] = [];
  let afterItem = false;

  const writer = (): TextWriter => margins.writer();
  const looks = (): Looks => open.at(-1)?.spans.at(-1) ?? open.at(-1)?.looks ?? {};

  function start(paragraph: Paragraph): void {
    paragraph.isStarted = true;
    const mark = margins.isInMargin() ? null : lists.take();
    const isClose = mark !== null && afterItem;
    writer().breakLine(isClose || writer().isInTable() ? 1 : 2);
    const { heading, number } = paragraph;
    for (const prefix of [heading, heading === '' ? (mark ?? '') : (mark ?? '').trimStart(), number]) {
      if (prefix !== '') writer().prefix(prefix);
    }
    afterItem = mark !== null;
  }

  function headingOf(attributes: Attributes): Pick<Paragraph, 'heading' | 'number'> {
    const level = Math.min(9, Math.max(1, Number.parseInt(attributes['text:outline-level'] ?? '1', 10) || 1));
    const isPlain = lists.isInList() || attributes['text:is-list-header'] === 'true';
    const number = isPlain ? '' : lists.headingNumber(level).replace(/^-$/, '');
    const heading = marksHeadings ? `${'#'.repeat(Math.min(6, level))} ` : '';
    return { heading, number: number === '' ? '' : `${number} ` };
  }

  /** Returns whether the text is to be written in the innermost paragraph, which begins with it if it has not. */
  function isWritten(text: string): boolean {
    if (isInHiddenPart() || looks().isHidden) {
      found.hiddenCharacters += text.trim().length;
      return false;
    }
    const paragraph = open.at(-1);
    if (paragraph === undefined || (!paragraph.isStarted && text.trim() === '')) return false;
    if (!paragraph.isStarted) start(paragraph);
    return true;
  }

  function write(text: string, isMark = false): void {
    if (text === '' || !isWritten(text)) return;
    writer().strike(looks().isStruck === true);
    writer().rise(isMark ? null : (looks().rise ?? null));
    writer().writeVerbatim(text);
  }

  return {
    isInside: (): boolean => open.length > 0,
    /** Whether the number of the innermost one is told before its text. */
    isNumbered: (): boolean => lists.isInList() || open.at(-1)?.number !== '',
    open(name: string, attributes: Attributes): void {
      if (!margins.isInMargin()) lists.open(name, attributes);
      const heading = name === 'text:h' ? headingOf(attributes) : { heading: '', number: '' };
      const looks = styles.looks('paragraph', attributes['text:style-name'] ?? '');
      open.push({ looks, spans: [], ...heading, isStarted: false });
    },
    close(): void {
      const paragraph = open.pop();
      // Text after a text box goes on in the paragraph that it is anchored to.
      if (paragraph?.isStarted && open.length > 0) writer().breakLine(2);
      if (open.length === 0 && !writer().isInTable()) margins.writeComments();
    },
    openSpan(attributes: Attributes): void {
      open.at(-1)?.spans.push({ ...looks(), ...styles.looks('text', attributes['text:style-name'] ?? '') });
    },
    closeSpan(): void {
      open.at(-1)?.spans.pop();
    },
    breakLine(): void {
      if (open.at(-1)?.isStarted) writer().newLine();
    },
    write,
    /** The mark of a note stands on the line, however its text looks. */
    writeMark: (mark: string): void => write(mark, true),
    /** Writes text as it is in the file: white space is folded; what counts of it is written as elements. */
    writeFolded(piece: string): void {
      const paragraph = open.at(-1);
      if (paragraph === undefined) return;
      const folded = piece.replace(/[ \t\n\r]+/g, ' ');
      const read = readSigns(paragraph.isStarted ? folded : folded.trimStart(), looks().font ?? null);
      found.unknownSigns += read.unknown;
      write(read.text);
    },
    /** Writes a picture or chart on lines of its own, without the looks of the text around it, also within a paragraph. */
    writeOnLines(text: string): void {
      if (text === '') return;
      if (open.length === 0) writeApart(writer(), text, 2);
      else if (isWritten(text)) writeApart(writer(), text, 1);
    },
  };
}
