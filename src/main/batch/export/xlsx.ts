/** The Excel workbook: a sheet of answers with types, and one that says where they come from. */
import type { Batch } from '../../../shared/batch-data.ts';
import { batchFacts, failureRows, outcomeRows, outcomeTitles, questionRows } from './about.ts';
import { type Cell, columnsOf } from './columns.ts';
import type { ExportChoice, WriteFormat } from './export-format.ts';
import { CELL_CHARACTERS, createFitting, type Fitting, ROWS_PER_SHEET } from './fit-cell.ts';
import { createTally, type Tally } from './tally.ts';
import { startXlsxThread } from './xlsx-thread.ts';
import type { AboutRow } from './xlsx-workbook.ts';

/** So few that making and sending them holds up nothing else. */
const ROWS_AT_ONCE = 40;

/** @param worker the built `xlsx-worker`. */
export function xlsxFormat(worker: URL, rowsPerSheet = ROWS_PER_SHEET): WriteFormat {
  return async function* (batch, choice, pages) {
    const columns = columnsOf(batch);
    const fitting = createFitting();
    const tally = createTally(batch);
    const titles = columns.map(({ title, width }) => ({ title: textOf(fitting.fit(title)), width }));
    const thread = startXlsxThread(worker, { columns: titles, rowsPerSheet });
    try {
      for await (const page of pages) {
        for (let from = 0; from < page.length; from += ROWS_AT_ONCE) {
          const items = page.slice(from, from + ROWS_AT_ONCE);
          for (const item of items) tally.add(item);
          const rows = items.map((item) => columns.map(({ cell }) => fitting.fit(cell(item))));
          yield* await thread.send({ what: 'rows', rows });
        }
      }
      const about = aboutRows(batch, choice, tally, fitting, rowsPerSheet);
      yield* await thread.send({ what: 'about', about });
    } finally {
      await thread.close();
    }
  };
}

function aboutRows(
  batch: Batch,
  choice: ExportChoice,
  tally: Tally,
  fitting: Fitting,
  rowsPerSheet: number,
): readonly AboutRow[] {
  const failures = failureRows(tally);
  const rows: readonly AboutRow[] = [
    ...section(['About this export'], batchFacts(batch, choice, new Date())),
    ...section(['Column', 'Question', 'Answer', 'Proof'], questionRows(batch)),
    ...section(outcomeTitles, outcomeRows(tally)),
    ...(failures.length === 0 ? [] : section(['Why files failed', 'Files'], failures)),
  ].map(({ cells, heading }) => ({ cells: cells.map(fitting.fit), heading }));
  // Last, when all else has been made to fit.
  return [...rows, ...section(['What Excel cannot hold'], limitRows(tally, fitting, rowsPerSheet))];
}

function limitRows(tally: Tally, fitting: Fitting, rowsPerSheet: number): readonly (readonly Cell[])[] {
  const sheets = Math.max(1, Math.ceil(tally.files() / (rowsPerSheet - 1)));
  return [
    [`Cells cut at ${CELL_CHARACTERS.toLocaleString('en-US')} characters`, fitting.cut()],
    ['Control characters shown as \uFFFD', fitting.replaced()],
    [`Sheets of answers, with up to ${rowsPerSheet.toLocaleString('en-US')} rows each`, sheets],
  ];
}

function section(titles: readonly string[], rows: readonly (readonly Cell[])[]): readonly AboutRow[] {
  return [{ cells: titles, heading: true }, ...rows.map((cells) => ({ cells })), { cells: [] }];
}

function textOf(cell: Cell | null): string {
  return typeof cell === 'string' ? cell : '';
}
