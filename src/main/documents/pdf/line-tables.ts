import { type Block, blocksIn, byHeight } from './drawn-by-cell.ts';
import { type Line, leftOf, lineOf, rightOf } from './drawn-line.ts';
import type { TableLine } from './table-columns.ts';
import { type Columns, columnsIn } from './table-rows.ts';
import type { TableRow } from './wrapped-cells.ts';

/**
 * Lines with the rows of tables that have no lines around their cells, and short columns of prose one after the other. Lines
 * that are drawn beside each other are looked at by their heights; those that are no rows of a table stay as they are drawn.
 */
export function withTables(lines: readonly Line[]): readonly Line[] {
  const blocks = blocksIn(lines);
  let units = blocks.length === 0 ? [] : unitsOf(lines, blocks);
  for (let tries = 0; units.length > 0 && tries < MOST_TRIES; tries += 1) {
    const across = units.flatMap(({ merged }) => merged);
    const found = columnsIn(across);
    const inTables = new Set(unitsInTables(units, found));
    if (units.every((unit) => unit.drawn.length === 1 || inTables.has(unit))) return ordered(across, found);
    units = units.flatMap((unit) => (inTables.has(unit) ? [unit] : unit.drawn.map(single)));
  }
  return ordered(lines, columnsIn(lines));
}

/** What is split into its lines may have been the rows above or below a table. */
const MOST_TRIES = 2;

/** A line, or lines beside each other. */
interface Unit {
  readonly drawn: readonly Line[];
  /** By their heights. */
  readonly merged: readonly Line[];
}

function single(line: Line): Unit {
  return { drawn: [line], merged: [line] };
}

function unitsOf(lines: readonly Line[], blocks: readonly Block[]): readonly Unit[] {
  const units: (readonly Unit[])[] = [];
  let from = 0;
  for (const { start, end } of blocks) {
    const drawn = lines.slice(start, end);
    const heights = byHeight(drawn);
    if (heights === null) continue;
    const merged = heights.map((own) =>
      lineOf(
        own.flatMap(({ runs }) => runs),
        own.some(({ isFromRight }) => isFromRight),
      ),
    );
    units.push(lines.slice(from, start).map(single), [{ drawn, merged }]);
    from = end;
  }
  return [...units, lines.slice(from).map(single)].flat();
}

/** Fewer may be blocks of text side by side. */
const LEAST_UNITS = 3;

/** Those that are wholly in a table, with others. */
function unitsInTables(units: readonly Unit[], found: readonly Columns[]): readonly Unit[] {
  let end = 0;
  const places = units.map((unit) => {
    const start = end;
    end += unit.merged.length;
    return { unit, start, end };
  });
  let at = 0;
  return found.flatMap((columns) => {
    const own: Unit[] = [];
    for (let place = places[at]; place !== undefined && place.end <= columns.end; place = places[at]) {
      if (place.start >= columns.start) own.push(place.unit);
      at += 1;
    }
    return columns.kind === 'table' && own.length >= LEAST_UNITS ? own : [];
  });
}

function ordered(lines: readonly Line[], found: readonly Columns[]): readonly Line[] {
  if (found.length === 0) return lines;
  const all: (readonly Line[])[] = [];
  let from = 0;
  for (const columns of found) {
    const own = lines.slice(columns.start, columns.end);
    const ofTable = columns.kind === 'table';
    all.push(lines.slice(from, columns.start), ofTable ? rowLines(own, columns.rows) : inTurn(own, columns.lines));
    from = columns.end;
  }
  return [...all, lines.slice(from)].flat();
}

function rowLines(lines: readonly Line[], rows: readonly TableRow[]): readonly Line[] {
  return rows.map((row, at) => rowLine(lines, row, at === 0));
}

function rowLine(lines: readonly Line[], { start, end, cells }: TableRow, isFirst: boolean): Line {
  const own = lines.slice(start, end);
  const [first, last] = [own[0], own.at(-1)];
  const runs = own.flatMap((line) => line.runs);
  const { height = 0, y = null, isFromRight = false } = first ?? {};
  const row = { isFirst, isRuled: false };
  return {
    runs,
    text: cells.join(' | '),
    cells: first?.cells ?? [],
    isFromRight,
    y,
    bottom: last?.y ?? y,
    height,
    row,
  };
}

/** The lines of each column, from the first to the last column. */
function inTurn(lines: readonly Line[], inColumns: readonly TableLine[]): readonly Line[] {
  const count = inColumns.reduce((most, { places }) => Math.max(most, places.length), 0);
  return Array.from({ length: count }, (_, column) =>
    inColumns.flatMap(({ cells, places }, at) => {
      const cell = cells[places.indexOf(column)];
      const isIn = (left: number) => cell !== undefined && left >= cell.left && left <= cell.right;
      const { runs: all = [], isFromRight = false } = lines[at] ?? {};
      const runs = all.filter((run) => isIn(isFromRight ? -rightOf(run) : leftOf(run)));
      return runs.length === 0 ? [] : [lineOf(runs, isFromRight)];
    }),
  ).flat();
}
