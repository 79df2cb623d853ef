import type { CellObject, WorkBook, WorkSheet } from '@e965/xlsx';
import type { Places } from '../../../shared/places.ts';
import { type Problem, problem } from '../../../shared/problem.ts';
import type { ReadingNote } from '../../../shared/reading-note.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { createEmbeddedPictures, picturedBy } from '../drawings/embedded-pictures.ts';
import type { Pictured } from '../drawings/pictures.ts';
import { damagedFile } from '../file-problems.ts';
import { RefusedPart } from '../packed/zip-parts.ts';
import { columnName } from '../sheets/cell-address.ts';
import { createFoundInSheets, type FoundInSheets, notesOnSheets } from '../sheets/found-in-sheets.ts';
import { numberWriter } from '../sheets/number-format.ts';
import { createSheetRows } from '../sheets/sheet-rows.ts';
import { textlessWorkbook } from '../sheets/textless.ts';
import { type SheetText, workbookText } from '../sheets/workbook-text.ts';
import { besideCells } from './beside-cells.ts';
import type { Letters } from './letters.ts';
import { picturesOnSheets } from './pictures.ts';

export interface XlsText {
  readonly text: string;
  readonly places: Places;
  readonly notes: readonly ReadingNote[];
  readonly isWordless?: boolean;
  readonly pictured?: Pictured;
}

const asTheyAre: Letters = (text) => text;

/**
 * The text of a workbook of before 2007: its sheets in order, hidden ones, too.
 *
 * @param stream the workbook in it.
 * @param hasObjects beside it.
 * @param letters of Excel 5 and 95, which the library takes byte by byte.
 */
export async function readXls(
  file: Buffer,
  stream: Buffer,
  hasObjects: boolean,
  letters: Letters = asTheyAre,
): Promise<Result<XlsText, Problem>> {
  // A large library, which few folders need.
  const { read } = await import('@e965/xlsx');
  try {
    const workbook = read(file, { type: 'buffer', dense: true, cellNF: true, cellFormula: true, cellHTML: false });
    const found = createFoundInSheets();
    if (hasObjects) found.objects.add('file');
    const pictures = createEmbeddedPictures();
    const marks = picturesOnSheets(stream, pictures);
    const beside = besideCells(stream, letters).map(({ texts, hasControls, hasOlderBoxes }, at) => {
      found.hasControls ||= hasControls;
      found.hasOtherCharts ||= hasOlderBoxes;
      return [...texts, ...(marks[at] ?? [])];
    });
    const content = workbookText(sheetsOf(workbook, beside, found, letters));
    found.largeImages = pictures.notRead();
    if (content.text === '') return err(textlessWorkbook(found));
    return ok({ ...content, notes: notesOnSheets(found), ...picturedBy(pictures) });
  } catch (error) {
    if (error instanceof RefusedPart) return err(error.problem);
    if (/password|encrypt/i.test(String(error))) return err(problem('file_encrypted', { format: 'office' }));
    return err(damagedFile({ what: 'workbook' }, String(error)));
  }
}

/** @param beside what each sheet holds beside its cells. */
function sheetsOf(
  { SheetNames: names, Sheets: sheets, Workbook: about }: WorkBook,
  beside: readonly (readonly string[])[],
  found: FoundInSheets,
  letters: Letters,
): SheetText[] {
  const is1904 = about?.WBProps?.date1904 === true;
  return names.map((name, at) => {
    const isHidden = (about?.Sheets?.[at]?.Hidden ?? 0) > 0;
    const read = sheetText(sheets[name] ?? {}, is1904, letters, found);
    const sheet = { ...read, extras: [...read.extras, ...(beside[at] ?? [])] };
    // What is stored with a chart are copies of the numbers that it draws.
    if (isChart(sheets[name]) && sheet.extras.length === 0) found.hasOtherCharts = true;
    const title = letters(name);
    if (isHidden && sheet.lines.length + sheet.extras.length > 0) found.hiddenSheets.push(title);
    return { ...sheet, name: title, isHidden };
  });
}

function isChart(sheet: WorkSheet | undefined): boolean {
  return sheet?.['!type'] === 'chart';
}

function sheetText(
  sheet: WorkSheet,
  is1904: boolean,
  letters: Letters,
  found: FoundInSheets,
): Omit<SheetText, 'name' | 'isHidden'> {
  const rows = createSheetRows();
  const comments: string[] = [];
  const cells: readonly (readonly CellObject[])[] = isChart(sheet) ? [] : (sheet['!data'] ?? []);
  // Neither visits the cells that are not there.
  cells.forEach((row, rowAt) => {
    row.forEach((cell, columnAt) => {
      rows.add(rowAt + 1, columnAt + 1, letters(cellText(cell, is1904)));
      const address = cell.l?.Target;
      if (address !== undefined && /^(?:https?|mailto|ftp):/i.test(address))
        rows.link(rowAt + 1, columnAt + 1, address);
      for (const { a: author = '', t: text = '' } of cell.c ?? []) {
        const by = author.trim() === '' ? '' : ` by ${author.trim()}`;
        const comment = letters(`${by}] ${text.replace(/\s+/g, ' ').trim()}`);
        comments.push(`[Comment on ${columnName(columnAt + 1)}${rowAt + 1}${comment}`);
      }
    });
  });
  for (const { s: first, e: last } of sheet['!merges'] ?? []) {
    rows.merge({ firstRow: first.r + 1, lastRow: last.r + 1, firstColumn: first.c + 1, lastColumn: last.c + 1 });
  }
  sheet['!rows']?.forEach((row, at) => {
    if (row?.hidden === true && rows.isUsedRow(at + 1)) found.hiddenRows += 1;
  });
  const used = rows.usedColumns();
  sheet['!cols']?.forEach((column, at) => {
    if (column?.hidden === true && used.includes(at + 1)) found.hiddenColumns += 1;
  });
  return { ...rows.finish(), extras: comments };
}

/** As it is shown; dates in ISO 8601. */
function cellText({ t: type, v: value, w: shown, z: pattern }: CellObject, is1904: boolean): string {
  switch (type) {
    case 'n':
      return typeof value === 'number' ? numberWriter(typeof pattern === 'string' ? pattern : '', is1904)(value) : '';
    case 'b':
      return value === true ? 'TRUE' : 'FALSE';
    case 'e':
      return shown ?? '';
    default:
      return typeof value === 'string' ? value : '';
  }
}
