/** Tells of changes in folders, by a thread that is started for the first of them. */
import { Worker } from 'node:worker_threads';
import type { FromWatchThread, ToWatchThread } from './watch-messages.ts';

export interface FolderWatcher {
  /** Begins to watch, in place of what was watched under that id; told by `onMessage` until `unwatch`. */
  watch(id: string, roots: readonly string[], onMessage: (message: FromWatchThread) => void): void;
  unwatch(id: string): void;
  close(): Promise<void>;
}

/** Ten times what 100,000 files take. */
const MOST_HEAP_MB = 1_024;

/**
 * @param workerUrl the built `watch-worker`.
 * @param settleMs for so long nothing may have been written to a file.
 */
export function createFolderWatcher(workerUrl: URL, settleMs: number): FolderWatcher {
  const listeners = new Map<string, (message: FromWatchThread) => void>();
  let thread: Worker | null = null;

  const start = (): Worker => {
    const started = new Worker(workerUrl, {
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB, maxYoungGenerationSizeMb: 16 },
    });
    started.unref();
    started.on('message', (message: FromWatchThread) => listeners.get(message.id)?.(message));
    started.on('error', (error) => ended(started, error.message));
    started.on('exit', () => ended(started, ''));
    return started;
  };

  /** Whoever is watched by it is told, and may begin anew. */
  const ended = (which: Worker, detail: string) => {
    if (thread !== which) return;
    thread = null;
    const told = [...listeners];
    listeners.clear();
    for (const [id, listener] of told) listener({ kind: 'failed', id, code: null, detail });
  };

  const say = (message: ToWatchThread) => {
    thread ??= start();
    thread.postMessage(message);
  };

  return {
    watch: (id, roots, onMessage) => {
      if (listeners.has(id)) say({ kind: 'unwatch', id });
      listeners.set(id, onMessage);
      say({ kind: 'watch', id, roots, settleMs });
    },
    unwatch: (id) => {
      if (listeners.delete(id)) say({ kind: 'unwatch', id });
    },
    close: async () => {
      listeners.clear();
      const last = thread;
      thread = null;
      await last?.terminate();
    },
  };
}
