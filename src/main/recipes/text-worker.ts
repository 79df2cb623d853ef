import { parentPort } from 'node:worker_threads';
import { prepareText, type TextToPrepare } from './prepare-text.ts';

/** The thread that prepares long texts: going through many megabytes would hold up the main process. */
parentPort?.on('message', (text: TextToPrepare) => parentPort?.postMessage(prepareText(text)));
