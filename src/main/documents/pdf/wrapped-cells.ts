import { itemOf } from './bullets.ts';
import { LINE_BREAK } from './line-end-hyphens.ts';
import { hasRoom, runsOn, wordsIn } from './running-on.ts';
import type { Cell, Column, TableLine } from './table-columns.ts';

/** A row of a table: its lines, from `start` to before `end`, and the text of each column. */
export interface TableRow {
  readonly start: number;
  readonly end: number;
  readonly cells: readonly string[];
}

/** The rows that lines of a table make: a cell may have several lines. Null if they are columns of prose. */
export function rowsOf(lines: readonly TableLine[], columns: readonly Column[]): readonly TableRow[] | null {
  const byGaps = startsByGaps(lines, columns);
  if (byGaps === null && columns.every((_, place) => runsOn(lines, columns, place))) return null;
  const starts = byGaps ?? startsByWords(lines, columns);
  return starts.map((start, at) => {
    const end = starts[at + 1] ?? lines.length;
    return { start, end, cells: cellsOf(lines.slice(start, end), columns.length) };
  });
}

function cellsOf(lines: readonly TableLine[], columns: number): readonly string[] {
  const filled = lines.flatMap(({ places }) => places);
  // The name of a group of rows stands alone.
  if (filled.every((place) => place === 0)) return [textsAt(lines, 0).join(LINE_BREAK)];
  return Array.from({ length: columns }, (_, column) => textsAt(lines, column).join(LINE_BREAK));
}

function textsAt(lines: readonly TableLine[], column: number): readonly string[] {
  return lines.flatMap(({ cells, places }) => cells[places.indexOf(column)]?.text ?? []);
}

/** Times the gap between lines of a cell: from there on it is one between rows. */
const WIDER = 1.25;
/** Times the font size: lines of a cell are not farther apart. Most programs set 1.15 to 1.3. */
const TIGHT = 1.35;

/** Where rows begin if there is more room between them than between the lines of a cell; null if there is not. */
export function startsByGaps(lines: readonly TableLine[], columns: readonly Column[]): readonly number[] | null {
  const gaps = lines.map(({ y }, at) => (lines[at - 1]?.y ?? Number.POSITIVE_INFINITY) - y);
  const least = gaps.reduce((one, other) => Math.min(one, other));
  if (!(least > 0) || least > (lines[0]?.height ?? 0) * TIGHT) return null;
  const starts = [...lines.keys()].filter((at) => (gaps[at] ?? 0) > least * WIDER);
  const rows = starts.map((start, at) => lines.slice(start, starts[at + 1] ?? lines.length));
  return rows.length > 1 && rows.every((own) => isOneRow(own, columns)) ? starts : null;
}

/** Whether at most one line has all cells, or the text of each cell goes on from line to line. */
function isOneRow(lines: readonly TableLine[], columns: readonly Column[]): boolean {
  const full = lines.filter(({ places }) => places.length === columns.length).length;
  return full <= 1 || columns.every((_, place) => runsOn(lines, columns, place));
}

function startsByWords(lines: readonly TableLine[], columns: readonly Column[]): readonly number[] {
  const starts: number[] = [];
  for (const [at, line] of lines.entries()) {
    const above = lines[at - 1];
    if (above === undefined || !isWrapped(above, line, columns)) starts.push(at);
  }
  return starts;
}

/** Whether all cells of a line go on with those above. */
function isWrapped(above: TableLine, line: TableLine, columns: readonly Column[]): boolean {
  if (line.places.length === columns.length) return false;
  // A name too long for its column stands above what is said of it.
  if (columns.length === 2 && above.places.at(-1) === 0 && line.places[0] === 1) return true;
  return line.places.every((place, at) => {
    const [upper, lower] = [above.cells[above.places.indexOf(place)], line.cells[at]];
    if (upper === undefined || lower === undefined) return false;
    if (place === 0 && !/^\p{Ll}/u.test(lower.text)) return false;
    if (itemOf(lower.text) !== null) return false;
    return endsInWord(upper) || isFull(upper, lower, columns[place]);
  });
}

function endsInWord({ text }: Cell): boolean {
  return /\p{L}[-\u2010\u00ad]$/u.test(text);
}

/** Words in the line above one that is a number alone: there, it is no amount. */
const WORDY = 4;

/** Whether the first word of a line has no room at the end of the one above, and both are of words. */
function isFull(upper: Cell, lower: Cell, column: Column | undefined): boolean {
  if (column === undefined || !/\S\s+\S/.test(upper.text)) return false;
  if (!/\p{L}/u.test(lower.text) && wordsIn(upper.text) < WORDY) return false;
  return !hasRoom(upper, lower, column);
}
