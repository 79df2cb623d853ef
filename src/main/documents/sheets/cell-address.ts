/** Addresses of cells, as workbooks write them. */

/** Rows and columns are counted from 1 and include the last. */
export interface CellRange {
  readonly firstRow: number;
  readonly lastRow: number;
  readonly firstColumn: number;
  readonly lastColumn: number;
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
