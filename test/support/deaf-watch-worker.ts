/**
 * The thread that watches folders, where the system does not tell of changes: a file beside the folder says how. `silent`:
 * nothing is ever told, as by some network shares. `full`: the system watches no more folders. `dies`: the thread ends.
 * Without one it is the real thread.
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parentPort, Worker } from 'node:worker_threads';
import type { FromWatchThread, ToWatchThread } from '../../src/main/batch/watch/watch-messages.ts';

const real = new Worker(new URL('../../src/main/batch/watch/watch-worker.ts', import.meta.url));
const tell = (message: FromWatchThread) => parentPort?.postMessage(message);
real.on('message', tell);

parentPort?.on('message', (message: ToWatchThread) => {
  if (message.kind === 'unwatch') return real.postMessage(message);
  const { id, roots } = message;
  const says = (name: string) => roots.some((root) => existsSync(join(dirname(root), name)));
  if (says('dies')) process.exit(1);
  if (says('full')) return tell({ kind: 'failed', id, code: 'ENOSPC', detail: 'No space left on device' });
  if (says('silent')) return tell({ kind: 'ready', id });
  real.postMessage(message);
});
