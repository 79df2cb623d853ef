import type { Batch } from '../../../shared/batch-data.ts';
import type { ExportFormat } from '../../../shared/export-format.ts';
import type { Reads } from '../../store/operations.ts';
import { writeCsv } from './csv.ts';
import type { ExportChoice, Pages, WriteFormat } from './export-format.ts';
import { writeHtml } from './html.ts';
import { writeJson, writeJsonLines } from './json.ts';
import { writeMarkdown } from './markdown.ts';
import { xlsxFormat } from './xlsx.ts';

const PAGE = 200;

const formats: Readonly<Record<ExportFormat, (xlsxWorker: URL) => WriteFormat>> = {
  xlsx: xlsxFormat,
  csv: () => writeCsv,
  html: () => writeHtml,
  md: () => writeMarkdown,
  json: () => writeJson,
  jsonl: () => writeJsonLines,
};

export type ExportReads = Pick<Reads, 'pageOfDetails' | 'detailsOfItems'>;

export interface ExportParts {
  readonly read: ExportReads;
  /** The built `xlsx-worker`. */
  readonly xlsxWorker: URL;
}

/** A batch's results as CSV: text, also for a terminal. */
export function exportCsv(read: ExportReads, batch: Batch): AsyncIterable<string> {
  return writeCsv(batch, ALL_AS_CSV, pagesOf(read, batch, ALL_AS_CSV));
}

const ALL_AS_CSV: ExportChoice = { format: 'csv', only: 'all' };

/** A batch's results, piece by piece: an export of any size takes little memory. Tells how many files are in it. */
export function exportBatch(
  { read, xlsxWorker }: ExportParts,
  batch: Batch,
  choice: ExportChoice,
  tell: (written: number) => void = () => {},
): AsyncIterable<string | Uint8Array> {
  const { items } = choice;
  const pages = items === undefined ? pagesOf(read, batch, choice) : pagesOfItems(read, batch, items);
  return formats[choice.format](xlsxWorker)(batch, choice, telling(pages, tell));
}

async function* telling(pages: Pages, tell: (written: number) => void): Pages {
  let written = 0;
  for await (const page of pages) {
    yield page;
    written += page.length;
    tell(written);
  }
}

async function* pagesOf(read: ExportReads, { id }: Batch, { only }: ExportChoice): Pages {
  for (let from = 0; ; ) {
    const page = await read.pageOfDetails({ batchId: id, only, from, limit: PAGE });
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    from = last.row.position + 1;
  }
}

async function* pagesOfItems(read: ExportReads, { id }: Batch, items: readonly number[]): Pages {
  for (let from = 0; from < items.length; from += PAGE) {
    yield await read.detailsOfItems(id, items.slice(from, from + PAGE));
  }
}
