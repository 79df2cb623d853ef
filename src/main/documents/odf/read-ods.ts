import { type Problem, problem } from '../../../shared/problem.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Content } from '../content.ts';
import { type Attributes, readXml } from '../packed/xml-events.ts';
import { RefusedPart } from '../packed/zip-parts.ts';
import { columnName, maxColumns, maxRows } from '../sheets/cell-address.ts';
import { createFoundInSheets, notesOnSheets } from '../sheets/found-in-sheets.ts';
import { countWithin, createSheetRows, type SheetRows } from '../sheets/sheet-rows.ts';
import { textlessWorkbook } from '../sheets/textless.ts';
import { type SheetText, workbookText } from '../sheets/workbook-text.ts';
import { type CellValue, shownCell } from './cell-value.ts';
import { createFoundInOdf } from './found-in-odf.ts';
import type { OdfDocument } from './odf-package.ts';
import { createSheetCell, type SheetCell } from './sheet-cell.ts';
import { readSheetPages, type SheetPages } from './sheet-pages.ts';
import type { StoryContext } from './story.ts';
import { readOdfStyles } from './styles.ts';

/** The text of an OpenDocument spreadsheet: its sheets in order, hidden ones, too, as they are shown. */
export function readOds(
  document: OdfDocument,
): Result<Pick<Content, 'text' | 'places' | 'notes' | 'isWordless'>, Problem> {
  const inTexts = createFoundInOdf();
  const styles = readOdfStyles(document.styles);
  const pages = readSheetPages(document.styles[0] ?? '');
  const reader = createSheets({ styles, found: inTexts, objectAt: document.objectAt, marksHeadings: false }, pages);
  readXml(document.content, reader);
  const { sheets, found } = reader.finish();
  found.largeImages = inTexts.largeImages;
  if (inTexts.hasObjects) found.objects.add('file');
  found.hasControls = inTexts.hasControls;
  const read = workbookText(sheets);
  if (read.text === '') return err(textlessWorkbook(found));
  return ok({ ...read, notes: notesOnSheets(found) });
}

/** Characters that are written because cells are repeated; a real sheet has its values one by one. */
const maxRepeated = 10_000_000;
/** Of each cell, beside its text. */
const separatorLength = 3;

interface OpenSheet {
  readonly name: string;
  readonly isHidden: boolean;
  readonly rows: SheetRows;
  readonly extras: string[];
  readonly hiddenColumns: (readonly [first: number, last: number])[];
  column: number;
  row: number;
}

interface OpenRow {
  readonly repeated: number;
  readonly isHidden: boolean;
  readonly cells: { readonly column: number; readonly text: string }[];
  column: number;
}

const rowAliases = new Set(['collapse', 'filter']);

function createSheets(context: StoryContext, pages: SheetPages) {
  const found = createFoundInSheets();
  const sheets: SheetText[] = [];
  let sheet: OpenSheet | null = null;
  let row: OpenRow | null = null;
  let cell: SheetCell | null = null;
  let spent = 0;

  function spend(text: string, times: number): void {
    spent += (text.length + separatorLength) * times;
    if (spent > maxRepeated) {
      throw new RefusedPart(problem('file_too_large', { what: 'cells', limit: maxRepeated }));
    }
  }

  function openSheet(attributes: Attributes): void {
    const name = attributes['table:name'] ?? '';
    const style = attributes['table:style-name'] ?? '';
    const isHidden = context.styles.isHidden('table', style);
    const extras = [...(pages.get(context.styles.masterPage(style) ?? 'Default') ?? [])];
    sheet = { name, isHidden, rows: createSheetRows(), extras, hiddenColumns: [], column: 0, row: 0 };
  }

  function closeSheet({ name, isHidden, rows, extras, hiddenColumns }: OpenSheet): void {
    const lines = rows.finish();
    found.hiddenColumns += countWithin(rows.usedColumns(), hiddenColumns);
    if (isHidden && lines.lines.length + extras.length > 0) found.hiddenSheets.push(name);
    sheets.push({ ...lines, name, isHidden, extras });
    sheet = null;
  }

  function openColumn(at: OpenSheet, attributes: Attributes): void {
    const last = at.column + countOf(attributes['table:number-columns-repeated']);
    if (rowAliases.has(attributes['table:visibility'] ?? '')) at.hiddenColumns.push([at.column + 1, last]);
    at.column = last;
  }

  function closeRow(at: OpenSheet, { cells, repeated, isHidden }: OpenRow): void {
    if (cells.length > 0) {
      const rows = Math.min(repeated, maxRows - at.row);
      if (rows > 1) for (const { text } of cells) spend(text, rows);
      for (let number = at.row + 1; number <= at.row + rows; number += 1) {
        for (const { column, text } of cells) at.rows.add(number, column, text);
      }
      if (isHidden) found.hiddenRows += rows;
    }
    at.row += repeated;
    row = null;
  }

  function closeCell(at: OpenSheet, inRow: OpenRow, { attributes, finish }: SheetCell): void {
    const { text, isWritten, asides } = finish();
    const value = shownCell(attributes, text, isWritten);
    if (value.isFormula) found.formulasWithoutResult += 1;
    const repeated = Math.min(countOf(attributes['table:number-columns-repeated']), maxColumns - inRow.column);
    if (value.text !== '') writeCells(at, inRow, value, repeated, attributes);
    at.extras.push(...asides);
    inRow.column += countOf(attributes['table:number-columns-repeated']);
    cell = null;
  }

  function writeCells(at: OpenSheet, inRow: OpenRow, { text }: CellValue, repeated: number, attributes: Attributes) {
    if (repeated > 1) spend(text, repeated);
    for (let more = 1; more <= repeated; more += 1) inRow.cells.push({ column: inRow.column + more, text });
    const spanned = Number(attributes['table:number-rows-spanned'] ?? 1);
    const [firstRow, firstColumn] = [at.row + 1, inRow.column + 1];
    if (spanned > 1) at.rows.merge({ firstRow, lastRow: at.row + spanned, firstColumn, lastColumn: firstColumn });
  }

  return {
    open(name: string, attributes: Attributes): void {
      if (cell !== null) cell.open(name, attributes);
      else if (sheet === null) {
        if (name === 'table:table') openSheet(attributes);
      } else if (row !== null) {
        if (name === 'table:table-cell') {
          cell = createSheetCell(context, attributes, `${columnName(row.column + 1)}${sheet.row + 1}`);
        } else if (name === 'table:covered-table-cell') {
          row.column += countOf(attributes['table:number-columns-repeated']);
        }
      } else if (name === 'table:table-column') openColumn(sheet, attributes);
      else if (name === 'table:table-row') {
        const isHidden = rowAliases.has(attributes['table:visibility'] ?? '');
        row = { repeated: countOf(attributes['table:number-rows-repeated']), isHidden, cells: [], column: 0 };
      } else if (name === 'table:shapes') cell = createSheetCell(context, attributes, '');
    },
    close(name: string): void {
      if (sheet === null) return;
      if (cell?.isWhole() === false) cell.close(name);
      else if (cell !== null && row !== null) closeCell(sheet, row, cell);
      else if (cell !== null) {
        sheet.extras.push(...cell.finish().asides);
        cell = null;
      } else if (row !== null && name === 'table:table-row') closeRow(sheet, row);
      else if (name === 'table:table' && row === null) closeSheet(sheet);
    },
    text(piece: string): void {
      cell?.text(piece);
    },
    finish: () => ({ sheets, found }),
  };
}

function countOf(repeated: string | undefined): number {
  const count = Number.parseInt(repeated ?? '1', 10);
  return count > 0 ? Math.min(count, maxRows) : 1;
}
