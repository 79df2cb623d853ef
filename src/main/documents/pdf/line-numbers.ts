import { extentOf, isTurned, leftOf, rightOf } from './drawn-line.ts';
import type { PageLine } from './page-line.ts';
import type { PdfRun } from './run.ts';

/** Numbers in a margin of a page that may count its lines. Lengths are in points. */
export interface NumberColumn {
  readonly runs: ReadonlySet<PdfRun>;
  readonly first: number;
  readonly last: number;
  readonly step: number;
  /** Where they stand: their edges, and the baseline of the first. */
  readonly left: number;
  readonly right: number;
  readonly y: number;
}

/** The lines of a page with such numbers, and without them. */
export interface NumberedPage {
  readonly column: NumberColumn;
  readonly without: readonly PageLine[];
}

/** Fewer numbers of lines one after the other, or of every few lines, may count something else; a last page has fewer. */
const [LEAST_NUMBERS, LEAST_OF_STEPS, LEAST_AT_END] = [10, 4, 3];
/** In points: edges of numbers below each other. */
const IN_LINE = 1.5;
/** Fraction by which the gaps between lines may differ, and the share of them that are alike: headings have more room. */
const [SAME_GAP, MOST_GAPS] = [0.1, 0.6];

/**
 * The numbers at the left or right of all other text of a page, below each other, that count up in equal steps and mostly at
 * equal distances. Those of paragraphs are not, and those of a table have the name of their column above them.
 */
export function numberColumn(runs: readonly PdfRun[]): NumberColumn | null {
  const level = runs.filter((run) => run.str.trim() !== '' && !isTurned(run));
  const numbers = level.filter(({ str }) => /^\s*\d{1,4}\s*$/.test(str));
  if (numbers.length < LEAST_AT_END || numbers.length === level.length) return null;
  for (const side of ['left', 'right'] as const) {
    const column = columnAt(side, numbers, level);
    if (column !== null) return column;
  }
  return null;
}

function columnAt(side: 'left' | 'right', numbers: readonly PdfRun[], level: readonly PdfRun[]): NumberColumn | null {
  const outermost = numbers.reduce((one, other) => (isFarther(side, other, one) ? other : one));
  const edges = [leftOf, rightOf].map((edge) =>
    numbers.filter((run) => Math.abs(edge(run) - edge(outermost)) <= IN_LINE),
  );
  const own = (edges[0]?.length ?? 0) >= (edges[1]?.length ?? 0) ? edges[0] : edges[1];
  if (own === undefined || own.length < LEAST_AT_END) return null;
  const { left, right } = extentOf(own);
  const isOwn = new Set(own);
  const room = outermost.height / 2;
  const isApart = level.every(
    (run) => isOwn.has(run) || (side === 'left' ? leftOf(run) >= right + room : rightOf(run) <= left - room),
  );
  return isApart ? counting(own, left, right) : null;
}

function isFarther(side: 'left' | 'right', run: PdfRun, than: PdfRun): boolean {
  return side === 'left' ? leftOf(run) < leftOf(than) : rightOf(run) > rightOf(than);
}

function counting(runs: readonly PdfRun[], left: number, right: number): NumberColumn | null {
  const down = [...runs].sort((one, other) => yOf(other) - yOf(one));
  const values = down.map(({ str }) => Number(str));
  const [first = 0, second = 0] = values;
  const step = second - first;
  const isCounting = step > 0 && values.every((value, at) => value === first + at * step);
  if (!isCounting) return null;
  const gaps = down.slice(1).map((run, at) => yOf(down[at] ?? run) - yOf(run));
  const least = Math.min(...gaps);
  const alike = gaps.filter((gap) => gap <= least * (1 + SAME_GAP));
  if (least <= 0 || alike.length < gaps.length * MOST_GAPS) return null;
  return {
    runs: new Set(down),
    first,
    last: values.at(-1) ?? first,
    step,
    left,
    right,
    y: yOf(down[0] ?? { transform: [] }),
  };
}

/** Letters of the lines beside the numbers, on average, and the share of them that go on in the next line. */
const [LEAST_LETTERS, LEAST_GOING_ON] = [30, 0.5];
/** In points: how far the columns of two pages may be apart. */
const SAME_PLACE = 3;

/**
 * The pages whose lines are numbered for sure: the numbers begin anew at the same place of each, or count on from page to page
 * beside running text. @returns their places among the pages.
 */
export function numberedPages(pages: readonly (NumberedPage | null)[]): ReadonlySet<number> {
  const found = new Set<number>();
  for (const [at, page] of pages.entries()) {
    const next = pages[at + 1];
    if (page === null || next === null || next === undefined || !isSameColumn(page.column, next.column)) continue;
    const beginsAnew = page.column.first === next.column.first && Math.abs(page.column.y - next.column.y) <= SAME_PLACE;
    const countsOn = next.column.first === page.column.last + page.column.step;
    if (!hasMany(page.column)) continue;
    const least = beginsAnew ? 0 : LEAST_GOING_ON;
    if ((beginsAnew || countsOn) && isText(page, least) && isText(next, least)) found.add(at).add(at + 1);
  }
  return found;
}

function hasMany({ runs, step }: NumberColumn): boolean {
  return runs.size >= (step === 1 ? LEAST_NUMBERS : LEAST_OF_STEPS);
}

function isSameColumn(one: NumberColumn, other: NumberColumn): boolean {
  const isInLine = Math.abs(one.left - other.left) <= SAME_PLACE || Math.abs(one.right - other.right) <= SAME_PLACE;
  return one.step === other.step && isInLine;
}

/** Whether most of what stands beside the numbers is text, and no table. */
function isText({ without }: NumberedPage, leastGoingOn: number): boolean {
  const letters = without.reduce((sum, { text }) => sum + text.length, 0);
  const rows = without.filter(({ isRow, cells }) => isRow || cells > 1).length;
  const goingOn = without.filter(({ text }) => !/[.!?:;。！？]["'”’)]*$/u.test(text)).length;
  return (
    without.length > 0 &&
    letters >= without.length * LEAST_LETTERS &&
    rows <= without.length / 4 &&
    goingOn >= without.length * leastGoingOn
  );
}

function yOf({ transform }: Pick<PdfRun, 'transform'>): number {
  return transform[5] ?? 0;
}
