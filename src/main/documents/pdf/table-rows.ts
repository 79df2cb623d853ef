import { isListing } from './listings.ts';
import { type Cell, type Column, columnOf, columnsOfSome, type TableLine, withRow } from './table-columns.ts';
import { rowsOf, startsByGaps, type TableRow } from './wrapped-cells.ts';

/** What lines of a page are looked at for. */
export interface CellLine {
  /** One for a line without gaps, none for one without letters. */
  readonly cells: readonly Cell[];
  /** Font size, in points. */
  readonly height: number;
  /** Of the baseline, in points from the bottom of the page; null for a line without letters. */
  readonly y: number | null;
}

/** Lines whose stretches stand in columns, from `start` to before `end`: rows of a table, or short columns of prose. */
export type Columns =
  | { readonly kind: 'table'; readonly start: number; readonly end: number; readonly rows: readonly TableRow[] }
  | { readonly kind: 'prose'; readonly start: number; readonly end: number; readonly lines: readonly TableLine[] };

/** Two lines that look like rows may be a letterhead. */
const LEAST_ROWS = 3;

/**
 * The tables among lines: at least three with as many stretches each, whose columns have an edge in common, left, right or
 * in the middle. Two are enough with others that lack cells. Between them, lines with less may go on in their columns: the
 * second lines of cells, or rows with empty cells. In the order of the lines.
 */
export function columnsIn(lines: readonly CellLine[]): readonly Columns[] {
  const found: Columns[] = [];
  let from = 0;
  for (let at = 0; at < lines.length; ) {
    const own = linesInColumns(lines, at, from);
    if (own === null) {
      at += 1;
      continue;
    }
    at = own.start + own.lines.length;
    if (!isListing(own.lines)) found.push(tableOrProse(own));
    from = at;
  }
  return found;
}

function tableOrProse({ lines, columns, start }: LinesInColumns): Columns {
  const [rows, end] = [rowsOf(lines, columns), start + lines.length];
  return rows === null ? { kind: 'prose', start, end, lines } : { kind: 'table', start, end, rows };
}

interface LinesInColumns {
  readonly start: number;
  readonly lines: readonly TableLine[];
  readonly columns: readonly Column[];
}

/** Lines one after the other that lack cells. More are the longest cell, or no table. */
const MOST_LACKING = 12;

/** @param from where lines may be that are above the first one with all cells. */
function linesInColumns(all: readonly CellLine[], start: number, from: number): LinesInColumns | null {
  const first = all[start];
  if (first === undefined || first.cells.length < 2) return null;
  let columns: readonly Column[] = first.cells.map(columnOf);
  const lines: TableLine[] = [tableLine(first, [...columns.keys()])];
  let lacking = 0;
  for (let at = start + 1; at < all.length && lacking < MOST_LACKING; at += 1) {
    const line = all[at];
    if (line === undefined || line.cells.length === 0) break;
    const size = Math.max(first.height, line.height);
    const grown = withRow(columns, line.cells, size);
    const places = grown === null ? columnsBelow(all[at - 1], line, columns) : [...columns.keys()];
    if (places === null) break;
    lacking = grown === null ? lacking + 1 : 0;
    columns = grown ?? columns;
    lines.push(tableLine(line, places));
  }
  const above = linesAbove(all.slice(Math.max(from, start - MOST_LACKING), start + 1), lines, columns);
  const own = withoutLooseEnd([...above, ...lines], columns);
  const full = own.filter(({ places }) => places.length === columns.length).length;
  const rows = own.filter(({ places }) => places.length > 1).length;
  return full >= LEAST_ROWS || (full >= 2 && rows > LEAST_ROWS)
    ? { start: start - above.length, lines: own, columns }
    : null;
}

function tableLine({ cells, height, y }: CellLine, places: readonly number[]): TableLine {
  return { cells, height, y: y ?? 0, places };
}

/** Times the font size: a line that lacks cells is not farther below the one above, nor the name of a group of rows, nor a head. */
const [NEAR, NEAR_NAME] = [3, 1.6];
/** Fraction by which font sizes may differ: a heading stands between tables. */
const SAME_SIZE = 0.1;

function columnsBelow(
  above: CellLine | undefined,
  line: CellLine,
  columns: readonly Column[],
): readonly number[] | null {
  if (line.cells.length >= columns.length || above === undefined || above.y === null || line.y === null) return null;
  const gap = above.y - line.y;
  if (gap <= 0 || gap > NEAR * line.height) return null;
  if (Math.abs(line.height - above.height) > SAME_SIZE * above.height) return null;
  const places = columnsOfSome(columns, line.cells, line.height);
  return places?.length === 1 && places[0] === 0 && gap > NEAR_NAME * line.height ? null : places;
}

/**
 * Lines above the first one with all cells: the first lines of its cells, if there is more room between rows than between
 * the lines of a cell, else a row that lacks cells. The name of a table stands there, too. @param all up to that line.
 */
function linesAbove(
  all: readonly CellLine[],
  lines: readonly TableLine[],
  columns: readonly Column[],
): readonly TableLine[] {
  let above: readonly TableLine[] = [];
  for (let at = all.length - 1; at > 0; at -= 1) {
    const [line, below] = [all[at - 1], all[at]];
    const places = line === undefined || below === undefined ? null : columnsAbove(line, below, columns);
    if (line === undefined || places === null) break;
    above = [tableLine(line, places), ...above];
  }
  if (startsByGaps([...above, ...lines], columns) !== null) return above;
  return above.slice(above.findLastIndex(({ places }) => places.length === 1) + 1);
}

function columnsAbove(line: CellLine, below: CellLine, columns: readonly Column[]): readonly number[] | null {
  if (line.y === null || below.y === null || line.y - below.y > NEAR_NAME * line.height) return null;
  const places = columnsBelow(line, { ...below, cells: line.cells }, columns);
  return places?.length === 1 && places[0] === 0 ? null : places;
}

/** Without lines of one stretch below the last row: they are text that follows, if they are not more lines of a cell. */
function withoutLooseEnd(lines: readonly TableLine[], columns: readonly Column[]): readonly TableLine[] {
  const mayBeOfTable = ({ places: [place, ...others] }: TableLine) =>
    others.length > 0 || place !== 0 || columns.length > 2;
  if (rowsOf(lines, columns) === null) return lines;
  const own = lines.slice(0, lines.findLastIndex(mayBeOfTable) + 1);
  const rows = rowsOf(own, columns) ?? [];
  let end = own.length;
  for (const row of rows.toReversed()) {
    if (row.end - row.start > 1 || own[row.start]?.places.length !== 1) break;
    end = row.start;
  }
  return own.slice(0, end);
}
