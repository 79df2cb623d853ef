/** A thread that appends to a file and replies once the data is on disk. */
import { fdatasyncSync, openSync, writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';

const file = openSync((workerData as { readonly file: string }).file, 'a');

parentPort?.on('message', (bytes: Uint8Array) => {
  writeSync(file, bytes);
  fdatasyncSync(file);
  parentPort?.postMessage(null);
});
