import { parentPort, workerData } from 'node:worker_threads';
import { extractDocument } from './extract-document.ts';
import type { ThreadSettings } from './extractor.ts';
import { limitBuffers } from './memory-guard.ts';

/**
 * The thread that reads documents, one at a time: it is sent a path and answers with a result. It is made to be
 * killed at any moment, so it holds nothing. It has no environment and nothing to open a connection with.
 */
const settings = workerData as ThreadSettings;

for (const name of ['fetch', 'WebSocket', 'EventSource']) Reflect.deleteProperty(globalThis, name);
limitBuffers(settings.maxBufferBytes);

parentPort?.on('message', async (path: string) => {
  parentPort?.postMessage(await extractDocument(path, settings.limits));
});
