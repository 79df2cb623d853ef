import { inColumns, type Row } from './columns.ts';
import { looksOf } from './line-looks.ts';
import { inReadingOrder } from './line-order.ts';
import { gapTo, isBeforeIndex, type LineText, lineText, mainRun } from './line-text.ts';
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
  for (const [at, run] of runs.entries()) {
    row.push(run);
    if (!run.hasEOL || isBeforeIndex(row, runs[at + 1])) continue;
    rows.push(row);
    row = [];
  }
  return [...rows, row];
}

function lineOf(drawn: readonly PdfRun[]): Line {
  const runs = inReadingOrder(drawn);
  const main = mainRun(runs);
  if (main === undefined)
    return { runs, text: runs.map(({ str }) => str).join(''), cells: [], y: null, height: 0, ruled: null };
  const told = lineText(runs, main);
  const { text } = told;
  const cells = cellsOf(told, main);
  return { runs, text, cells, y: main.transform[5] ?? null, height: main.height, ruled: null };
}

/** Fraction of the font size: wider than the spaces of a justified line. */
const CELL_GAP = 1.5;

function cellsOf({ text, placed }: LineText, main: PdfRun): readonly Cell[] {
  const starts: number[] = [];
  const edges: { left: number; right: number }[] = [];
  let before: PdfRun | undefined;
  for (const { run, start } of placed) {
    if (run.str.trim() === '') continue;
    const left = run.transform[4] ?? 0;
    const right = left + (run.width ?? 0);
    const last = edges.at(-1);
    if (last === undefined || before === undefined || gapTo(run, before) > CELL_GAP * main.height) {
      starts.push(start);
      edges.push({ left, right });
    } else last.right = Math.max(last.right, right);
    before = run;
  }
  if (starts.length < 2) return [];
  return edges.map((edge, at) => ({ ...edge, text: text.slice(starts[at], starts[at + 1]).trim() }));
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
