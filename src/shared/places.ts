import { countOf } from './amounts.ts';

/** What a document is made of: pages of a PDF, sheets of a workbook, a mail and its attachments. The word for it, too. */
export type PlaceUnit = 'page' | 'sheet' | 'slide' | 'chapter' | 'message';

/** The pages, sheets or the like of a document, where it has any. */
export interface Places {
  readonly unit: PlaceUnit;
  /** Offsets in the document's text, in UTF-16 code units, at which they begin. */
  readonly starts: readonly number[];
  /** What each is called in the document; null if they are only numbered. */
  readonly names: readonly string[] | null;
  /** Which rows of their sheets the lines of the text are; absent where there are no rows. */
  readonly rows?: readonly RowRun[] | undefined;
}

/**
 * From this line of the text on (counted from 1), each line is the next row of its sheet, beginning with this row; with
 * 0, the lines are no rows.
 */
export type RowRun = readonly [line: number, row: number];

/** Places as stored: those of documents read by earlier versions are the offsets of their pages alone. */
export type StoredPlaces = Places | readonly number[];

export function placesOf(stored: StoredPlaces): Places {
  return 'unit' in stored ? stored : { unit: 'page', starts: stored, names: null };
}

/** One of the places of a document. */
export interface Place {
  readonly unit: PlaceUnit;
  /** Counted from 1. */
  readonly number: number;
  readonly name: string | null;
  /** The row of a sheet, as its program counts them. */
  readonly row?: number | undefined;
}

/** The place that an offset in the text lies in, which is on the line of this number; null before the first. */
export function placeAt({ unit, starts, names, rows }: Places, offset: number, line: number): Place | null {
  const at = starts.findLastIndex((start) => start <= offset);
  if (at < 0) return null;
  const row = rowAt(rows ?? [], line);
  return { unit, number: at + 1, name: names?.[at] ?? null, ...(row === null ? {} : { row }) };
}

function rowAt(rows: readonly RowRun[], line: number): number | null {
  const [first, row] = rows.findLast(([from]) => from <= line) ?? [0, 0];
  return row === 0 ? null : row + line - first;
}

/** "page 3", "sheet “Budget”", "sheet “Budget”, row 12". */
export function placeName({ unit, number, name, row }: Place): string {
  const place = name === null ? `${unit} ${number}` : `${unit} “${name}”`;
  return row === undefined ? place : `${place}, row ${row}`;
}

/** "84 pages", "1 sheet". */
export function countOfPlaces(count: number, unit: PlaceUnit): string {
  return countOf(count, unit);
}

/** "Pages", "Sheets": a heading over their number. */
export function placesTitle(unit: PlaceUnit): string {
  return `${capitalised(unit)}s`;
}

export function capitalised(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

const unitsByFormat: Readonly<Record<string, PlaceUnit>> = {
  xlsx: 'sheet',
  ods: 'sheet',
  xls: 'sheet',
  pptx: 'slide',
  odp: 'slide',
  ppt: 'slide',
  epub: 'chapter',
  eml: 'message',
  mbox: 'message',
  msg: 'message',
};

/** What documents of a format are made of, for where only their number is stored. */
export function unitOfFormat(format: string | null): PlaceUnit {
  return unitsByFormat[format ?? ''] ?? 'page';
}
