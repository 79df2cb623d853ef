/** An Excel workbook that is written while its rows arrive. */
import { Writable } from 'node:stream';
import { WorkbookWriter } from '@cj-tech-master/excelts';
import type { Cell, CellLook } from './columns.ts';

export interface XlsxSettings {
  readonly columns: readonly { readonly title: string; readonly width: number }[];
  readonly rowsPerSheet: number;
}

export type XlsxRow = readonly (Cell | null)[];

/** A row of the sheet about the export. */
export interface AboutRow {
  readonly cells: XlsxRow;
  readonly heading?: boolean | undefined;
}

export interface XlsxWorkbook {
  addRows(rows: readonly XlsxRow[]): Promise<void>;
  /** Adds the sheet about the export, and ends the workbook. */
  finish(about: readonly AboutRow[]): Promise<void>;
  /** The bytes of the file since the last time. */
  take(): readonly Uint8Array[];
}

const top = { vertical: 'top', wrapText: true } as const;
const looks = {
  text: { alignment: top },
  number: { alignment: { vertical: 'top' } },
  day: { alignment: { vertical: 'top', horizontal: 'left' }, numFmt: 'yyyy-mm-dd' },
  muted: { alignment: top, font: { italic: true, color: { argb: 'FF6B7280' } } },
  doubtful: { alignment: top, font: { color: { argb: 'FF9A3412' } } },
  heading: {
    alignment: top,
    font: { bold: true },
    fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFF4F4F5' } },
  },
} as const satisfies Readonly<Record<CellLook | 'text' | 'number' | 'day' | 'heading', object>>;

const ABOUT_WIDTHS = [32, 60, 30, 20, 18, 20, 18, 20];

export function createWorkbook({ columns, rowsPerSheet }: XlsxSettings): XlsxWorkbook {
  let chunks: Uint8Array[] = [];
  const stream = new Writable({
    write(chunk: Uint8Array, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  const book = new WorkbookWriter({
    stream,
    useStyles: true,
    // A table of shared strings would be kept in memory until the end.
    useSharedStrings: false,
    trueStreaming: true,
    creator: 'Docket',
    lastModifiedBy: 'Docket',
  });
  let sheets = 0;
  let sheet = addSheet();

  function addSheet() {
    sheets += 1;
    const added = book.addWorksheet(sheets === 1 ? 'Answers' : `Answers ${sheets}`, {
      views: [{ state: 'frozen', xSplit: 1, ySplit: 1 }],
    });
    added.columns = columns.map(({ width }) => ({ width }));
    return { added, rows: addRow(added, { cells: columns.map(({ title }) => title), heading: true }) };
  }

  function endSheet(): void {
    const { added, rows } = sheet;
    added.autoFilter = { from: { row: 1, col: 1 }, to: { row: rows, col: columns.length } };
    added.commit();
  }

  return {
    async addRows(rows) {
      for (const cells of rows) {
        if (sheet.rows >= rowsPerSheet) {
          endSheet();
          sheet = addSheet();
        }
        sheet.rows = addRow(sheet.added, { cells });
      }
      await nextTurn();
    },
    async finish(about) {
      endSheet();
      const added = book.addWorksheet('About');
      added.columns = ABOUT_WIDTHS.map((width) => ({ width }));
      for (const row of about) addRow(added, row);
      added.commit();
      await book.commit();
    },
    take: () => {
      const taken = chunks;
      chunks = [];
      return taken;
    },
  };
}

type Sheet = ReturnType<WorkbookWriter['addWorksheet']>;

/** Returns the number of the row. */
function addRow(sheet: Sheet, { cells, heading = false }: AboutRow): number {
  const row = sheet.addRow(cells.map(valueIn));
  cells.forEach((cell, index) => {
    if (cell !== null) row.getCell(index + 1).style = heading ? looks.heading : lookOf(cell);
  });
  row.commit();
  return row.number;
}

/** Text stays text, also where it begins like a formula. */
function valueIn(cell: Cell | null): string | number | Date | null {
  if (cell === null || typeof cell !== 'object') return cell;
  return 'day' in cell ? new Date(cell.day) : cell.words;
}

function lookOf(cell: Cell) {
  if (typeof cell === 'string') return looks.text;
  if (typeof cell === 'number') return looks.number;
  return 'day' in cell ? looks.day : looks[cell.look];
}

/** Lets what is compressed arrive. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
