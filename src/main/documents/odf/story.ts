import { pictureMark } from '../drawings/pictures.ts';
import type { Attributes } from '../packed/xml-events.ts';
import { readSigns } from '../symbol-fonts.ts';
import type { TextWriter } from '../text-writer.ts';
import type { FoundInOdf } from './found-in-odf.ts';
import { isLargeImage } from './lengths.ts';
import { createOdfLists } from './lists.ts';
import { createMargins } from './margins.ts';
import type { Looks, OdfStyles } from './styles.ts';

/** What all texts of a document share. */
export interface StoryContext {
  readonly styles: OdfStyles;
  readonly found: FoundInOdf;
  /** The text of an embedded object, by its path; null if it is of a kind that is not read. */
  readonly objectAt: (path: string) => string | null;
  /** Headings get their Markdown marks. */
  readonly marksHeadings: boolean;
}

/** What does not print: deleted text, phonetic guides, what indexes are made by, descriptions of pictures, data. */
const skipped = new Set(
  (
    'text:tracked-changes text:ruby-text text:variable-decls text:sequence-decls text:user-field-decls ' +
    'text:dde-connection-decls text:table-of-content-source text:illustration-index-source text:table-index-source ' +
    'text:object-index-source text:user-index-source text:alphabetical-index-source text:bibliography-source ' +
    'office:forms office:event-listeners office:binary-data office:document math:math svg:title svg:desc ' +
    'table:shapes table:named-expressions table:database-ranges table:data-pilot-tables ' +
    'presentation:notes'
  ).split(' '),
);

const fieldsOfPage = new Set(['text:page-number', 'text:page-count']);

interface Paragraph {
  readonly looks: Looks;
  /** Of the spans that are open in it. */
  readonly spans: Looks[];
  /** `## ` */
  readonly heading: string;
  readonly number: string;
  isStarted: boolean;
}

/**
 * Writes the text of an OpenDocument file, element by element: headings, lists, tables and text boxes in their order.
 * Footnotes, endnotes and comments are kept for the margin.
 */
export function createOdfStory(body: TextWriter, { styles, found, objectAt, marksHeadings }: StoryContext) {
  const lists = createOdfLists(styles);
  const margins = createMargins(body);
  const paragraphs: Paragraph[] = [];
  const hiddenSections: number[] = [];
  const path: string[] = [];
  let frame: Attributes = {};
  /** The frame's picture, drawn in a way that cannot be read; it may be there in another way, too. */
  let isPictureUnread = false;
  let skipDepth = 0;
  let isInDeletion = false;
  let afterItem = false;
  let cells = 0;

  const writer = (): TextWriter => margins.writer();
  const looks = (): Looks => paragraphs.at(-1)?.spans.at(-1) ?? paragraphs.at(-1)?.looks ?? {};

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

  function write(text: string, isMark = false): void {
    if (text === '') return;
    if (hiddenSections.length > 0 || looks().isHidden) {
      found.hiddenCharacters += text.trim().length;
      return;
    }
    const paragraph = paragraphs.at(-1);
    if (paragraph === undefined) return;
    if (!paragraph.isStarted) {
      if (text.trim() === '') return;
      start(paragraph);
    }
    writer().strike(looks().isStruck === true);
    writer().rise(isMark ? null : (looks().rise ?? null));
    writer().writeVerbatim(text);
  }

  function openParagraph(name: string, attributes: Attributes): void {
    if (!margins.isInMargin()) lists.open(name, attributes);
    const looks = styles.looks('paragraph', attributes['text:style-name'] ?? '');
    const heading = name === 'text:h' ? headingOf(attributes) : { heading: '', number: '' };
    paragraphs.push({ looks, spans: [], ...heading, isStarted: false });
  }

  function headingOf(attributes: Attributes): Pick<Paragraph, 'heading' | 'number'> {
    const level = Math.min(9, Math.max(1, Number.parseInt(attributes['text:outline-level'] ?? '1', 10) || 1));
    const isPlain = lists.isInList() || attributes['text:is-list-header'] === 'true';
    const number = isPlain ? '' : lists.headingNumber(level).replace(/^-$/, '');
    const heading = marksHeadings ? `${'#'.repeat(Math.min(6, level))} ` : '';
    return { heading, number: number === '' ? '' : `${number} ` };
  }

  function closeParagraph(): void {
    const paragraph = paragraphs.pop();
    // Text after a text box goes on in the paragraph that it is anchored to.
    if (paragraph?.isStarted && paragraphs.length > 0) writer().breakLine(2);
    if (paragraphs.length === 0 && !writer().isInTable()) margins.writeComments();
  }

  function openContent(name: string, attributes: Attributes): void {
    if (name === 'text:p' || name === 'text:h') openParagraph(name, attributes);
    else if (name === 'text:span') {
      const spans = paragraphs.at(-1)?.spans;
      spans?.push({ ...looks(), ...styles.looks('text', attributes['text:style-name'] ?? '') });
    } else if (name === 'text:s') write(' '.repeat(Math.min(20, Number(attributes['text:c'] ?? 1) || 1)));
    else if (name === 'text:tab') write('\t');
    else if (name === 'text:line-break') {
      if (paragraphs.at(-1)?.isStarted) writer().newLine();
    } else if (name.startsWith('table:')) openTable(name, attributes);
    else if (name.startsWith('draw:')) openDrawing(name, attributes);
    else {
      lists.open(name, attributes);
      margins.open(name);
    }
  }

  function openTable(name: string, attributes: Attributes): void {
    if (name === 'table:table') writer().breakLine(2);
    else if (name === 'table:table-row') {
      writer().breakLine(1);
      writer().startRow();
      cells = 0;
    } else if (name === 'table:table-cell' || name === 'table:covered-table-cell') openCell(attributes);
  }

  function openDrawing(name: string, attributes: Attributes): void {
    if (name === 'draw:frame') {
      countUnread();
      frame = attributes;
    } else if (name === 'draw:object') writeObject(attributes['xlink:href'] ?? '');
    else if (name === 'draw:object-ole') found.hasObjects = true;
    else if (name === 'draw:control') found.hasControls = true;
    else if (name === 'draw:image' && isLargeImage(frame)) writePicture(attributes['xlink:href'] ?? '');
  }

  /** Empty cells can be repeated; a table in a text has few of them. */
  function openCell(attributes: Attributes): void {
    const repeated = Math.min(50, Number(attributes['table:number-columns-repeated'] ?? 1) || 1);
    for (let at = 1; at < repeated && cells < 200; at += 1) {
      writer().startCell();
      writer().endCell();
      cells += 1;
    }
    writer().startCell();
    cells += 1;
  }

  function writeObject(href: string): void {
    const text = objectAt(href.replace(/^\.\//, ''));
    frame = {};
    if (text === null) found.hasObjects = true;
    else if (text.startsWith('[Chart]') || paragraphs.length === 0) writeOnLines(text);
    else write(text);
  }

  /** On lines of its own, also within a paragraph. */
  function writeOnLines(text: string): void {
    if (text === '') return;
    if (paragraphs.length === 0) {
      writer().breakLine(2);
      writer().writeVerbatim(text);
      writer().breakLine(2);
    } else {
      if (paragraphs.at(-1)?.isStarted) writer().breakLine(1);
      write(text);
      writer().breakLine(1);
    }
  }

  function writePicture(href: string): void {
    const mark = pictureMark(href.replace(/^\.\//, ''));
    isPictureUnread = mark === '';
    if (mark === '') return;
    frame = {};
    writeOnLines(mark);
  }

  function countUnread(): void {
    if (isPictureUnread) found.largeImages += 1;
    isPictureUnread = false;
  }

  function closeContent(name: string): void {
    if (name === 'text:p' || name === 'text:h') closeParagraph();
    else if (name === 'text:span') paragraphs.at(-1)?.spans.pop();
    else if (name === 'text:number') write(' ');
    else if (name === 'draw:frame') countUnread();
    else if (name === 'table:table-cell' || name === 'table:covered-table-cell') writer().endCell();
    else if (name === 'table:table-row') writer().endRow();
    else if (name === 'table:table') {
      writer().breakLine(2);
      if (!writer().isInTable() && paragraphs.length === 0) margins.writeComments();
    } else {
      lists.close(name);
      write(margins.close(name), true);
    }
  }

  /** The number as it was when the file was saved, for programs that cannot count. */
  function isCounted(name: string): boolean {
    return name === 'text:number' && (lists.isInList() || paragraphs.at(-1)?.number !== '');
  }

  function isHiddenPart(name: string, attributes: Attributes): boolean {
    if (name === 'text:section')
      return attributes['text:display'] === 'none' || attributes['text:is-hidden'] === 'true';
    return (name === 'text:hidden-text' || name === 'text:hidden-paragraph') && attributes['text:is-hidden'] === 'true';
  }

  return {
    open(name: string, attributes: Attributes): void {
      path.push(name);
      if (name === 'text:deletion') isInDeletion = true;
      if (skipDepth > 0 || skipped.has(name) || isCounted(name) || (fieldsOfPage.has(name) && !marksHeadings)) {
        skipDepth += 1;
        return;
      }
      if (isHiddenPart(name, attributes)) hiddenSections.push(path.length);
      openContent(name, attributes);
    },
    close(name: string): void {
      if (name === 'text:deletion') isInDeletion = false;
      if (skipDepth > 0) skipDepth -= 1;
      else closeContent(name);
      if (hiddenSections.at(-1) === path.length) hiddenSections.pop();
      path.pop();
    },
    text(piece: string): void {
      if (skipDepth > 0) {
        if (isInDeletion && piece.trim() !== '') found.hasDeletions = true;
        return;
      }
      if (margins.take(path.at(-1) ?? '', piece)) return;
      const paragraph = paragraphs.at(-1);
      if (paragraph === undefined) return;
      // White space is folded; what counts is written as elements.
      const folded = piece.replace(/[ \t\n\r]+/g, ' ');
      const read = readSigns(paragraph.isStarted ? folded : folded.trimStart(), looks().font ?? null);
      found.unknownSigns += read.unknown;
      write(read.text);
    },
    /** Writes the notes that were referred to, and what else is in the margin. */
    finish(): void {
      margins.writeComments();
      margins.writeNotes();
    },
  };
}
