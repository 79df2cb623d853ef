import { inOneLine, type Rise } from '../raised-text.ts';
import { isAccent, joinOverlapping } from './accents.ts';
import { inColumns, type Row } from './columns.ts';
import { looksOf } from './line-looks.ts';
import { inReadingOrder } from './line-order.ts';
import { drawnOnce } from './overprint.ts';
import type { PageLine } from './page-line.ts';
import { isRuledRow, type RuledRow, withRuledTables } from './ruled-tables.ts';
import type { Rule } from './rules.ts';
import type { PdfRun } from './run.ts';
import { type Cell, type CellLine, tableRows } from './table-rows.ts';

export interface DrawnPage {
  readonly runs: readonly PdfRun[];
  /** The names that the runs have for fonts whose letters are bold. */
  readonly boldFonts?: ReadonlySet<string>;
  readonly rules?: readonly Rule[];
}

interface Line extends CellLine {
  /** Which row of a table with lines around its cells it is; null if it is none. */
  readonly ruled: 'first' | 'next' | null;
  readonly runs: readonly PdfRun[];
  readonly text: string;
  /** Distance from the bottom of the page; `null` for a line without letters. */
  readonly y: number | null;
}

/**
 * The lines of a page. A paragraph or heading begins where the gap to the line above is wider than usual on this page,
 * or the font size changes.
 */
export function layOut({ runs, boldFonts = new Set(), rules = [] }: DrawnPage): readonly PageLine[] {
  const lines = linesOf(drawnOnce(runs), rules).filter((line) => line.text.trim() !== '');
  const usual = usualGap(lines);
  const rows = tableRows(lines);
  return lines.map((line, index) => {
    const above = lines[index - 1];
    const isRow = line.ruled !== null || rows.has(index);
    return {
      text: isRow && line.ruled === null ? line.cells.map((cell) => cell.text).join(' | ') : line.text,
      isParted: above !== undefined && (isTableEdge(above, line) ?? beginsParagraph(above, line, usual)),
      follows: above !== undefined && (gapBetween(above, line) ?? 0) > 0,
      isRow,
      cells: line.cells.length,
      ...looksOf(line.runs, boldFonts, line.y),
    };
  });
}

function linesOf(runs: readonly PdfRun[], rules: readonly Rule[]): readonly Line[] {
  const lines: Line[] = [];
  let rows: Row[] = [];
  for (const line of withRuledTables(rowsOf(runs), rules)) {
    if (!isRuledRow(line)) {
      rows.push(line);
      continue;
    }
    lines.push(...inColumns(rows).map(lineOf), ruledLineOf(line));
    rows = [];
  }
  return [...lines, ...inColumns(rows).map(lineOf)];
}

/** Lines of a cell are one in its row. */
function ruledLineOf({ cells, isFirst }: RuledRow): Line {
  const lines = cells.map((cell) => cell.map(lineOf));
  const text = lines.map((cell) => cell.map((line) => line.text.trim()).join(' ')).join(' | ');
  const [first] = lines.flat();
  const runs = cells.flat(2);
  return { runs, text, cells: [], y: first?.y ?? null, height: first?.height ?? 0, ruled: isFirst ? 'first' : 'next' };
}

/** Whether an empty line stands at the edge of a ruled table; null away from any. */
function isTableEdge(above: Line, line: Line): boolean | null {
  if (line.ruled !== null) return line.ruled === 'first';
  return above.ruled === null ? null : true;
}

/** The runs that pdf.js takes for one line, which may be those of two columns. */
function rowsOf(runs: readonly PdfRun[]): readonly (readonly PdfRun[])[] {
  const rows: PdfRun[][] = [];
  let row: PdfRun[] = [];
  for (const run of runs) {
    row.push(run);
    if (!run.hasEOL) continue;
    rows.push(row);
    row = [];
  }
  return [...rows, row];
}

/** A line's baseline is that of its main run; raised or lowered runs are told apart. */
function lineOf(drawn: readonly PdfRun[]): Line {
  const runs = inReadingOrder(drawn);
  const main = mainRun(runs);
  if (main === undefined)
    return { runs, text: runs.map(({ str }) => str).join(''), cells: [], y: null, height: 0, ruled: null };
  let text = '';
  const starts: number[] = [];
  const letters: PdfRun[] = [];
  for (const [at, run] of runs.entries()) {
    if (run.str.trim() !== '') {
      const last = letters.at(-1);
      if (last === undefined || gapTo(run, last) > CELL_GAP * main.height) starts.push(text.length);
      letters.push(run);
    }
    text = withRun(text + spaceBefore(run, runs[at - 1], runs[at + 1]), run, main, runs[at - 1]);
  }
  const cells = cellsOf(text, starts, letters, main);
  return { runs, text, cells, y: main.transform[5] ?? null, height: main.height, ruled: null };
}

/** Fraction of the font size: wider than the spaces of a justified line. */
const CELL_GAP = 1.5;

function gapTo(run: PdfRun, before: PdfRun): number {
  return (run.transform[4] ?? 0) - (before.transform[4] ?? 0) - (before.width ?? 0);
}

function cellsOf(text: string, starts: readonly number[], letters: readonly PdfRun[], main: PdfRun): readonly Cell[] {
  if (starts.length < 2) return [];
  const cells = starts.map((start, at) => text.slice(start, starts[at + 1]).trim());
  const edges: { left: number; right: number }[] = [];
  for (const [at, run] of letters.entries()) {
    const [left, last, before] = [run.transform[4] ?? 0, edges.at(-1), letters[at - 1]];
    const right = left + (run.width ?? 0);
    if (last === undefined || before === undefined || gapTo(run, before) > CELL_GAP * main.height) {
      edges.push({ left, right });
    } else last.right = Math.max(last.right, right);
  }
  return edges.map((edge, at) => ({ ...edge, text: cells[at] ?? '' }));
}

/** A space before an accent that is drawn apart, if there is room for one before it and before the letter under it. */
function spaceBefore(run: PdfRun, before: PdfRun | undefined, next: PdfRun | undefined): string {
  if (before === undefined || !isAccent(run.str) || /\s$/.test(before.str)) return '';
  const gap = gapTo(run, before);
  const letterGap = next !== undefined && overlaps(run, next) ? gapTo(next, before) : gap;
  return Math.min(gap, letterGap) > ACCENT_GAP * run.height ? ' ' : '';
}

/** Fraction of the font size: no letter is that far from the next of its word. */
const ACCENT_GAP = 0.1;

function withRun(text: string, run: PdfRun, main: PdfRun, before: PdfRun | undefined): string {
  const joined = before !== undefined && overlaps(before, run) ? joinOverlapping(text, run.str) : null;
  if (joined !== null) return joined;
  const rise = riseOf(run, main, before);
  return text + (rise === null ? run.str : inOneLine(run.str, rise, text.slice(-1)));
}

/** Whether a run begins on top of where the one before it ends, as an accent and its letter do. */
function overlaps(before: PdfRun, run: PdfRun): boolean {
  const [beforeLeft = 0, left = 0] = [before.transform[4], run.transform[4]];
  return beforeLeft + (before.width ?? 0) - left > 0.15 * Math.max(before.height, run.height);
}

/** The longest of the runs with the largest font: exponents are small. */
function mainRun(runs: readonly PdfRun[]): PdfRun | undefined {
  const letters = runs.filter(({ str }) => str.trim() !== '');
  const largest = Math.max(...letters.map(({ height }) => height));
  return letters
    .filter(({ height }) => height >= largest * 0.95)
    .reduce<PdfRun | undefined>(
      (best, run) => (best === undefined || run.str.length > best.str.length ? run : best),
      undefined,
    );
}

/** Whether a run is an exponent, index or note mark within its line. */
function riseOf(run: PdfRun, main: PdfRun, before: PdfRun | undefined): Rise | null {
  const [a = 0, b = 0, , , left = 0, y = 0] = run.transform;
  const up = (y - (main.transform[5] ?? y)) / main.height;
  const isSmall = run.height < main.height * 0.85;
  const isTurned = Math.abs(b) > Math.abs(a) * 0.01;
  if (run === main || isTurned || run.str.trim() === '' || run.str.length > (isSmall ? 12 : 3)) return null;
  const [beforeLeft = 0] = before?.transform.slice(4) ?? [];
  const gap =
    before === undefined || before.str.trim() === ''
      ? Number.POSITIVE_INFINITY
      : left - beforeLeft - (before.width ?? 0);
  if (!isSmall && gap > main.height * 0.1) return null;
  if (up >= (isSmall ? 0.15 : 0.25) && up <= 0.8) return 'raised';
  return up <= (isSmall ? -0.06 : -0.15) && up >= -0.5 ? 'lowered' : null;
}

function beginsParagraph(above: Line, line: Line, usual: number): boolean {
  const gap = gapBetween(above, line);
  if (gap === null || gap <= 0) return false;
  const [small, large] = [Math.min(above.height, line.height), Math.max(above.height, line.height)];
  return gap > usual * 1.3 || large > small * 1.15;
}

/** The median gap between successive lines; infinite if there are too few lines to tell. */
function usualGap(lines: readonly Line[]): number {
  const gaps = lines
    .map((line, index) => gapBetween(lines[index - 1], line) ?? 0)
    .filter((gap) => gap > 0)
    .sort((first, second) => first - second);
  return gaps.length < 3 ? Number.POSITIVE_INFINITY : (gaps[Math.floor((gaps.length - 1) / 2)] ?? 0);
}

function gapBetween(above: Line | undefined, line: Line): number | null {
  return above === undefined || above.y === null || line.y === null ? null : above.y - line.y;
}
