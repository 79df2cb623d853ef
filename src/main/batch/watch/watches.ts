/** Batches that watch their folders: what comes is looked at, and asked as far as a person has allowed. */
import type { Batch } from '../../../shared/batch-data.ts';
import { type Problem, problem } from '../../../shared/problem.ts';
import { err, type Result } from '../../../shared/result.ts';
import type { BatchWatch, LoggedEntry, WatchLimits } from '../../../shared/watch-data.ts';
import type { Emit } from '../../common/emit.ts';
import type { Lease } from '../../llm/connections.ts';
import type { Store } from '../../store/store.ts';
import type { BatchSetup } from '../batch-record.ts';
import { type BatchStates, noBatch, shuttingDown } from '../batch-states.ts';
import { cannotMove, destinationOf, goesTo } from '../destination.ts';
import type { FolderLook } from '../look-again.ts';
import type { Unsettled } from '../look-compare.ts';
import { type Allowance, createAllowance } from './allowance.ts';
import type { FolderWatcher } from './folder-watcher.ts';
import { sawEntry } from './saw-entry.ts';
import type { FromWatchThread } from './watch-messages.ts';
import { hasFolder, whichIsShared, whyNotThere } from './watched-roots.ts';

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

/** How often and how long, in milliseconds. */
export interface WatchTimes {
  /** Between two looks at whether something is due. */
  readonly tickMs: number;
  /** Between two looks at everything, though every change is told of: an event may be lost. */
  readonly lookEveryMs: number;
  /** The same where changes are not told of. */
  readonly pollEveryMs: number;
  /** Until a server that was away is asked again. */
  readonly againAfterMs: number;
  /** For so long nothing may have been written to a file. */
  readonly settleMs: number;
}

export const watchTimes: WatchTimes = {
  tickMs: 5_000,
  lookEveryMs: 60 * 60_000,
  pollEveryMs: 5 * 60_000,
  againAfterMs: 10 * 60_000,
  settleMs: 2_000,
};

/** A look takes at most this share of the time. */
const LOOK_SHARE = 1 / 20;

export interface WatchesParts {
  readonly store: Pick<Store, 'read' | 'write'>;
  readonly emit: Emit;
  readonly now: () => number;
  readonly times: WatchTimes;
  readonly watcher: FolderWatcher;
  readonly folders: FolderLook;
  readonly onFailure: (error: unknown) => void;
  readonly isClosing: () => boolean;
  readonly isBusy: (batchId: string) => boolean;
  /** Resolves when the batch neither collects nor runs. */
  readonly idle: (batchId: string) => Promise<void>;
  /** One thing at a time is done with a batch. */
  readonly inTurn: <T>(batchId: string, work: (lease: Lease) => Promise<T>) => Promise<T>;
  readonly states: BatchStates;
  /** Tells whatever holds the batch while it runs or is collected. */
  readonly tellWatch: (batchId: string) => Promise<unknown>;
}

interface Watched {
  readonly batchId: string;
  /** What changed: paths, or null for anything. */
  pending: Set<string> | null;
  unsettled: Unsettled;
  /** When it is looked at again though nothing was told. */
  nextLookAt: number;
  /** When what waits is tried again; null while that needs a person or another event. */
  retryAt: number | null;
  /** Why it is looked through every few minutes. */
  polls: Problem<'watch_trouble'> | null;
  /** What it had asked met something that a person has to mend. */
  isBlocked: boolean;
  tending: Promise<void> | null;
  again: boolean;
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

  const setTrouble = async ({ batchId }: Watched, trouble: Problem | null) => {
    if (await write.setWatchTrouble(batchId, trouble, now())) await changed(batchId);
  };

  const setHold = async ({ batchId }: Watched, hold: Problem | null) => {
    if (await write.setWatchHold(batchId, hold, now())) await changed(batchId);
  };

  // --- what makes it look ---

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
        return poke(watched, null);
      case 'changed':
        return poke(watched, message.paths);
      case 'failed':
        watched.polls = problem(
          'watch_trouble',
          { reason: isLimit(message.code) ? 'too_many' : 'not_told', everyMs: times.pollEveryMs },
          { detail: message.detail },
        );
        return poke(watched, null);
    }
  };

  const tick = () => {
    const today = startOfDay(now());
    const isNewDay = today !== day;
    day = today;
    for (const watched of watches.values()) {
      const isDue = watched.nextLookAt <= now();
      const mayRetry = watched.retryAt !== null && watched.retryAt <= now();
      if (isNewDay) void changed(watched.batchId).catch(parts.onFailure);
      if (isDue) poke(watched, null);
      else if (watched.unsettled.size > 0) poke(watched, [...watched.unsettled.keys()]);
      else if (mayRetry || isNewDay) tend(watched);
    }
  };

  const begin = async (batchId: string, roots: readonly string[]) => {
    const watched: Watched = {
      batchId,
      pending: new Set(),
      unsettled: new Map(),
      nextLookAt: now() + times.lookEveryMs,
      retryAt: null,
      polls: null,
      isBlocked: false,
      tending: null,
      again: false,
    };
    watches.set(batchId, watched);
    timer ??= setInterval(tick, times.tickMs).unref();
    const shared = await whichIsShared(roots);
    if (shared !== null) {
      watched.polls = problem('watch_trouble', { reason: 'shared', path: shared, everyMs: times.pollEveryMs });
    }
    parts.watcher.watch(batchId, roots, (message) => heard(watched, message));
  };

  const end = (batchId: string) => {
    parts.watcher.unwatch(batchId);
    watches.delete(batchId);
  };

  // --- what it does ---

  const step = async (watched: Watched) => {
    await parts.idle(watched.batchId);
    const runs = await parts.inTurn(watched.batchId, (lease) => turn(watched, lease));
    if (runs === null || !isOn(watched)) return;
    await parts.idle(watched.batchId);
    await runEnded(watched, runs);
  };

  /** @returns the run that it began; null for none. */
  const turn = async (watched: Watched, lease: Lease): Promise<Asked | null> => {
    const { batchId } = watched;
    if (!isOn(watched)) return null;
    if (parts.isBusy(batchId)) {
      watched.again = true;
      return null;
    }
    const setup = await read.readBatch(batchId);
    if (setup === null || setup.batch.watch === null) {
      end(batchId);
      return null;
    }
    // A walk that was cut off is made again by the person who resumes it.
    if (setup.batch.startedAt === null && setup.batch.status !== 'ready') return null;
    if (watched.pending === null || watched.pending.size > 0) {
      if (!(await takeIn(watched, setup))) return null;
    }
    return askWhatWaits(watched, lease);
  };

  /** @returns false when nothing can be looked at. */
  const takeIn = async (watched: Watched, { paths, batch, byWatch }: BatchSetup): Promise<boolean> => {
    const only = watched.pending;
    const beganAt = now();
    const missing = await whyNotThere(read, watched.batchId, paths);
    if (missing !== null) return cannotLook(watched, missing);
    watched.pending = new Set();
    if (byWatch || isOver(batch)) await write.markByWatch(watched.batchId);
    const settling = { settledBefore: beganAt - times.settleMs, unsettled: watched.unsettled };
    const look = await parts.folders.look(watched.batchId, paths, { only: only ?? undefined, settling });
    watched.unsettled = new Map([...(only === null ? [] : leftOf(watched.unsettled, only)), ...look.unsettled]);
    if (only === null) {
      const everyMs = watched.polls === null ? times.lookEveryMs : times.pollEveryMs;
      watched.nextLookAt = now() + Math.max(everyMs, (now() - beganAt) / LOOK_SHARE);
    }
    await setTrouble(watched, watched.polls);
    if (look.seen.length > 0) {
      await write.addEntry(watched.batchId, sawEntry(look.seen), now());
      await changed(watched.batchId);
    }
    return true;
  };

  const cannotLook = async (watched: Watched, why: Problem): Promise<boolean> => {
    watched.pending = null;
    watched.nextLookAt = now() + times.tickMs;
    await setTrouble(watched, why);
    return false;
  };

  const askWhatWaits = async (watched: Watched, lease: Lease): Promise<Asked | null> => {
    const { batchId } = watched;
    const setup = await read.readBatch(batchId);
    if (setup === null) return null;
    const { batch, byWatch } = setup;
    const { watch } = batch;
    if (watch === null) return null;
    const waiting = await read.countFoundWaiting(batchId);
    if (waiting === 0) {
      await setHold(watched, null);
      return null;
    }
    // What a person has not started, or stopped with files left, waits for that person.
    if (!byWatch && !isOver(batch)) return null;
    const hold = await whyHeld(watched, batch, lease);
    if (hold !== null) {
      if (isOver(batch)) await states.makeReady(batchId, null, true);
      if (hold !== 'as_before') await setHold(watched, hold);
      return null;
    }
    const allowance = allowanceOf(batchId, watch);
    const limit = allowance.reached();
    if (limit !== null) {
      if (isOver(batch)) await states.makeReady(batchId, null, true);
      await setHold(watched, limit);
      return null;
    }
    await setHold(watched, null);
    watched.retryAt = null;
    const ran = await states.run(batchId, lease, { allowance });
    return ran.ok ? { allowance, failedBefore: batch.counts.failed } : null;
  };

  const whyHeld = async (watched: Watched, batch: Batch, lease: Lease): Promise<Problem | 'as_before' | null> => {
    const to = destinationOf(lease.connection, batch.temperature);
    if (!goesTo(batch, to)) return cannotMove(batch, to);
    const isRetryDue = watched.retryAt !== null && watched.retryAt <= now();
    if (watched.isBlocked || (watched.retryAt !== null && !isRetryDue)) return 'as_before';
    return null;
  };

  const allowanceOf = (batchId: string, { limits, usedToday }: BatchWatch): Allowance =>
    createAllowance(limits, usedToday, (use) => {
      // A store that takes no results stops the batch by itself.
      write.addWatchUse(batchId, startOfDay(now()), use).catch(parts.onFailure);
    });

  const runEnded = async (watched: Watched, { allowance, failedBefore }: Asked) => {
    const { batchId } = watched;
    const setup = await read.readBatch(batchId);
    if (setup === null) return;
    const { batch } = setup;
    const { files, tokens } = allowance.used();
    if (files > 0) {
      const failed = Math.max(0, batch.counts.failed - failedBefore);
      await write.addEntry(batchId, { what: 'asked', files, failed, tokens: batch.llm ? tokens : null }, now());
    }
    if (batch.status === 'interrupted' && batch.problem !== null) {
      // A server that is away is asked again by itself; a key or a quota is for a person to mend.
      if (batch.problem.waitedMs === undefined) watched.isBlocked = true;
      else watched.retryAt = now() + times.againAfterMs;
      await setHold(watched, batch.problem);
    } else if (batch.status === 'ready') {
      await setHold(watched, allowance.reached());
    }
    await changed(batchId);
  };

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

/** A run of what was found. */
interface Asked {
  readonly allowance: Allowance;
  /** Files of the batch that had failed before it. */
  readonly failedBefore: number;
}

/** It came to an end of its own or by a person: nothing of it waits. */
function isOver({ status }: Batch): boolean {
  return status === 'finished' || status === 'cancelled';
}

/** Those that a look at some paths did not look at. */
function leftOf(unsettled: Unsettled, only: ReadonlySet<string>): readonly (readonly [string, string])[] {
  return [...unsettled].filter(([path]) => !only.has(path));
}

function isLimit(code: string | null): boolean {
  return code === 'ENOSPC' || code === 'EMFILE' || code === 'ENFILE';
}

function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
