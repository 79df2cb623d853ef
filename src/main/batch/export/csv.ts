import Papa from 'papaparse';
import type { WriteFormat } from './export-format.ts';
import { writeText } from './export-format.ts';
import {
  errorWords,
  providerOf,
  questionCells,
  questionTitles,
  readingWords,
  resultNotes,
  tokens,
} from './export-words.ts';

/** How a cell begins that a spreadsheet may run: with an operator, also a full-width one, or with white space before it. */
const FORMULA = /^[=+\-@＝＋－＠\t\r\n]/u;

/** One row per file, for spreadsheets. */
export const writeCsv: WriteFormat = (batch, _choice, pages) =>
  writeText(
    {
      // The byte-order mark makes Excel read UTF-8.
      head: `\uFEFF${line(['File', 'Status', ...questionTitles(batch), 'Tokens', 'Time (ms)', 'Error', 'Reading notes', 'Result notes', 'Path', 'SHA-256', 'Provider', 'Model'])}`,
      item: (item) =>
        line([
          item.row.name,
          item.row.status,
          ...questionCells(batch, item),
          tokens(batch, item),
          item.row.latencyMs ?? '',
          errorWords(item.row),
          readingWords(item),
          resultNotes(item),
          item.path,
          item.sha256 ?? '',
          providerOf(batch),
          batch.model,
        ]),
      foot: '',
    },
    pages,
  );

function line(cells: readonly unknown[]): string {
  return `${Papa.unparse([[...cells]], { escapeFormulae: FORMULA, newline: '\r\n' })}\r\n`;
}
