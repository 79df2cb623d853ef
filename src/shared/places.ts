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
  /** The columns of each sheet that its lines have cells for; absent in documents read by earlier versions. */
  readonly columns?: readonly (readonly ColumnSpan[])[] | undefined;
  /** Lines whose cells {@link CELL_SEPARATOR} does not tell apart, ascending, counted from 1. */
  readonly unclear?: readonly number[] | undefined;
}

/** Stands between the cells of a row in a text. */
export const CELL_SEPARATOR = ' | ';
/** Stands between the cells of a table in a cell. */
export const NESTED_CELL_SEPARATOR = ' ¦ ';
/** Stands for a line break in a cell, as a row is one line. */
export const LINE_BREAK_IN_CELL = '<br>';

/** Columns next to each other, counted from 1, the last included. */
export type ColumnSpan = readonly [first: number, last: number];

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
  /** The cells of a sheet, as its program names them: "B12", "B12:D14". */
  readonly cells?: string | undefined;
}

/** "page 3", "sheet “Budget”", "sheet “Budget”, cell B12", "sheet “Budget”, row 12" where the cell is not known. */
export function placeName({ unit, number, name, row, cells }: Place): string {
  const place = name === null ? `${unit} ${number}` : `${unit} “${name}”`;
  if (cells !== undefined) return `${place}, ${cells.includes(':') ? 'cells' : 'cell'} ${cells}`;
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
