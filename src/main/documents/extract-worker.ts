import { readlinkSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { ok } from '../../shared/result.ts';
import { createLocatedFiles } from './containers/located.ts';
import { type Located, nameOf } from './containers/location.ts';
import { type ExtractedDocument, extractDocument } from './extract-document.ts';
import { extensionOf } from './file-problems.ts';
import { limitBuffers } from './memory-guard.ts';
import { loadPdfReader } from './pdf/read-pdf.ts';
import type {
  ExtractResult,
  ReadDocument,
  ReadRequest,
  ThreadMessage,
  ThreadRequest,
  ThreadSettings,
} from './thread-messages.ts';
import { ownTask } from './work-meter.ts';

/**
 * The thread that reads documents, one at a time. It receives a request, reports the file's size, and answers with a
 * result. It can be killed at any moment, so it keeps
 * nothing but what it has open. It has no environment variables and no way to open a
 * connection.
 */
const settings = workerData as ThreadSettings;

for (const name of ['fetch', 'WebSocket', 'EventSource']) Reflect.deleteProperty(globalThis, name);
limitBuffers(settings.maxBufferBytes);

const task = ownTask(readlinkSync);
await prepareFor(settings.prepareFor);
tell({ task });

const files = createLocatedFiles(settings.limits);
const tellSize = (bytes: number) => tell({ bytes });

parentPort?.on('message', async (request: ThreadRequest) => {
  if (request.what === 'list') return tell({ result: await files.list(request, tellSize) });
  await prepareFor(request);
  tell({ task });
  tell({ result: await read(request) });
});

async function prepareFor(located: Located): Promise<void> {
  if (extensionOf(nameOf(located)) === '.pdf') await loadPdfReader();
}

async function read(request: ReadRequest): Promise<ExtractResult> {
  const read = await extractDocument(request.path, settings.limits, { ...request, files, onSize: tellSize });
  return read.ok ? ok(withinReach(read.value, request.maxCharacters)) : read;
}

function tell(message: ThreadMessage): void {
  parentPort?.postMessage(message);
}

/** Drops text that nobody will use: a text of many megabytes would block the thread that receives it. */
function withinReach(document: ExtractedDocument, maxCharacters: number): ReadDocument {
  return document.characters > maxCharacters ? { ...document, text: null } : document;
}
