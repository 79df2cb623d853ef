import { Worker } from 'node:worker_threads';
import type { AboutRow, XlsxRow, XlsxSettings } from './xlsx-workbook.ts';

export type XlsxMessage =
  | { readonly what: 'rows'; readonly rows: readonly XlsxRow[] }
  | { readonly what: 'about'; readonly about: readonly AboutRow[] };

/** A page of rows is garbage soon: more room for it would only make the process larger. */
const LIMITS = { maxYoungGenerationSizeMb: 16 };

interface Waiting {
  readonly resolve: (chunks: readonly Uint8Array[]) => void;
  readonly reject: (error: Error) => void;
}

/** A workbook on a thread of its own. */
export interface XlsxThread {
  /** Takes one message at a time, and returns the bytes of the file that are ready. */
  send(message: XlsxMessage): Promise<readonly Uint8Array[]>;
  close(): Promise<void>;
}

export function startXlsxThread(worker: URL, settings: XlsxSettings): XlsxThread {
  const thread = new Worker(worker, { workerData: settings, env: {}, resourceLimits: LIMITS });
  let failed: Error | null = null;
  let waiting: Waiting | null = null;

  function fail(error: Error): void {
    failed ??= error;
    waiting?.reject(failed);
    waiting = null;
  }

  thread.on('message', (chunks: readonly Uint8Array[]) => {
    waiting?.resolve(chunks);
    waiting = null;
  });
  thread.on('error', fail);
  thread.on('exit', () => fail(new Error('The thread that writes the workbook has ended.')));

  return {
    send(message) {
      if (failed !== null) return Promise.reject(failed);
      return new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        thread.postMessage(message);
      });
    },
    close: async () => {
      await thread.terminate();
    },
  };
}
