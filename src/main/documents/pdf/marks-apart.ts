import { isBullet } from './bullets.ts';
import type { Row } from './columns.ts';
import type { PdfRun } from './run.ts';

/** Times its font size: what is farther from a bullet is no item of it. */
const FARTHEST = 5;
/** Points by which a bullet may be off the line of its item. */
const SAME_HEIGHT = 2;

/** Rows with the bullets that are drawn apart from them: some programs draw those of a list before all of its items. */
export function withMarks(rows: readonly Row[]): readonly Row[] {
  const marks = new Set(rows.filter(isMark));
  if (marks.size === 0) return rows;
  const items = itemsByHeight(rows.filter((row) => !marks.has(row)));
  const markOf = new Map<Row, Row>();
  for (const mark of marks) {
    const item = nearest(mark, items);
    if (item === undefined || markOf.has(item)) marks.delete(mark);
    else markOf.set(item, mark);
  }
  return rows.filter((row) => !marks.has(row)).map((row) => withMark(row, markOf.get(row)));
}

function isMark(row: Row): boolean {
  const first = firstOf(row);
  return first !== undefined && isBullet(first.str) && row.every((run) => run === first || run.str.trim() === '');
}

/** The rows with letters by the heights of their first, in points. */
function itemsByHeight(rows: readonly Row[]): ReadonlyMap<number, readonly Row[]> {
  const items = new Map<number, Row[]>();
  for (const row of rows) {
    const first = firstOf(row);
    if (first === undefined) continue;
    const own = items.get(Math.round(yOf(first)));
    if (own === undefined) items.set(Math.round(yOf(first)), [row]);
    else own.push(row);
  }
  return items;
}

/** More rows at one height are no list. */
const MOST_AT_HEIGHT = 20;

function nearest(mark: Row, items: ReadonlyMap<number, readonly Row[]>): Row | undefined {
  const bullet = firstOf(mark);
  if (bullet === undefined) return undefined;
  const right = leftOf(bullet) + (bullet.width ?? 0);
  let best: { readonly row: Row; readonly gap: number } | undefined;
  for (let height = -SAME_HEIGHT; height <= SAME_HEIGHT; height += 1) {
    for (const row of items.get(Math.round(yOf(bullet)) + height)?.slice(0, MOST_AT_HEIGHT) ?? []) {
      const gap = leftOf(firstOf(row) ?? bullet) - right;
      if (gap >= 0 && gap <= FARTHEST * bullet.height && gap < (best?.gap ?? Number.POSITIVE_INFINITY))
        best = { row, gap };
    }
  }
  return best?.row;
}

function withMark(row: Row, mark: Row | undefined): Row {
  const [bullet, first] = [mark === undefined ? undefined : firstOf(mark), firstOf(row)];
  if (bullet === undefined || first === undefined) return row;
  // On the line of its item, so that it does not look like an exponent.
  const transform = [...bullet.transform.slice(0, 5), yOf(first)];
  return [{ ...bullet, str: `${bullet.str.trim()} `, transform, hasEOL: false }, ...row];
}

function firstOf(row: Row): PdfRun | undefined {
  return row.find(({ str }) => str.trim() !== '');
}

function yOf({ transform }: PdfRun): number {
  return transform[5] ?? 0;
}

function leftOf({ transform }: PdfRun): number {
  return transform[4] ?? 0;
}
