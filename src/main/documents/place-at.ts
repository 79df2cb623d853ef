import { CELL_SEPARATOR, type ColumnSpan, type Place, type Places, type RowRun } from '../../shared/places.ts';
import { columnName } from './sheets/cell-address.ts';

/** A part of a document's text: offsets in UTF-16 code units, and the line it begins on, counted from 1. */
export interface Passage {
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

/** The place that a passage of the text begins in; null before the first. */
export function placeAt(places: Places, text: string, passage: Passage): Place | null {
  const { unit, starts, names, rows } = places;
  const at = starts.findLastIndex((start) => start <= passage.start);
  if (at < 0) return null;
  const row = rowAt(rows ?? [], passage.line);
  const cells = row === null ? null : cellsAt(places, at, text, passage);
  return {
    unit,
    number: at + 1,
    name: names?.[at] ?? null,
    ...(row === null ? {} : { row }),
    ...(cells === null ? {} : { cells }),
  };
}

function rowAt(rows: readonly RowRun[], line: number): number | null {
  const [first, row] = rows.findLast(([from]) => from <= line) ?? [0, 0];
  return row === 0 ? null : row + line - first;
}

/** The cells of a sheet that a passage begins and ends in; null if they are not known. */
function cellsAt(
  { rows = [], columns, unclear = [] }: Places,
  sheet: number,
  text: string,
  passage: Passage,
): string | null {
  const spans = columns?.[sheet] ?? [];
  const lastLine = passage.line + lineBreaks(text.slice(passage.start, passage.end));
  const [firstRow, lastRow] = [rowAt(rows, passage.line), rowAt(rows, lastLine)];
  if (firstRow === null || lastRow === null) return null;
  if (firstRow !== lastRow) return rangeName([firstRow, spans[0]?.[0]], [lastRow, spans.at(-1)?.[1]]);
  if (unclear.includes(passage.line)) return null;
  const columnAt = (offset: number) => nthColumn(spans, separatorsBefore(text, offset));
  return rangeName([firstRow, columnAt(passage.start)], [lastRow, columnAt(passage.end)]);
}

type Cell = readonly [row: number, column: number | undefined];

function rangeName(...[[firstRow, firstColumn], [lastRow, lastColumn]]: readonly [Cell, Cell]): string | null {
  if (firstColumn === undefined || lastColumn === undefined) return null;
  const [first, last] = [`${columnName(firstColumn)}${firstRow}`, `${columnName(lastColumn)}${lastRow}`];
  return first === last ? first : `${first}:${last}`;
}

/** What separates cells, between the beginning of the line and an offset in it. */
function separatorsBefore(text: string, offset: number): number {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return text.slice(start, offset).split(CELL_SEPARATOR).length - 1;
}

function nthColumn(spans: readonly ColumnSpan[], index: number): number | undefined {
  let before = 0;
  for (const [first, last] of spans) {
    const column = first + index - before;
    if (column <= last) return column;
    before += last - first + 1;
  }
  return undefined;
}

function lineBreaks(text: string): number {
  return text.split('\n').length - 1;
}
