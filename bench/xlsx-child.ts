/** Writes a batch as an Excel workbook in one of two ways; reports speed and memory. */
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { cellWords, columnsOf } from '../src/main/batch/export/columns.ts';
import { xlsxFormat } from '../src/main/batch/export/xlsx.ts';
import { readTask, sendReport } from './child.ts';
import { exportedBatch, exportedPages } from './exported-batch.ts';

export interface XlsxTask {
  readonly contender: 'docket' | 'exceljs';
  readonly folder: string;
  readonly files: number;
}

export interface XlsxReport {
  readonly rowsPerSecond: number;
  readonly peakRssMb: number;
  readonly loopDelayP99Ms: number;
}

/** What the delay is counted in. */
const RESOLUTION_MS = 10;

const task = readTask<XlsxTask>();
const file = join(task.folder, 'results.xlsx');
const worker = new URL('../src/main/batch/export/xlsx-worker.ts', import.meta.url);

async function writeByDocket(): Promise<void> {
  const pieces = xlsxFormat(worker)(
    exportedBatch(task.files),
    { format: 'xlsx', only: 'all' },
    exportedPages(task.files),
  );
  await pipeline(Readable.from(pieces), createWriteStream(file));
}

/** Writes rows of cells, a page at a time, under a heading. */
export type WriteWorkbook = (
  file: string,
  columns: readonly { readonly title: string; readonly width: number }[],
  pages: AsyncIterable<readonly (readonly (string | number)[])[]>,
) => Promise<void>;

async function writeByExcelJs(): Promise<void> {
  const columns = columnsOf(exportedBatch(task.files));
  // The benchmarks' own packages are not there when types are checked.
  const peer = new URL('./peers/exceljs.ts', import.meta.url).href;
  const { write } = (await import(peer)) as { readonly write: WriteWorkbook };
  const rows = async function* () {
    for await (const page of exportedPages(task.files)) {
      yield page.map((item) => columns.map(({ cell }) => cellWords(cell(item))));
    }
  };
  await write(file, columns, rows());
}

const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delay.enable();
const startedAt = performance.now();
await (task.contender === 'docket' ? writeByDocket() : writeByExcelJs());
const seconds = (performance.now() - startedAt) / 1_000;
delay.disable();
await sendReport({
  rowsPerSecond: task.files / seconds,
  peakRssMb: process.resourceUsage().maxRSS / 1_024,
  loopDelayP99Ms: Math.max(0, delay.percentile(99) / 1e6 - RESOLUTION_MS),
} satisfies XlsxReport);
process.exit(0);
