import type { Rise } from './raised-text.ts';
import { createTextWriter } from './text-writer.ts';
import { writeApart } from './write-apart.ts';

/** How a piece of text stands in its story. */
export interface TextLooks {
  readonly rise: Rise | null;
  readonly isStruck: boolean;
  /** How many tables it lies in. */
  readonly level: number;
  /** The mark of the heading it is in; '' if it is none. */
  readonly heading: string;
  /** It tells a page, or how many there are, as it was stored. */
  readonly isPageNumber: boolean;
}

/** Tables in tables that pages of this world have. */
const maxLevel = 20;

export type ParagraphStory = ReturnType<typeof createParagraphStory>;

/**
 * The body, a note, a header or a text box: paragraphs, lists and tables in order.
 * @param isPrinted it stands above or below pages, which differ in their numbers.
 */
export function createParagraphStory(isPrinted: boolean) {
  const writer = createTextWriter();
  /** For each open table row, whether a cell of it is open. */
  const rows: boolean[] = [];
  let isStarted = false;
  let mark: string | null = null;
  let afterItem = false;
  let comments: string[] = [];
  let withoutNumbers = '';

  function keep(text: string): void {
    if (isPrinted) withoutNumbers += text;
  }

  /** Opens and closes rows until the text lies in as many tables as it should. */
  function enter(level: number): void {
    const wanted = Math.min(level, maxLevel);
    while (rows.length > wanted) leaveRow();
    while (rows.length < wanted) {
      openCell();
      writer.breakLine(rows.length === 0 && !afterRow ? 2 : 1);
      writer.startRow();
      rows.push(false);
    }
    if (wanted === 0 && afterRow) writer.breakLine(2);
    afterRow = false;
  }
  /** After a row of an outermost table, which the next one may follow. */
  let afterRow = false;

  function openCell(): void {
    if (rows.at(-1) !== false) return;
    writer.startCell();
    rows[rows.length - 1] = true;
  }

  function closeCell(): void {
    openCell();
    writer.endCell();
    rows[rows.length - 1] = false;
    isStarted = false;
  }

  function leaveRow(): void {
    if (rows.at(-1) === true) writer.endCell();
    writer.endRow();
    rows.pop();
    if (rows.length === 0) writer.breakLine(1);
    isStarted = false;
    afterRow = rows.length === 0;
  }

  /** Comments come behind the paragraph or table that they are made on. */
  function writeComments(): void {
    if (comments.length === 0) return;
    enter(0);
    for (const comment of comments) writeApart(writer, comment, 2);
    comments = [];
  }

  function begin(level: number, heading = ''): void {
    if (!isStarted && (level === 0 || rows.length === 0)) writeComments();
    enter(level);
    openCell();
    if (isStarted) return;
    isStarted = true;
    const title = level > 0 ? '' : heading;
    const isItem = mark !== null && title === '';
    writer.breakLine((isItem && afterItem) || level > 0 ? 1 : 2);
    if (title !== '') writer.prefix(title);
    if (mark !== null) writer.prefix(mark);
    afterItem = isItem;
    mark = null;
  }

  return {
    write(text: string, { rise, isStruck, level, heading, isPageNumber }: TextLooks): void {
      if (!isStarted && text.trim() === '') return;
      if (!isPageNumber) keep(text);
      begin(level, heading);
      writer.strike(isStruck);
      writer.rise(rise);
      writer.writeVerbatim(text);
    },
    /** Sets the mark of the list item that begins. */
    item(text: string): void {
      mark = text;
    },
    comment(line: string): void {
      if (line !== '') comments.push(line);
    },
    newLine(): void {
      keep('\n');
      if (isStarted) writer.newLine();
    },
    endParagraph(): void {
      keep('\n');
      if (isStarted && rows.length > 0) writer.breakLine(1);
      isStarted = false;
    },
    /** A text of its own beside the paragraph, whose looks it does not have. */
    block(text: string, level: number): void {
      isStarted = false;
      keep(text);
      begin(level);
      writer.rise(null);
      writer.strike(false);
      writer.writeVerbatim(text);
      isStarted = false;
    },
    endCell(level: number): void {
      keep('\t');
      enter(Math.max(1, level));
      closeCell();
    },
    endRow(level: number): void {
      while (rows.length > Math.max(1, level)) leaveRow();
      if (rows.length > 0) leaveRow();
    },
    /** Its text but for the page numbers that it was stored with, to compare it by; only if it is printed around pages. */
    withoutNumbers: (): string => withoutNumbers,
    finish(): string {
      while (rows.length > 0) leaveRow();
      writeComments();
      return writer.finish();
    },
  };
}
