import { isBullet } from './bullets.ts';
import { inReadingOrder } from './line-order.ts';
import { gapTo, type LineText, lineText, mainRun } from './line-text.ts';
import type { PdfRun } from './run.ts';
import type { Cell } from './table-columns.ts';
import type { CellLine } from './table-rows.ts';

/** A line of a page, or a row of a table, which may have several. */
export interface Line extends CellLine {
  readonly runs: readonly PdfRun[];
  readonly text: string;
  readonly isFromRight: boolean;
  /** Of the baseline of its last line, like `y`. */
  readonly bottom: number | null;
  /** Null if it is no row of a table. */
  readonly row: { readonly isFirst: boolean; readonly isRuled: boolean } | null;
}

/**
 * The line that these runs make, in the order of reading, with its stretches as cells.
 * @param isFromRight its cells are read from the right; their places are those in a mirror, as if they were read from the left.
 */
export function lineOf(drawn: readonly PdfRun[], isFromRight = false): Line {
  const stretches = isFromRight ? stretchesFromRight(drawn) : [inReadingOrder(drawn)];
  const runs = stretches.flat();
  const main = mainRun(runs);
  if (main === undefined) {
    const text = runs.map(({ str }) => str).join('');
    return { runs, text, cells: [], isFromRight, y: null, bottom: null, height: 0, row: null };
  }
  const told = lineText(runs, main);
  const y = main.transform[5] ?? null;
  const cells = isFromRight ? mirrored(stretches, main) : cellsOf(told, main);
  return { runs, text: told.text, cells, isFromRight, y, bottom: y, height: main.height, row: null };
}

/** Fraction of the font size: wider than the spaces of a justified line. */
const CELL_GAP = 1.5;

/** A bullet is of the cell that it stands before, however far. */
function cellsOf({ text, placed }: LineText, main: PdfRun): readonly Cell[] {
  const cells: { start: number; left: number; right: number }[] = [];
  let before: PdfRun | undefined;
  for (const { run, start } of placed) {
    if (run.str.trim() === '') continue;
    const left = run.transform[4] ?? 0;
    const right = left + (run.width ?? 0);
    const last = cells.at(-1);
    const isApart = before === undefined || gapTo(run, before) > CELL_GAP * main.height;
    if (last === undefined || (isApart && !isBullet(text.slice(last.start, start)))) cells.push({ start, left, right });
    else [last.left, last.right] = [Math.min(last.left, left), Math.max(last.right, right)];
    before = run;
  }
  return cells.map(({ start, left, right }, at) => ({
    left,
    right,
    text: text.slice(start, cells[at + 1]?.start).trim(),
  }));
}

/** The runs of a line from the right in stretches with room for a cell between them, each in its own order of reading. */
function stretchesFromRight(drawn: readonly PdfRun[]): readonly (readonly PdfRun[])[] {
  const main = mainRun(drawn);
  if (main === undefined || drawn.some(isTurned)) return [inReadingOrder(drawn)];
  const spans: { left: number; right: number }[] = [];
  for (const run of drawn.filter(({ str }) => str.trim() !== '').sort((one, other) => rightOf(other) - rightOf(one))) {
    const last = spans.at(-1);
    if (last !== undefined && last.left - rightOf(run) <= CELL_GAP * main.height)
      last.left = Math.min(last.left, leftOf(run));
    else spans.push({ left: leftOf(run), right: rightOf(run) });
  }
  return partedBy(spans, drawn).map((stretch, at) => {
    const own = inReadingOrder(stretch, spans.length > 1);
    return at === 0 ? own : own.map((run, index) => (index === 0 ? { ...run, str: ` ${run.str}` } : run));
  });
}

/** The runs in each of these spans, which follow each other from the right; blanks between them are in none. */
function partedBy(
  spans: readonly { readonly left: number; readonly right: number }[],
  drawn: readonly PdfRun[],
): readonly (readonly PdfRun[])[] {
  const parted: PdfRun[][] = spans.map(() => []);
  for (const run of drawn) {
    let [from, to] = [0, spans.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((spans[middle]?.left ?? 0) <= leftOf(run)) to = middle;
      else from = middle + 1;
    }
    if (rightOf(run) <= (spans[from]?.right ?? Number.NEGATIVE_INFINITY)) parted[from]?.push(run);
  }
  return parted;
}

function mirrored(stretches: readonly (readonly PdfRun[])[], main: PdfRun): readonly Cell[] {
  const cells: Cell[] = [];
  for (const stretch of stretches) {
    const letters = stretch.filter(({ str }) => str.trim() !== '');
    const extent = extentOf(letters);
    const right = -extent.left;
    const text = lineText(stretch, main).text.trim();
    const last = cells.at(-1);
    if (last !== undefined && isBullet(last.text))
      cells[cells.length - 1] = { ...last, right, text: `${last.text} ${text}` };
    else cells.push({ left: -extent.right, right, text });
  }
  return cells;
}

export function leftOf({ transform }: PdfRun): number {
  return transform[4] ?? 0;
}

export function rightOf(run: PdfRun): number {
  return leftOf(run) + (run.width ?? 0);
}

/** From the leftmost to the rightmost edge of some runs, however many there are. */
export function extentOf(runs: readonly PdfRun[]): { readonly left: number; readonly right: number } {
  let [left, right] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const run of runs) {
    left = Math.min(left, leftOf(run));
    right = Math.max(right, rightOf(run));
  }
  return { left, right };
}

export function isTurned({ transform: [a = 0, b = 0] }: PdfRun): boolean {
  return Math.abs(b) > Math.abs(a) * 0.01;
}
