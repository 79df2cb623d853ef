/** The thread that watches folders: taking in 100,000 files would hold up the main process for seconds. */
import { realpath } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { watch } from 'chokidar';
import { isLeftover } from '../../documents/leftovers.ts';
import type { FromWatchThread, ToWatchThread } from './watch-messages.ts';

/** By so much a new name comes later than the old one goes, at most: they are told together. */
const LATER_MS = 1_000;
/** The size of a file is looked at so often until it is whole. */
const SETTLE_STEPS = 8;
/** What comes at once is told at once. */
const GATHER_MS = 300;
/** Changes that go on and on are told at least so often. */
const AT_LEAST_EVERY_MS = 10_000;
/** More is not named: everything is looked at then. */
const MOST_PATHS = 5_000;

interface Watched {
  close(): void;
}

const watches = new Map<string, Watched>();

const tell = (message: FromWatchThread) => parentPort?.postMessage(message);

async function begin({ id, roots, settleMs }: Extract<ToWatchThread, { kind: 'watch' }>): Promise<void> {
  const gathered = createGathered((paths) => tell({ kind: 'changed', id, paths }));
  let isClosed = false;
  let end = () => {};
  watches.set(id, {
    close: () => {
      isClosed = true;
      gathered.close();
      end();
    },
  });
  const places = await Promise.all(roots.map(placeOf));
  if (isClosed) return;
  const named = (path: string) => {
    const place = places.find(({ real }) => path === real || !relative(real, path).startsWith('..'));
    return place === undefined ? path : join(place.root, relative(place.real, path));
  };
  const isRoot = new Set(places.map(({ real }) => real));
  const watcher = watch(
    places.map(({ real }) => real),
    {
      ignoreInitial: true,
      followSymlinks: false,
      ignorePermissionErrors: true,
      awaitWriteFinish: { stabilityThreshold: settleMs, pollInterval: settleMs / SETTLE_STEPS },
      // Only within what was dropped: a folder is dropped whatever it is called.
      ignored: (path) => places.some(({ real }) => isPassedOver(real, path)),
    },
  );
  end = () => void watcher.close();
  watcher.on('ready', () => tell({ kind: 'ready', id }));
  watcher.on('all', (event, path) => {
    if (isRoot.has(path)) gathered.addAll();
    else if (event === 'add' || event === 'change') gathered.add(named(path), GATHER_MS);
    else if (event === 'unlink') gathered.add(named(path), settleMs + LATER_MS);
  });
  watcher.on('error', (error) => {
    const { code = null, message } = error as NodeJS.ErrnoException;
    // A file that is gone before it was looked at is no failure of the watch.
    if (code === 'ENOENT') return;
    stop(id);
    tell({ kind: 'failed', id, code, detail: message });
  });
}

/** Events come by the real path; what was dropped may be a link. */
async function placeOf(root: string): Promise<{ readonly root: string; readonly real: string }> {
  return { root, real: await realpath(root).catch(() => root) };
}

function isPassedOver(root: string, path: string): boolean {
  if (path === root) return false;
  const within = relative(root, path);
  return !within.startsWith('..') && (isLeftover(basename(path)) || isPassedOver(root, dirname(path)));
}

function stop(id: string): void {
  watches.get(id)?.close();
  watches.delete(id);
}

interface Gathered {
  add(path: string, afterMs: number): void;
  addAll(): void;
  close(): void;
}

/** Coalesces a burst: paths are told together, when the last of them is due. */
function createGathered(tellPaths: (paths: readonly string[] | null) => void): Gathered {
  let paths = new Set<string>();
  let isAll = false;
  let timer: NodeJS.Timeout | undefined;
  let dueAt = 0;
  let firstAt = 0;

  const flush = () => {
    timer = undefined;
    const told = isAll || paths.size > MOST_PATHS ? null : [...paths];
    paths = new Set();
    isAll = false;
    tellPaths(told);
  };
  const arm = (afterMs: number) => {
    const now = performance.now();
    if (timer === undefined) firstAt = now;
    const at = Math.min(now + afterMs, firstAt + AT_LEAST_EVERY_MS);
    if (timer !== undefined && at <= dueAt) return;
    clearTimeout(timer);
    dueAt = at;
    timer = setTimeout(flush, at - now);
  };
  return {
    add: (path, afterMs) => {
      arm(afterMs);
      if (paths.size <= MOST_PATHS) paths.add(path);
    },
    addAll: () => {
      isAll = true;
      arm(GATHER_MS);
    },
    close: () => clearTimeout(timer),
  };
}

parentPort?.on('message', (message: ToWatchThread) => {
  if (message.kind === 'unwatch') stop(message.id);
  else
    begin(message).catch((error: unknown) => {
      stop(message.id);
      tell({ kind: 'failed', id: message.id, code: null, detail: error instanceof Error ? error.message : '' });
    });
});
