import { parentPort, workerData } from 'node:worker_threads';
import type { XlsxMessage } from './xlsx-thread.ts';
import { createWorkbook, type XlsxSettings } from './xlsx-workbook.ts';

/** The thread that writes one workbook: building and compressing it would hold up the main process. */
const book = createWorkbook(workerData as XlsxSettings);

parentPort?.on('message', async (message: XlsxMessage) => {
  if (message.what === 'rows') await book.addRows(message.rows);
  else await book.finish(message.about);
  parentPort?.postMessage(book.take());
});
