import { CELL_SEPARATOR, type ColumnSpan, LINE_BREAK_IN_CELL, type RowRun } from '../../../shared/places.ts';
import { problem } from '../../../shared/problem.ts';
import { RefusedPart } from '../packed/zip-parts.ts';
import { type CellRange, columnName, maxColumns } from './cell-address.ts';

/** The lines of a sheet, one for each row that says something. */
export interface SheetLines {
  readonly lines: readonly string[];
  /** Which rows they are, by their line, counted from 1 within `lines`. */
  readonly rows: readonly RowRun[];
  /** The columns that hold text. */
  readonly columns: readonly ColumnSpan[];
  /** Lines, counted from 1, whose cells cannot be told apart by what separates them. */
  readonly unclear: readonly number[];
}

interface Row {
  readonly number: number;
  /** Ascending, and the texts that are there. */
  readonly columns: number[];
  readonly texts: string[];
}

interface OpenRow extends Row {
  /** Whether it has all cells of that row that are known; else only those added since it was opened. */
  readonly isWhole: boolean;
}

/** After more empty cells than this, the next cell gives its own address: a far cell makes no line of separators. */
const longestGap = 50;
/** Rows of merged cells that are marked, in a whole sheet: more are not written by hand. */
const mostMarked = 100_000;
/** Characters of a sheet: a text that all of its cells refer to is in the file only once. */
const mostCharacters = 50_000_000;
/** Stands in a row for the merged cell that begins above it. */
const ditto = '″';

export type SheetRows = ReturnType<typeof createSheetRows>;

/**
 * Collects the cells of a sheet. Only rows and columns that hold text are written, whatever size the sheet declares:
 * one line a row, its cells separated by ` | `, an empty line in place of rows without text.
 */
export function createSheetRows() {
  /** A string for each row: a million rows of arrays would not fit in memory. Cells may stand in it in any order. */
  const rows = new Map<number, string>();
  const columns = new Set<number>();
  const merged: CellRange[] = [];
  let characters = 0;
  let open: OpenRow = { number: 0, columns: [], texts: [], isWhole: false };

  function store(): void {
    if (open.columns.length > 0) {
      const before = open.isWhole ? undefined : rows.get(open.number);
      rows.set(open.number, before === undefined ? packed(open) : `${before}\n${packed(open)}`);
    }
    open = { number: 0, columns: [], texts: [], isWhole: false };
  }

  /** To add cells: those that are there already stay packed. */
  function openRow(number: number): Row {
    if (open.number === number) return open;
    store();
    open = { number, columns: [], texts: [], isWhole: false };
    return open;
  }

  function wholeRow(number: number): Row {
    if (open.number === number && open.isWhole) return open;
    store();
    open = { ...unpacked(number, rows.get(number)), isWhole: true };
    return open;
  }

  function markMerged(): void {
    let marked = 0;
    for (const { firstRow, lastRow, firstColumn } of merged) {
      if (marked >= mostMarked) break;
      if (!rows.has(firstRow) || textAt(wholeRow(firstRow), firstColumn) === null) continue;
      for (let number = firstRow + 1; number <= lastRow && marked < mostMarked; number += 1) {
        marked += 1;
        if (rows.has(number) && textAt(wholeRow(number), firstColumn) === null) insert(open, firstColumn, ditto);
      }
    }
    store();
  }

  return {
    /** Adds a cell; one without text is not there. Throws a {@link RefusedPart} if a sheet has too much text. */
    add(row: number, column: number, text: string): void {
      const shown = oneLine(text);
      if (shown === '') return;
      characters += shown.length;
      if (characters > mostCharacters) {
        throw new RefusedPart(problem('file_too_large', { what: 'cells', limit: mostCharacters }));
      }
      insert(openRow(row), column, shown);
      columns.add(column);
    },
    /** Cells that look like one, whose text is in the first. */
    merge(range: CellRange): void {
      if (range.lastRow > range.firstRow) merged.push(range);
    },
    /** Adds where a cell leads, unless its text says so. */
    link(row: number, column: number, address: string): void {
      const text = textAt(wholeRow(row), column);
      if (text === null || text.includes(address.replace(/^mailto:/i, ''))) return;
      insert(open, column, `${text} <${oneLine(address)}>`);
    },
    isUsedRow(row: number): boolean {
      store();
      return rows.has(row);
    },
    usedColumns: (): readonly number[] => [...columns],
    finish(): SheetLines {
      store();
      markMerged();
      const order = [...columns].sort((one, other) => one - other);
      const indexes = new Map(order.map((column, index): [number, number] => [column, index]));
      const lines: string[] = [];
      const runs: RowRun[] = [];
      const unclear: number[] = [];
      let previous = 0;
      for (const number of [...rows.keys()].sort((one, other) => one - other)) {
        if (previous > 0 && number !== previous + 1) lines.push('');
        if (number !== previous + 1 || runs.length === 0) runs.push([lines.length + 1, number]);
        const row = unpacked(number, rows.get(number));
        lines.push(lineOf(row, indexes));
        if (isUnclear(row, indexes)) unclear.push(lines.length);
        previous = number;
      }
      return { lines, rows: runs, columns: spansOf(order), unclear };
    },
  };
}

/** Texts have neither tabs nor line breaks. */
function packed({ columns, texts }: Row): string {
  return columns.map((column, at) => `${column}\t${texts[at]}`).join('\n');
}

/** Of cells in the same place, the last one counts. */
function unpacked(number: number, row: string | undefined): Row {
  const found = row === undefined ? [] : row.split('\n').map((cell) => cell.split('\t'));
  const columns = found.map(([column]) => Number(column));
  const texts = found.map(([, text = '']) => text);
  if (columns.every((column, at) => at === 0 || column > (columns[at - 1] ?? 0))) return { number, columns, texts };
  const cells = [...new Map(columns.map((column, at) => [column, texts[at] ?? '']))];
  cells.sort(([one], [other]) => one - other);
  return { number, columns: cells.map(([column]) => column), texts: cells.map(([, text]) => text) };
}

function textAt({ columns, texts }: Row, column: number): string | null {
  return texts[columns.indexOf(column)] ?? null;
}

function insert({ columns, texts }: Row, column: number, text: string): void {
  const behind = (columns.at(-1) ?? 0) < column ? -1 : columns.findIndex((one) => one >= column);
  const at = behind === -1 ? columns.length : behind;
  const isThere = columns[at] === column ? 1 : 0;
  columns.splice(at, isThere, column);
  texts.splice(at, isThere, text);
}

function lineOf(row: Row, indexes: ReadonlyMap<number, number>): string {
  let line = '';
  let next = 0;
  row.columns.forEach((column, at) => {
    const index = indexes.get(column);
    const text = row.texts[at] ?? '';
    if (index === undefined) return;
    if (index - next > longestGap) line += `… | ${columnName(column)}${row.number}: ${text}`;
    else line += CELL_SEPARATOR.repeat(index - next) + text;
    line += CELL_SEPARATOR;
    next = index + 1;
  });
  return line.slice(0, -CELL_SEPARATOR.length);
}

/** Whether a text looks like what separates cells, or the line names a far cell instead of having a separator for each. */
function isUnclear({ columns, texts }: Row, indexes: ReadonlyMap<number, number>): boolean {
  if (texts.some((text) => text.includes('|'))) return true;
  let next = 0;
  return columns.some((column) => {
    const gap = (indexes.get(column) ?? 0) - next;
    next += gap + 1;
    return gap > longestGap;
  });
}

function spansOf(ascending: readonly number[]): readonly ColumnSpan[] {
  const spans: [first: number, last: number][] = [];
  for (const column of ascending) {
    const last = spans.at(-1);
    if (last !== undefined && last[1] === column - 1) last[1] = column;
    else spans.push([column, column]);
  }
  return spans;
}

/** A cell's text on one line, without characters that no text holds. */
function oneLine(text: string): string {
  return text
    .split(/[\r\n\u2028\u2029]+/)
    .map((line) => line.replace(/(?:[^\S\u00a0]|\p{Cc})+/gu, ' ').replace(/^ +|(?<![ \u00ad])[ \u00ad]+$/g, ''))
    .filter((line) => line !== '')
    .join(LINE_BREAK_IN_CELL);
}

/** How many of these columns are in one of the ranges, of which there may be many. */
export function countWithin(
  columns: readonly number[],
  ranges: readonly (readonly [first: number, last: number])[],
): number {
  const begun = new Int32Array(maxColumns + 2);
  for (const [first, last] of ranges) {
    const [from, to] = [Math.max(1, first), Math.min(maxColumns, last)];
    if (!(from <= to)) continue;
    begun[from] = (begun[from] ?? 0) + 1;
    begun[to + 1] = (begun[to + 1] ?? 0) - 1;
  }
  for (let at = 1; at < begun.length; at += 1) begun[at] = (begun[at] ?? 0) + (begun[at - 1] ?? 0);
  return columns.filter((column) => (begun[column] ?? 0) > 0).length;
}
