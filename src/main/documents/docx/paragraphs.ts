import { headingMark } from '../heading-mark.ts';
import { isOn } from '../packed/xml-events.ts';
import type { TextWriter } from '../text-writer.ts';
import { createItemCounter, depthOf, type ListPlace, type Lists } from './numbering.ts';
import { outlineOf, type RunLooks, type Styles } from './styles.ts';

interface Paragraph {
  /** Its own properties, which may stand before its style. */
  ownList: string | null;
  ownLevel: number | null;
  ownOutline: number | null;
  list: ListPlace | null;
  looks: RunLooks;
  outline: number | null;
  isStarted: boolean;
  /** Its paragraph mark is deleted or hidden, as after a run-in heading: what follows continues its line. */
  isJoined: boolean;
}

export type Paragraphs = ReturnType<typeof createParagraphs>;

/** The paragraphs of a story, with headings and list numbers. Text boxes nest paragraphs inside paragraphs. */
export function createParagraphs(lists: Lists, styles: Styles, writer: TextWriter, marksHeadings: boolean) {
  const items = createItemCounter(lists);
  const open: Paragraph[] = [];
  let afterItem = false;
  let goesOn = false;

  function start(paragraph: Paragraph): void {
    paragraph.isStarted = true;
    if (goesOn) {
      goesOn = false;
      return;
    }
    const heading = marksHeadings && !writer.isInTable() ? headingMark(paragraph.outline) : '';
    const isItem = paragraph.list !== null && items.isItem(paragraph.list);
    const isClose = isItem && afterItem && heading === '';
    writer.breakLine(isClose || writer.isInTable() ? 1 : 2);
    if (heading !== '') writer.prefix(heading);
    if (isItem && paragraph.list !== null) writer.prefix(items.markOf(paragraph.list));
    afterItem = isItem && heading === '';
  }

  /** A list item without text still prints its number, as in a column of numbers. */
  function isEmptyItem({ list, isStarted, isJoined }: Paragraph): boolean {
    return !isStarted && !isJoined && list !== null && items.isNumbered(list);
  }

  return {
    isInside: (): boolean => open.length > 0,
    /** Whether the last line is whole. */
    isBetween: (): boolean => open.length === 0 && !goesOn,
    /** The default looks of the paragraph's runs. */
    looks: (): RunLooks => open.at(-1)?.looks ?? {},
    open(): void {
      const { list, outline, run } = styles.paragraph('', lists);
      const own = { ownList: null, ownLevel: null, ownOutline: null };
      open.push({ ...own, list, looks: run, outline, isStarted: false, isJoined: false });
    },
    /** Reads a property of the paragraph: its style or list level. */
    openProperty(name: string, value: string, parent: string): void {
      const paragraph = open.at(-1);
      if (paragraph === undefined) return;
      if (name === 'w:pStyle') {
        const style = styles.paragraph(value, lists);
        paragraph.list = style.list;
        paragraph.looks = style.run;
        paragraph.outline = style.outline;
      } else if (name === 'w:outlineLvl') paragraph.ownOutline = outlineOf(value);
      else if (parent !== 'w:numPr') return;
      else if (name === 'w:ilvl') paragraph.ownLevel = depthOf(value);
      else if (name === 'w:numId') paragraph.ownList = value;
      applyOwn(paragraph);
    },
    /** Reads a property of the paragraph mark. */
    openEndProperty(name: string, value: string): void {
      const paragraph = open.at(-1);
      if (paragraph === undefined) return;
      if (name === 'w:vanish') paragraph.isJoined = isOn(value);
      else if (name === 'w:del' || name === 'w:moveFrom') paragraph.isJoined = true;
    },
    /** Call before each text; begins the paragraph if necessary. */
    beforeText(): void {
      const paragraph = open.at(-1);
      if (paragraph !== undefined && !paragraph.isStarted) start(paragraph);
    },
    /** Text after a text box starts a new line of the paragraph that contains the box. */
    close(isInCode: boolean): void {
      const paragraph = open.pop();
      if (paragraph === undefined) return;
      if (!isInCode && isEmptyItem(paragraph)) {
        start(paragraph);
        writer.writePrefix();
      }
      goesOn = (paragraph.isStarted || goesOn) && (paragraph.isJoined || isInCode);
      if (paragraph.isStarted && !goesOn && open.length > 0) writer.breakLine(2);
    },
    hasDigitsInstead: items.hasDigitsInstead,
  };
}

function applyOwn(paragraph: Paragraph): void {
  const { ownList, ownLevel, ownOutline, list } = paragraph;
  paragraph.outline = ownOutline ?? paragraph.outline;
  if (ownList !== null || ownLevel !== null)
    paragraph.list = { listId: ownList ?? list?.listId ?? '0', level: ownLevel ?? list?.level ?? 0 };
}

/** The table rows of a story. A row that a tracked change deletes leaves nothing. */
export function createRows(writer: TextWriter) {
  const areDeleted: boolean[] = [];

  return {
    open(name: string): void {
      if (name === 'w:tbl') writer.breakLine(2);
      else if (name === 'w:tr') {
        writer.breakLine(1);
        writer.startRow();
        areDeleted.push(false);
      } else if (name === 'w:tc' && areDeleted.at(-1) !== true) writer.startCell();
    },
    close(name: string): void {
      if (name === 'w:tc' && areDeleted.at(-1) !== true) writer.endCell();
      else if (name === 'w:tr') {
        writer.endRow();
        areDeleted.pop();
      } else if (name === 'w:tbl') writer.breakLine(2);
    },
    delete(): void {
      areDeleted[areDeleted.length - 1] = true;
    },
  };
}
