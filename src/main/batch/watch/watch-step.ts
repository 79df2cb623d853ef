/** What a watch does when it is its turn: looks at what was told of, and has asked what it found, as far as that is allowed. */
import type { Batch } from '../../../shared/batch-data.ts';
import type { Problem } from '../../../shared/problem.ts';
import type { BatchWatch } from '../../../shared/watch-data.ts';
import type { Lease } from '../../llm/connections.ts';
import type { BatchSetup } from '../batch-record.ts';
import type { BatchStates } from '../batch-states.ts';
import { cannotMove, destinationOf, goesTo } from '../destination.ts';
import type { FolderLook } from '../look-again.ts';
import type { Unsettled } from '../look-compare.ts';
import { type Allowance, createAllowance } from './allowance.ts';
import { sawEntry } from './saw-entry.ts';
import { startOfDay } from './start-of-day.ts';
import { createWatchRecord, type WatchRecordParts } from './watch-record.ts';
import { pollsOf, type Watched, type WatchTimes } from './watched.ts';
import { whyNotThere } from './watched-roots.ts';

/** A look takes at most this share of the time. */
const LOOK_SHARE = 1 / 20;

export interface WatchStepParts extends WatchRecordParts {
  readonly times: WatchTimes;
  readonly folders: FolderLook;
  readonly onFailure: (error: unknown) => void;
  readonly isBusy: (batchId: string) => boolean;
  /** Resolves when the batch neither collects nor runs. */
  readonly idle: (batchId: string) => Promise<void>;
  /** One thing at a time is done with a batch. */
  readonly inTurn: <T>(batchId: string, work: (lease: Lease) => Promise<T>) => Promise<T>;
  readonly states: BatchStates;
}

interface OfWatches {
  readonly isOn: (watched: Watched) => boolean;
  /** The batch or its watch was removed. */
  readonly end: (batchId: string) => void;
  /** Tells whoever shows the batch. */
  readonly changed: (batchId: string) => Promise<void>;
}

/** @returns one step; rejects when the store fails. */
export function createWatchStep(
  parts: WatchStepParts,
  { isOn, end, changed }: OfWatches,
): (watched: Watched) => Promise<void> {
  const { states, now, times } = parts;
  const { read, write } = parts.store;
  const record = createWatchRecord(parts, changed);

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
      const everyMs = pollsOf(watched) === null ? times.lookEveryMs : times.pollEveryMs;
      watched.nextLookAt = now() + Math.max(everyMs, (now() - beganAt) / LOOK_SHARE);
    }
    await record.setTrouble(watched.batchId, pollsOf(watched));
    if (look.seen.length > 0) await record.note(watched.batchId, sawEntry(look.seen));
    return true;
  };

  const cannotLook = async (watched: Watched, why: Problem): Promise<boolean> => {
    watched.pending = null;
    watched.nextLookAt = now() + times.tickMs;
    await record.setTrouble(watched.batchId, why);
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
      await record.setHold(watched.batchId, null);
      return null;
    }
    // What a person has not started, or stopped with files left, waits for that person.
    if (!byWatch && !isOver(batch)) return null;
    const allowance = allowanceOf(batchId, watch);
    const hold = whyHeld(watched, batch, lease) ?? allowance.reached();
    if (hold !== null) {
      if (isOver(batch)) await states.makeReady(batchId, null, true);
      if (hold !== 'as_before') await record.setHold(watched.batchId, hold);
      return null;
    }
    await record.setHold(watched.batchId, null);
    watched.retryAt = null;
    const ran = await states.run(batchId, lease, { allowance });
    return ran.ok ? { allowance, failedBefore: batch.counts.failed } : null;
  };

  const whyHeld = (watched: Watched, batch: Batch, lease: Lease): Problem | 'as_before' | null => {
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
      await record.note(batchId, { what: 'asked', files, failed, tokens: batch.llm ? tokens : null });
    }
    if (batch.status === 'interrupted' && batch.problem !== null) {
      // A server that is away is asked again by itself; a key or a quota is for a person to mend.
      if (batch.problem.waitedMs === undefined) watched.isBlocked = true;
      else watched.retryAt = now() + times.againAfterMs;
      await record.setHold(watched.batchId, batch.problem);
    } else if (batch.status === 'ready') {
      await record.setHold(watched.batchId, allowance.reached());
    }
    await changed(batchId);
  };

  return step;
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
