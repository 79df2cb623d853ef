import type { Row } from './columns.ts';
import { extentOf } from './drawn-line.ts';
import type { Rule } from './rules.ts';
import { hasRoom, wordsIn } from './running-on.ts';
import type { Cell } from './table-columns.ts';

/** A row of a table with lines around its cells: what is drawn in each cell, line by line. */
export interface RuledRow {
  readonly cells: readonly (readonly Row[])[];
  /** It is the first of its table. */
  readonly isFirst: boolean;
}

export type DrawnLine = Row | RuledRow;

export function isRuledRow(line: DrawnLine): line is RuledRow {
  return 'cells' in line;
}

/**
 * The lines of a page, with the rows of its ruled tables where the first line of each was drawn. A table is a grid of
 * lines nearly all of which are drawn, with words in most of its cells and no cell as long as a column of text.
 */
export function withRuledTables(rows: readonly Row[], rules: readonly Rule[]): readonly DrawnLine[] {
  return gridsOf(rules).reduce<readonly DrawnLine[]>(withTable, rows);
}

/** Lines up to this far from each other, in points, touch. */
const TOUCHING = 3;

interface Grid {
  /** Edges of the columns, from the left. */
  readonly xs: readonly number[];
  /** Edges of the rows, from the top. */
  readonly ys: readonly number[];
  readonly rules: readonly Rule[];
}

function gridsOf(rules: readonly Rule[]): readonly Grid[] {
  return connected(rules).flatMap((own) => {
    const [upright, level] = [own.filter(({ isUpright }) => isUpright), own.filter(({ isUpright }) => !isUpright)];
    // Often, no lines are drawn around a table: it reaches as far as those within.
    const grid = { xs: edgesAt(upright, level), ys: edgesAt(level, upright).toReversed(), rules: own };
    return isGrid(grid) && isDrawn(grid) ? [grid] : [];
  });
}

function isGrid({ xs, ys }: Grid): boolean {
  return xs.length >= 3 && ys.length >= 3 && xs.length * ys.length <= MOST_CELLS;
}

const MOST_CELLS = 5_000;
/** Lines that go on beside the grid: they may be names of its rows, which belong to them. */
const MOST_BESIDE = 1;

/** Lines that reach each other, together. */
function connected(rules: readonly Rule[]): readonly (readonly Rule[])[] {
  const upright = rules.filter(({ isUpright }) => isUpright).sort((one, other) => one.at - other.at);
  const groupOf = new Map<Rule, Rule[]>();
  for (const rule of rules) groupOf.set(rule, [rule]);
  for (const level of rules) {
    if (level.isUpright) continue;
    for (let at = firstFrom(upright, level.from - TOUCHING); at < upright.length; at += 1) {
      const other = upright[at];
      if (other === undefined || other.at > level.to + TOUCHING) break;
      if (other.from <= level.at + TOUCHING && other.to >= level.at - TOUCHING) join(groupOf, level, other);
    }
  }
  return [...new Set(groupOf.values())].filter(({ length }) => length > 1);
}

function firstFrom(sorted: readonly Rule[], from: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.at ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

function join(groupOf: Map<Rule, Rule[]>, one: Rule, other: Rule): void {
  const [first, second] = [groupOf.get(one) ?? [], groupOf.get(other) ?? []];
  if (first === second) return;
  const [small, large] = first.length < second.length ? [first, second] : [second, first];
  for (const rule of small) {
    large.push(rule);
    groupOf.set(rule, large);
  }
}

/** The places at which lines are, those that touch taken for one, and as far as the lines across them reach. */
function edgesAt(rules: readonly Rule[], across: readonly Rule[]): readonly number[] {
  const ends = across.flatMap(({ from, to }) => [from, to]);
  const places = [...rules.map(({ at }) => at), Math.min(...ends), Math.max(...ends)];
  const edges: number[] = [];
  for (const at of places.sort((one, other) => one - other)) {
    if (at - (edges.at(-1) ?? Number.NEGATIVE_INFINITY) > TOUCHING) edges.push(at);
  }
  return edges;
}

/** Share of the walls between cells that are drawn: some cells of a table may be merged, most of a form or a drawing are. */
const MOST_WALLS = 0.75;

function isDrawn({ xs, ys, rules }: Grid): boolean {
  const upright = rules.filter(({ isUpright }) => isUpright);
  const inner = xs.slice(1, -1);
  let drawn = 0;
  for (const x of inner) {
    const wall = upright.filter(({ at }) => Math.abs(at - x) <= TOUCHING);
    drawn += ys.slice(1).filter((bottom, row) => {
      const middle = (bottom + (ys[row] ?? bottom)) / 2;
      return wall.some(({ from, to }) => from <= middle && to >= middle);
    }).length;
  }
  return drawn >= inner.length * (ys.length - 1) * MOST_WALLS;
}

interface Place {
  readonly row: number;
  readonly column: number;
}

function withTable(lines: readonly DrawnLine[], grid: Grid): readonly DrawnLine[] {
  const cells = grid.ys.slice(1).map(() => grid.xs.slice(1).map((): Row[] => []));
  const tops = topsOf(grid);
  const rest: DrawnLine[] = [];
  let start: number | null = null;
  let beside = 0;
  for (const line of lines) {
    const parts = isRuledRow(line) ? null : partedAt(line, grid);
    if (parts === null || parts.inside.length === 0) {
      rest.push(line);
      continue;
    }
    start ??= rest.length;
    for (const { cell, runs } of parts.inside)
      cells[tops[cell.row]?.[cell.column] ?? cell.row]?.[cell.column]?.push(runs);
    if (parts.outside.every(({ str }) => str.trim() === '')) continue;
    rest.push(parts.outside);
    beside += 1;
  }
  if (start === null || beside > MOST_BESIDE || !isTable(cells)) return lines;
  joinWritingLines(cells, tops, grid.xs);
  const rows = withoutEmptySides(cells.filter((row) => row.some(({ length }) => length > 0)));
  return [...rest.slice(0, start), ...rows.map((row, at) => ({ cells: row, isFirst: at === 0 })), ...rest.slice(start)];
}

/**
 * Lines drawn under the lines of a cell, as to write on, make no rows of them: where all other cells go on, and the words do,
 * too, as the next one had no room. Otherwise they may be rows beside merged cells.
 */
function joinWritingLines(
  cells: readonly (readonly Row[][])[],
  tops: readonly (readonly number[])[],
  xs: readonly number[],
): void {
  for (const [row, own] of cells.entries()) {
    const [column, ...others] = own.flatMap((_, at) => (tops[row]?.[at] === row ? [at] : []));
    if (row === 0 || column === undefined || others.length > 0) continue;
    const lower = own[column] ?? [];
    // What goes on with a line that was joined goes on with the row that has it.
    const upper = cells.slice(0, row).findLast((line) => (line[column]?.length ?? 0) > 0)?.[column];
    if (upper !== undefined && isWrapped(upper.at(-1), lower[0], xs[column + 1])) upper.push(...lower.splice(0));
  }
}

/** Of a line in a cell: fewer may be a name that fills a narrow one. */
const LEAST_WORDS = 3;

function isWrapped(upper: Row | undefined, lower: Row | undefined, right: number | undefined): boolean {
  if (upper === undefined || lower === undefined || right === undefined) return false;
  const [one, other] = [stretchOf(upper), stretchOf(lower)];
  const isProse = wordsIn(one.text) >= LEAST_WORDS && /^\p{Ll}/u.test(other.text);
  return isProse && !hasRoom(one, other, { edges: [], left: one.left, right });
}

function stretchOf(runs: Row): Cell {
  const letters = runs.filter(({ str }) => str.trim() !== '');
  const text = runs.map(({ str }) => str).join('');
  return { text: text.trim(), ...extentOf(letters) };
}

/** Lines may reach farther to the sides than the table does. */
function withoutEmptySides(rows: readonly (readonly (readonly Row[])[])[]): readonly (readonly (readonly Row[])[])[] {
  const isUsed = (column: number) => rows.some((row) => (row[column]?.length ?? 0) > 0);
  const columns = [...(rows[0] ?? []).keys()].filter(isUsed);
  return rows.map((row) => row.slice(columns[0], (columns.at(-1) ?? 0) + 1));
}

/** For each cell the row that it begins in: without a line above, it is merged with the cell there. */
function topsOf({ xs, ys, rules }: Grid): readonly (readonly number[])[] {
  const level = rules.filter(({ isUpright }) => !isUpright);
  const tops: number[][] = [];
  for (const [row, y] of ys.slice(0, -1).entries()) {
    const walls = level.filter(({ at }) => Math.abs(at - y) <= TOUCHING);
    const isWalled = (middle: number) => walls.some(({ from, to }) => from <= middle && to >= middle);
    const own = xs.slice(1).map((right, column) => {
      const isTop = row === 0 || isWalled((right + (xs[column] ?? right)) / 2);
      return isTop ? row : (tops[row - 1]?.[column] ?? row);
    });
    tops.push(own);
  }
  return tops;
}

/** The runs of a line by the cells that they are in. */
function partedAt(line: Row, grid: Grid): { readonly inside: { cell: Place; runs: Row }[]; readonly outside: Row } {
  const inside: { cell: Place; runs: Row[number][] }[] = [];
  const outside: Row[number][] = [];
  for (const run of line) {
    const cell = run.str.trim() === '' ? null : cellOf(run, grid);
    const last = inside.at(-1);
    if (cell !== null && last !== undefined && cell.row === last.cell.row && cell.column === last.cell.column)
      last.runs.push(run);
    else if (cell !== null) inside.push({ cell, runs: [run] });
    else if (run.str.trim() === '' && last !== undefined) last.runs.push(run);
    else outside.push(run);
  }
  return { inside, outside };
}

/** By where a text begins: one that spans merged cells is in the first of them. Letters stand upon their baseline. */
function cellOf({ transform, height, width = 0 }: Row[number], { xs, ys }: Grid): Place | null {
  const x = (transform[4] ?? 0) + Math.min(width, height) / 2;
  const y = (transform[5] ?? 0) + height / 4;
  const column = xs.findIndex((edge, at) => x >= edge && x < (xs[at + 1] ?? Number.NEGATIVE_INFINITY));
  const row = ys.findIndex((edge, at) => y <= edge && y > (ys[at + 1] ?? Number.POSITIVE_INFINITY));
  return column < 0 || row < 0 ? null : { row, column };
}

/** Lines and letters of the longest cell. */
const [MOST_LINES, MOST_LETTERS] = [12, 600];
/** Share of the cells that have words. */
const LEAST_FILLED = 0.4;

function isTable(cells: readonly (readonly (readonly Row[])[])[]): boolean {
  const all = cells.flat();
  const filled = all.filter(({ length }) => length > 0);
  const letters = (cell: readonly Row[]) => cell.flat().reduce((sum, { str }) => sum + str.length, 0);
  const fullRows = cells.filter((row) => row.filter(({ length }) => length > 0).length > 1);
  return (
    fullRows.length >= 2 &&
    filled.length >= all.length * LEAST_FILLED &&
    filled.every((cell) => cell.length <= MOST_LINES && letters(cell) <= MOST_LETTERS)
  );
}
