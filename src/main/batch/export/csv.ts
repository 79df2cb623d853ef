import Papa from 'papaparse';
import { cellWords, columnsOf } from './columns.ts';
import { type WriteFormat, writeText } from './export-format.ts';

/** How a cell begins that a spreadsheet may run: with an operator, also a full-width one, or with white space before it. */
const FORMULA = /^[=+\-@＝＋－＠\t\r\n]/u;

/** One row per file, for spreadsheets. */
export const writeCsv: WriteFormat<string> = (batch, _choice, pages) => {
  const columns = columnsOf(batch);
  return writeText(
    {
      // The byte-order mark makes Excel read UTF-8.
      head: `\uFEFF${csvLine(columns.map(({ title }) => title))}`,
      item: (item) => csvLine(columns.map(({ cell }) => cellWords(cell(item)))),
    },
    pages,
  );
};

/** A line of a file, without what a spreadsheet would run. */
export function csvLine(cells: readonly (string | number)[]): string {
  return `${Papa.unparse([[...cells]], { escapeFormulae: FORMULA, newline: '\r\n' })}\r\n`;
}
