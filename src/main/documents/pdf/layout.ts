import { inColumns, type Row } from './columns.ts';
import { type Line, lineOf } from './drawn-line.ts';
import { LINE_BREAK } from './line-end-hyphens.ts';
import { looksOf } from './line-looks.ts';
import { isLineFromRight, isPageFromRight } from './line-order.ts';
import { withTables } from './line-tables.ts';
import { isBeforeIndex } from './line-text.ts';
import { withMarks } from './marks-apart.ts';
import { drawnOnce } from './overprint.ts';
import type { PageLine } from './page-line.ts';
import { isRuledRow, type RuledRow, withRuledTables } from './ruled-tables.ts';
import type { Rule } from './rules.ts';
import type { PdfRun } from './run.ts';

export interface DrawnPage {
  readonly runs: readonly PdfRun[];
  /** The names that the runs have for fonts whose letters are bold. */
  readonly boldFonts?: ReadonlySet<string>;
  readonly rules?: readonly Rule[];
}

/**
 * The lines of a page. A paragraph or heading begins where the gap to the line above is wider than usual on this page,
 * or the font size changes.
 */
export function layOut({ runs, boldFonts = new Set(), rules = [] }: DrawnPage): readonly PageLine[] {
  const drawn = linesOf(drawnOnce(runs), rules, isPageFromRight(runs));
  const usual = usualGap(drawn);
  const lines = stretchesOf(drawn).flatMap((own) => (own[0]?.row === null ? withTables(own) : own));
  return lines.map((line, index) => {
    const above = lines[index - 1];
    return {
      text: line.text,
      isParted: above !== undefined && (isTableEdge(above, line) ?? beginsParagraph(above, line, usual)),
      follows: above !== undefined && (gapBetween(above, line) ?? 0) > 0,
      isRow: line.row !== null,
      cells: line.cells.length < 2 ? 0 : line.cells.length,
      ...looksOf(line.runs, boldFonts, line),
    };
  });
}

function linesOf(runs: readonly PdfRun[], rules: readonly Rule[], isFromRight: boolean): readonly Line[] {
  const lines: Line[] = [];
  let rows: Row[] = [];
  for (const line of withRuledTables(withMarks(rowsOf(runs)), rules)) {
    if (!isRuledRow(line)) {
      rows.push(line);
      continue;
    }
    lines.push(...linesIn(rows, isFromRight), ruledLineOf(line, isFromRight));
    rows = [];
  }
  return [...lines, ...linesIn(rows, isFromRight)].filter(({ text }) => text.trim() !== '');
}

function linesIn(rows: readonly Row[], isFromRight: boolean): readonly Line[] {
  const lines: Line[] = [];
  for (const row of inColumns(rows)) {
    const above = lines.at(-1);
    const isBelowRow = above?.isFromRight === true && above.cells.length > 1;
    lines.push(lineOf(row, isFromRight && isLineFromRight(row, isBelowRow)));
  }
  return lines;
}

/** Rows of ruled tables, and the lines between them. */
function stretchesOf(lines: readonly Line[]): readonly (readonly Line[])[] {
  const stretches: Line[][] = [];
  for (const line of lines) {
    const last = stretches.at(-1);
    if (last !== undefined && (last[0]?.row === null) === (line.row === null)) last.push(line);
    else stretches.push([line]);
  }
  return stretches;
}

/** Lines of a cell are one in its row. */
function ruledLineOf({ cells: fromLeft, isFirst }: RuledRow, isFromRight: boolean): Line {
  const cells = isFromRight ? fromLeft.toReversed() : fromLeft;
  const lines = cells.map((cell) => cell.map((line) => lineOf(line)));
  const text = lines.map((cell) => cell.map((line) => line.text.trim()).join(LINE_BREAK)).join(' | ');
  const [first] = lines.flat();
  const y = first?.y ?? null;
  const row = { isFirst, isRuled: true };
  return {
    runs: cells.flat(2),
    text,
    cells: [],
    isFromRight,
    y,
    bottom: lowest(lines.flat()),
    height: first?.height ?? 0,
    row,
  };
}

function lowest(lines: readonly Line[]): number | null {
  return lines.reduce<number | null>((least, { y }) => (y === null || (least ?? y) < y ? least : y), null);
}

/** Whether an empty line stands at the edge of a table; null where the gap tells. */
function isTableEdge(above: Line, { row }: Line): boolean | null {
  if (row !== null && !row.isFirst) return false;
  return row?.isRuled === true || above.row?.isRuled === true ? true : null;
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
  return above === undefined || above.bottom === null || line.y === null ? null : above.bottom - line.y;
}
