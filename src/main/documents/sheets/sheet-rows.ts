import type { RowRun } from '../../../shared/places.ts';

/** The lines of a sheet, one for each row that says something. */
export interface SheetLines {
  readonly lines: readonly string[];
  /** Which rows they are, by their line, counted from 1 within `lines`. */
  readonly rows: readonly RowRun[];
}

interface Row {
  readonly number: number;
  /** Ascending, and the texts that are there. */
  readonly columns: number[];
  readonly texts: string[];
}

/** Rows and columns are counted from 1 and include the last. */
export interface CellRange {
  readonly firstRow: number;
  readonly lastRow: number;
  readonly firstColumn: number;
  readonly lastColumn: number;
}

/** After more empty cells than this, the next cell gives its own address: a far cell makes no line of separators. */
const longestGap = 50;
/** Rows of merged cells that are marked, in a whole sheet: more are not written by hand. */
const mostMarked = 100_000;
/** Stands in a row for the merged cell that begins above it. */
const ditto = '″';

export type SheetRows = ReturnType<typeof createSheetRows>;

/**
 * Collects the cells of a sheet. Only rows and columns that hold text are written, whatever size the sheet declares:
 * one line a row, its cells separated by ` | `, an empty line in place of rows without text.
 */
export function createSheetRows() {
  const rows = new Map<number, Row>();
  const columns = new Set<number>();
  const merged: CellRange[] = [];
  let last: Row | null = null;

  function rowAt(number: number): Row {
    if (last?.number === number) return last;
    last = rows.get(number) ?? { number, columns: [], texts: [] };
    rows.set(number, last);
    return last;
  }

  function markMerged(): void {
    let marked = 0;
    for (const { firstRow, lastRow, firstColumn } of merged) {
      if (textAt(rows.get(firstRow), firstColumn) === null) continue;
      for (let number = firstRow + 1; number <= lastRow && marked < mostMarked; number += 1) {
        marked += 1;
        const row = rows.get(number);
        if (row !== undefined && textAt(row, firstColumn) === null) insert(row, firstColumn, ditto);
      }
    }
  }

  return {
    /** Adds a cell; one without text is not there. */
    add(row: number, column: number, text: string): void {
      const shown = oneLine(text);
      if (shown === '') return;
      insert(rowAt(row), column, shown);
      columns.add(column);
    },
    /** Cells that look like one, whose text is in the first. */
    merge(range: CellRange): void {
      if (range.lastRow > range.firstRow) merged.push(range);
    },
    /** Adds where a cell leads, unless its text says so. */
    link(row: number, column: number, address: string): void {
      const cells = rows.get(row);
      const text = textAt(cells, column);
      if (cells === undefined || text === null || text.includes(address.replace(/^mailto:/i, ''))) return;
      insert(cells, column, `${text} <${oneLine(address)}>`);
    },
    isUsedRow: (row: number): boolean => rows.has(row),
    usedColumns: (): readonly number[] => [...columns],
    finish(): SheetLines {
      markMerged();
      const order = [...columns].sort((one, other) => one - other);
      const indexes = new Map(order.map((column, index): [number, number] => [column, index]));
      const lines: string[] = [];
      const runs: RowRun[] = [];
      let previous = 0;
      for (const row of [...rows.values()].sort((one, other) => one.number - other.number)) {
        if (previous > 0 && row.number !== previous + 1) lines.push('');
        if (row.number !== previous + 1 || runs.length === 0) runs.push([lines.length + 1, row.number]);
        lines.push(lineOf(row, indexes));
        previous = row.number;
      }
      return { lines, rows: runs };
    },
  };
}

function textAt(row: Row | undefined, column: number): string | null {
  const at = row?.columns.indexOf(column) ?? -1;
  return row?.texts[at] ?? null;
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
    else line += ' | '.repeat(index - next) + text;
    line += ' | ';
    next = index + 1;
  });
  return line.slice(0, -' | '.length);
}

/** A cell's text on one line, without characters that no text holds. */
function oneLine(text: string): string {
  return text.replace(/(?:[^\S\u00a0]|\p{Cc})+/gu, ' ').replace(/^ +|[ \u00ad]+$/g, '');
}

/** A, …, Z, AA: what a column is called, counted from 1. */
export function columnName(column: number): string {
  let name = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  }
  return name;
}

/** "B12" as its column and row; null if it is no such address. */
export function cellOf(reference: string): { readonly row: number; readonly column: number } | null {
  let column = 0;
  let row = 0;
  for (let at = 0; at < reference.length; at += 1) {
    const code = reference.charCodeAt(at);
    if (code === 36) continue;
    if (code >= 48 && code <= 57) row = row * 10 + code - 48;
    else if (row === 0 && code >= 65 && code <= 90) column = column * 26 + code - 64;
    else return null;
  }
  return column > 0 && column <= maxColumns && row > 0 && row <= maxRows ? { row, column } : null;
}

/** The largest sheets there are: LibreOffice has as many columns as Excel, and as many rows. */
export const maxColumns = 16_384;
export const maxRows = 1_048_576;

/** "B2:C5" or "B2" as a range. */
export function rangeOf(reference: string): CellRange | null {
  const [from = '', to = from] = reference.split(':');
  const [first, last] = [cellOf(from), cellOf(to)];
  if (first === null || last === null) return null;
  return { firstRow: first.row, lastRow: last.row, firstColumn: first.column, lastColumn: last.column };
}
