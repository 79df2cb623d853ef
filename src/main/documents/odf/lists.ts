import { numeral } from '../numerals.ts';
import type { Attributes } from '../packed/xml-events.ts';
import type { ListStyle } from './list-styles.ts';
import type { OdfStyles } from './styles.ts';

interface OpenList {
  readonly style: ListStyle | null;
  /** Counts by level of this list, and of those in it. */
  readonly counts: (number | undefined)[];
  readonly level: number;
  /** The item that is open, until its first paragraph begins, which has its number. */
  pending: { readonly startsAt: number | null } | null;
}

const maxIndents = 8;

export type OdfLists = ReturnType<typeof createOdfLists>;

/** The numbers and bullets of lists and headings, as they are shown. */
export function createOdfLists(styles: OdfStyles) {
  const open: OpenList[] = [];
  /** Last counts by the list's id and its style, for lists that continue another one. */
  const ended = new Map<string, (number | undefined)[]>();
  const outline: (number | undefined)[] = [];
  /** The mark of the last paragraph that begins an item, until its text takes it. */
  let mark: string | null = null;

  function openList(attributes: Attributes): void {
    const parent = open.at(-1);
    const name = attributes['text:style-name'];
    const style = name === undefined ? (parent?.style ?? null) : styles.list(name);
    if (parent !== undefined) {
      open.push({ style, counts: parent.counts, level: parent.level + 1, pending: null });
      return;
    }
    const id =
      attributes['text:continue-list'] ?? (attributes['text:continue-numbering'] === 'true' ? name : undefined);
    const counts = id === undefined ? [] : [...(ended.get(id) ?? [])];
    open.push({ style, counts, level: 1, pending: null });
    for (const key of [attributes['xml:id'], name]) if (key !== undefined) ended.set(key, counts);
  }

  function openItem(attributes: Attributes): void {
    const list = open.at(-1);
    if (list === undefined) return;
    const start = Number.parseInt(attributes['text:start-value'] ?? '', 10);
    list.pending = { startsAt: Number.isNaN(start) ? null : start };
  }

  /** Items around it that have no text of their own are neither shown nor counted. */
  function beginParagraph(): void {
    const list = open.findLast(({ pending }) => pending !== null);
    if (list === undefined) return;
    const number = nextMark(list.style, list.counts, list.level, list.pending?.startsAt ?? null);
    mark = `${'  '.repeat(Math.min(list.level - 1, maxIndents))}${number === '' ? '' : `${number} `}`;
    for (const each of open) each.pending = null;
  }

  return {
    open(name: string, attributes: Attributes): void {
      if (name === 'text:list') openList(attributes);
      else if (name === 'text:list-item') openItem(attributes);
      else if (name === 'text:p' || name === 'text:h') beginParagraph();
    },
    close(name: string): void {
      if (name === 'text:list-item') mark = null;
      else if (name === 'text:list') open.pop();
    },
    /** The mark of the item that begins with this text; null where none does. */
    take(): string | null {
      const taken = mark;
      mark = null;
      return taken;
    },
    isInList: (): boolean => open.length > 0,
    /** The number of a heading that is in no list; '' for none. */
    headingNumber(level: number): string {
      const style = styles.outline();
      if (style === null) return '';
      return nextMark(style, outline, level, null);
    },
  };
}

/** Counts on, and writes the number: `2.1.`. */
function nextMark(
  style: ListStyle | null,
  counts: (number | undefined)[],
  level: number,
  startsAt: number | null,
): string {
  const own = style?.get(level);
  if (own === undefined || own.format === null) return '-';
  const last = counts[level];
  counts[level] = startsAt ?? (last === undefined ? own.start : last + 1);
  counts.length = level + 1;
  if (own.format === '') return '';
  const numbers: string[] = [];
  for (let shown = Math.max(1, level - own.shown + 1); shown <= level; shown += 1) {
    const format = style?.get(shown)?.format;
    if (format === undefined || format === null || format === '') continue;
    numbers.push(numeral(counts[shown] ?? style?.get(shown)?.start ?? 1, format));
  }
  return `${own.prefix}${numbers.join('.')}${own.suffix}`.trim();
}
