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
  /** Of the baseline of its last line, like `y`. */
  readonly bottom: number | null;
  /** Null if it is no row of a table. */
  readonly row: { readonly isFirst: boolean; readonly isRuled: boolean } | null;
}

/** The line that these runs make, in the order of reading, with its stretches as cells. */
export function lineOf(drawn: readonly PdfRun[]): Line {
  const runs = inReadingOrder(drawn);
  const main = mainRun(runs);
  if (main === undefined) {
    const text = runs.map(({ str }) => str).join('');
    return { runs, text, cells: [], y: null, bottom: null, height: 0, row: null };
  }
  const told = lineText(runs, main);
  const y = main.transform[5] ?? null;
  return { runs, text: told.text, cells: cellsOf(told, main), y, bottom: y, height: main.height, row: null };
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
