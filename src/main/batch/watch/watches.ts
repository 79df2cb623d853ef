/** Batches that watch their folders: which they are, and what makes them look. */
import type { Batch } from '../../../shared/batch-data.ts';
import { type Problem, problem } from '../../../shared/problem.ts';
import { err, type Result } from '../../../shared/result.ts';
import type { LoggedEntry, WatchLimits } from '../../../shared/watch-data.ts';
import { noBatch, shuttingDown } from '../batch-states.ts';
import type { FolderWatcher } from './folder-watcher.ts';
import { startOfDay } from './start-of-day.ts';
import type { FromWatchThread } from './watch-messages.ts';
import { createWatchStep, type WatchStepParts } from './watch-step.ts';
import { createWatched, type Watched } from './watched.ts';
import { hasFolder, whichIsShared } from './watched-roots.ts';

export interface Watches {
  /** Begins to watch the folder of a batch, or sets other limits. What has come since it was read is taken in first. */
  watch(batchId: string, limits: WatchLimits): Promise<Result<Batch, Problem>>;
  unwatch(batchId: string): Promise<Result<Batch, Problem>>;
  /** What it did, newest first. */
  watchLog(batchId: string): Promise<readonly LoggedEntry[]>;
  /** Goes on with all that were watched when Docket was closed. */
  resumeWatches(): Promise<void>;
  /** What had to wait may go on: settings have changed. */
  settingsChanged(): void;
}

export interface WatchesParts extends WatchStepParts {
  readonly watcher: FolderWatcher;
  /** Types of file systems that are network shares, by Linux's numbers. */
  readonly networkTypes: ReadonlySet<number>;
  readonly isClosing: () => boolean;
  /** Tells whatever holds the batch while it runs or is collected. */
  readonly tellWatch: (batchId: string) => Promise<unknown>;
}

export interface Watching {
  readonly watches: Watches;
  /** A person did something with the batch, so that nothing stands against going on. */
  touched(batchId: string): void;
  close(): Promise<void>;
}

export function createWatches(parts: WatchesParts): Watching {
  const { states } = parts;
  const { read, write } = parts.store;
  const { now, times } = parts;
  const watches = new Map<string, Watched>();
  let timer: NodeJS.Timeout | undefined;
  let day = startOfDay(now());

  const changed = async (batchId: string) => {
    await parts.tellWatch(batchId);
    parts.emit('batch.changed', { batchId });
  };

  const poke = (watched: Watched, paths: readonly string[] | null) => {
    if (paths === null) watched.pending = null;
    else for (const path of paths) watched.pending?.add(path);
    tend(watched);
  };

  const tend = (watched: Watched) => {
    watched.again = true;
    watched.tending ??= tendWhileWanted(watched).finally(() => {
      watched.tending = null;
    });
  };

  const tendWhileWanted = async (watched: Watched) => {
    while (watched.again && isOn(watched)) {
      watched.again = false;
      try {
        await step(watched);
      } catch (error) {
        // Tried again when it is due, or when something changes.
        parts.onFailure(error);
      }
    }
  };

  const isOn = (watched: Watched) => !parts.isClosing() && watches.get(watched.batchId) === watched;

  const heard = (watched: Watched, message: FromWatchThread) => {
    if (!isOn(watched)) return;
    switch (message.kind) {
      case 'ready':
        watched.deaf = null;
        return poke(watched, null);
      case 'changed':
        return poke(watched, message.paths);
      case 'failed':
        return cannotHear(watched, message);
    }
  };

  /** It is looked through from now on, and asked ever more rarely to be told of changes again: that may cost seconds. */
  const cannotHear = (watched: Watched, { code, detail }: Extract<FromWatchThread, { kind: 'failed' }>) => {
    const wasDeaf = watched.deaf !== null;
    const reason = isLimit(code) ? 'too_many' : 'not_told';
    watched.deaf = problem('watch_trouble', { reason, everyMs: times.pollEveryMs }, { detail });
    watched.listenPauseMs = Math.min(Math.max(times.pollEveryMs, watched.listenPauseMs * 2), times.lookEveryMs);
    watched.listenAt = now() + watched.listenPauseMs;
    if (!wasDeaf) poke(watched, null);
  };

  const listen = (watched: Watched) => {
    watched.listenAt = Number.POSITIVE_INFINITY;
    parts.watcher.watch(watched.batchId, watched.roots, (message) => heard(watched, message));
  };

  const tick = () => {
    const today = startOfDay(now());
    const isNewDay = today !== day;
    day = today;
    for (const watched of watches.values()) {
      const isDue = watched.nextLookAt <= now();
      const mayRetry = watched.retryAt !== null && watched.retryAt <= now();
      if (isNewDay) void changed(watched.batchId).catch(parts.onFailure);
      if (watched.deaf !== null && watched.listenAt <= now()) listen(watched);
      if (isDue) poke(watched, null);
      else if (watched.unsettled.size > 0) poke(watched, [...watched.unsettled.keys()]);
      else if (mayRetry || isNewDay) tend(watched);
    }
  };

  const begin = async (batchId: string, roots: readonly string[]) => {
    const watched = createWatched(batchId, roots, now() + times.lookEveryMs);
    watches.set(batchId, watched);
    timer ??= setInterval(tick, times.tickMs).unref();
    const shared = await whichIsShared(roots, parts.networkTypes);
    if (shared !== null) {
      watched.share = problem('watch_trouble', { reason: 'shared', path: shared, everyMs: times.pollEveryMs });
    }
    listen(watched);
  };

  const end = (batchId: string) => {
    parts.watcher.unwatch(batchId);
    watches.delete(batchId);
  };

  const step = createWatchStep(parts, { isOn, end, changed });

  const unblock = (watched: Watched) => {
    watched.isBlocked = false;
    watched.retryAt = null;
    tend(watched);
  };

  return {
    watches: {
      watch: async (batchId, limits) => {
        if (parts.isClosing()) return err(shuttingDown());
        const setup = await read.readBatch(batchId);
        if (setup === null) return err(noBatch());
        if (!(await hasFolder(setup.paths))) return err(problem('not_allowed', { what: 'no_folder' }));
        await write.putWatch(batchId, limits, now());
        const watched = watches.get(batchId);
        if (watched === undefined) await begin(batchId, setup.paths);
        else unblock(watched);
        await changed(batchId);
        return states.reread(batchId);
      },
      unwatch: async (batchId) => {
        end(batchId);
        await write.removeWatch(batchId, now());
        await changed(batchId);
        return states.reread(batchId);
      },
      watchLog: (batchId) => read.readWatchLog(batchId),
      resumeWatches: async () => {
        for (const batchId of await read.watchedBatches()) {
          const setup = await read.readBatch(batchId);
          if (setup !== null && !watches.has(batchId)) await begin(batchId, setup.paths);
        }
      },
      settingsChanged: () => {
        for (const watched of watches.values()) unblock(watched);
      },
    },
    touched: (batchId) => {
      const watched = watches.get(batchId);
      if (watched !== undefined) unblock(watched);
    },
    close: async () => {
      clearInterval(timer);
      const tending = [...watches.values()].map((watched) => watched.tending);
      watches.clear();
      await parts.watcher.close();
      await Promise.all(tending);
    },
  };
}

function isLimit(code: string | null): boolean {
  return code === 'ENOSPC' || code === 'EMFILE' || code === 'ENFILE';
}
