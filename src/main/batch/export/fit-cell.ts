/** Makes cells fit into an Excel sheet, and counts what did not. */
import type { Cell } from './columns.ts';

/** Most characters in a cell of Excel. A text beyond them makes Excel repair, that is damage, the file. */
export const CELL_CHARACTERS = 32_767;

/** Excel has no more rows in a sheet, the header included. */
export const ROWS_PER_SHEET = 1_048_576;
/** Digits that Excel keeps of a number. */
const DIGITS = 15;

export interface Fitting {
  fit(cell: Cell | null): Cell | null;
  /** Cells that were cut. */
  readonly cut: () => number;
  /** Characters that XML does not have, each shown as U+FFFD. */
  readonly replaced: () => number;
}

export function createFitting(): Fitting {
  let cut = 0;
  let replaced = 0;

  function fitText(text: string): string {
    const clean = text.replaceAll(/\r\n?/gu, '\n').replaceAll(NOT_XML, () => {
      replaced += 1;
      return '\uFFFD';
    });
    if (weight(clean) <= CELL_CHARACTERS) return escaped(clean);
    cut += 1;
    const note = `… [Cut: an Excel cell holds ${format(CELL_CHARACTERS)} characters, this text has ${format(text.length)}. The other export formats have all of it.]`;
    return escaped(`${headOf(clean, CELL_CHARACTERS - note.length)}${note}`);
  }

  return {
    cut: () => cut,
    replaced: () => replaced,
    fit(cell) {
      if (cell === null) return null;
      if (typeof cell === 'string') return fitText(cell);
      if (typeof cell === 'number') return Number(cell.toPrecision(DIGITS)) === cell ? cell : String(cell);
      if ('words' in cell) return { ...cell, words: fitText(cell.words) };
      return isExcelDay(cell.day) ? cell : cell.day;
    },
  };
}

/** Control characters, halves of pairs and non-characters. */
const NOT_XML = /(?![\t\n\u007F-\u009F])\p{Cc}|\p{Cs}|[\uFFFE\uFFFF]/gu;
/** What Excel reads as the code of a character, such as `_x000D_`. */
const CHARACTER_CODE = /_(?=x[0-9A-Fa-f]{4}_)/gu;

function escaped(text: string): string {
  return text.replaceAll(CHARACTER_CODE, '_x005F_');
}

/** Characters as they are stored: some versions of Excel count those, and so cannot open a text that would just fit. */
function weight(text: string): number {
  if (text.length * 7 <= CELL_CHARACTERS) return text.length;
  let sum = 0;
  for (const character of text) sum += weightOf(character);
  return sum;
}

function weightOf(character: string): number {
  return storedLengths.get(character) ?? character.length;
}

const storedLengths: ReadonlyMap<string, number> = new Map([
  ['&', '&amp;'.length],
  ['<', '&lt;'.length],
  ['>', '&gt;'.length],
  ['"', '&quot;'.length],
  ["'", '&apos;'.length],
  ['_', '_x005F_'.length],
]);

/** As many whole characters from the front as fit. */
function headOf(text: string, room: number): string {
  let sum = 0;
  let end = 0;
  for (const character of text) {
    sum += weightOf(character);
    if (sum > room) break;
    end += character.length;
  }
  return text.slice(0, end);
}

/** Excel's calendar begins in 1900, with a 29th of February that never was. */
function isExcelDay(day: string): boolean {
  const at = Date.parse(day);
  // A 31st of February would be read as a day in March.
  const exists = !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
  return exists && day >= '1900-03-01' && day <= '9999-12-31';
}

function format(count: number): string {
  return count.toLocaleString('en-US');
}
