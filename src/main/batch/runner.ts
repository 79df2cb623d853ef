/** Runs batches: takes files out of the store, a few more than there are slots, and puts results back. */
import type { Batch, BatchProgress, BatchStatus, ItemRow } from '../../shared/batch-data.ts';
import type { Problem } from '../../shared/problem.ts';
import type { Extractor } from '../documents/extractor.ts';
import type { Lease } from '../llm/connections.ts';
import type { Limiter } from '../llm/limiter.ts';
import type { PageDrawer } from '../pages/page-drawer.ts';
import type { PrepareText } from '../recipes/text-thread.ts';
import type { Store } from '../store/store.ts';
import type { BatchSetup } from './batch-record.ts';
import type { ClaimedItem, ItemOutcome, ItemRemoval } from './item-record.ts';
import { processItem } from './process-item.ts';
import type { BatchAmendment } from './progress.ts';
import {
  createRun,
  endEarly,
  halt,
  isByWatch,
  problemAtEnd,
  type Run,
  type RunParts,
  type RunScope,
  statusAtEnd,
} from './run.ts';
import type { Twin } from './twins.ts';
import type { StopAs } from './walks.ts';
import { whyStopped } from './why-stopped.ts';
import type { WorkOnFile } from './work-in-hand.ts';

/** Files read ahead of the slots, so that a free slot never waits for a document to be read. */
const READ_AHEAD = 4;

export interface Runner {
  /**
   * Resolves at once; the run goes on in the background.
   * @param scope which of its files; after a part of them, the batch is ready for the others.
   */
  run(setup: BatchSetup, lease: Lease, scope?: RunScope): void;
  isRunning(batchId: string): boolean;
  runningIds(): readonly string[];
  progressOf(batchId: string): BatchProgress | null;
  /** Tells what a person changed of a batch, if it runs. */
  amend(batchId: string, change: BatchAmendment): void;
  /** Aborts what is in flight and resolves when the batch has its new status. Null when it does not run. */
  stop(batchId: string, as: StopAs): Promise<void> | null;
  /** Resolves when the batch runs no more; at once when it does not run. */
  settled(batchId: string): Promise<void>;
  limitChanged(): void;
  /** Files of a batch were taken out of its queue. */
  skipped(batchId: string, rows: readonly ItemRow[]): void;
  /** Files of a batch were removed from it; resolves when none of them is being worked on. */
  removed(batchId: string, removal: ItemRemoval): Promise<void>;
  /** Files of a batch were brought back; those that wait are taken up. */
  restored(batchId: string, removal: ItemRemoval): void;
  /** Whether its host is back is asked at once, if it is away. */
  tryNow(batchId: string): void;
}

export interface RunnerParts extends RunParts {
  readonly store: Pick<Store, 'read' | 'write'>;
  readonly extractor: Extractor;
  readonly prepareText: PrepareText;
  readonly drawer: Pick<PageDrawer, 'files'>;
  readonly limiter: Limiter;
  readonly onActivity: () => void;
  /** A bug, or a store that fails: the batch stops and says so. */
  readonly onFailure: (error: unknown) => void;
  /** A bug that one file met: it fails, and the batch goes on. */
  readonly onBug: (error: unknown) => void;
  readonly now: () => number;
}

export function createRunner(parts: RunnerParts): Runner {
  // In order of their start: an earlier batch takes files first.
  const runs = new Map<string, Run>();

  const working = () => [...runs.values()].reduce((sum, run) => sum + run.inHand.inPlaces(), 0);

  const fill = () => {
    for (const run of runs.values()) {
      if (!run.exhausted) return void claim(run);
    }
  };

  const claim = async (run: Run): Promise<void> => {
    const free = parts.limiter.limit() + READ_AHEAD - working();
    if (run.claiming || free <= 0) return;
    const { allowance } = run.scope;
    const most = Math.min(free, allowance?.left() ?? free);
    run.claiming = true;
    try {
      const items = run.stopAs === null && most > 0 ? await run.claims.take(most, run.refusals.any()) : [];
      if (items.length < free) run.exhausted = true;
      allowance?.use({ files: items.length });
      for (const item of items) void work(run, item);
    } catch (error) {
      failed(run, error);
    }
    run.claiming = false;
    await advance(run);
  };

  /** Ends a run that has nothing left to do, and gives free places to the first that has. */
  const advance = async (run: Run): Promise<void> => {
    if (run.exhausted && run.inHand.count() === 0 && !run.claiming) await finish(run);
    fill();
  };

  const work = async (run: Run, item: ClaimedItem): Promise<void> => {
    const work = run.inHand.begin(item.row.id);
    run.progress.moved(item.row, 'queued');
    const twin = run.twins.join();
    try {
      await keepOutcome(run, item, await ask(run, item, work, twin));
    } catch (error) {
      failed(run, error);
    }
    twin.leave();
    work.end();
    await advance(run);
  };

  /** Its outcome; null if it was given up, and goes back into the queue as it was. */
  const ask = (run: Run, item: ClaimedItem, work: WorkOnFile, twin: Twin): Promise<ItemOutcome | null> => {
    const { gateway, extractor, prepareText, drawer, limiter, store, onBug } = parts;
    const { findAnswers } = store.read;
    const { id: batchId, recipe, model, temperature } = run.batch;
    return processItem(
      { gateway, extractor, prepareText, drawer, lanes: run.standstill.counting(limiter.lanes()), findAnswers },
      {
        batchId,
        recipe,
        model,
        temperature,
        readArea: run.readArea,
        connection: run.lease.connection,
        signal: work.signal,
        twin,
        onBug,
        onStop: (problem) => halt(run, problem),
        onRetry: (wait) => run.standstill.waits(wait, performance.now()),
        onSuspect: (problem) => suspect(run, item, problem),
        onRecognising: (pages) => {
          work.recognising(pages !== null);
          run.progress.recognising(item.row.id, pages);
          // Others take its place.
          if (pages !== null) fill();
        },
      },
      item,
    );
  };

  const keepOutcome = async (run: Run, item: ClaimedItem, outcome: ItemOutcome | null): Promise<void> => {
    if (outcome !== null) run.standstill.moved();
    const { write } = parts.store;
    const row = outcome === null ? await write.releaseItem(item.row.id) : await write.finishItem(outcome);
    // One that was removed meanwhile does not count any more.
    if (row !== null && row.status !== 'removed') run.progress.moved(row, 'running');
    run.scope.allowance?.use(outcome === null ? { files: -1 } : { tokens: outcome.totalTokens ?? 0 });
    // Its answers are not those that were checked.
    if (item.row.checkedAt !== null && row?.checkedAt === null) untick(run);
    const refused = outcome === null ? null : run.refusals.ended(outcome, working());
    if (refused !== null) halt(run, refused);
  };

  const untick = ({ progress }: Run) => progress.amend({ checked: progress.batch().counts.checked - 1 });

  /** Kept at once: whatever ends this process, a resumed batch does not begin with that file again. */
  const suspect = (run: Run, { row }: ClaimedItem, problem: Problem | null) => {
    parts.store.write.suspectItem(row.id, problem).catch((error: unknown) => failed(run, error));
  };

  /** Told once: what failed for one file fails for all that are in work. */
  const failed = (run: Run, error: unknown) => {
    if (run.problem === null) parts.onFailure(error);
    halt(run, whyStopped(error));
  };

  const finish = async (run: Run): Promise<void> => {
    if (run.ending) return;
    run.ending = true;
    const status = statusAtEnd(run);
    try {
      run.progress.setBatch(await storeEnd(run, status));
    } catch (error) {
      failed(run, error);
      run.progress.setBatch({ ...run.progress.batch(), status, problem: run.problem });
    }
    runs.delete(run.batch.id);
    try {
      run.hostWait.stop();
      run.lease.release();
      run.progress.flush();
      parts.onActivity();
    } catch (error) {
      parts.onFailure(error);
    }
    // Whatever failed on the way: whoever waits for the end would wait for ever.
    run.end();
  };

  const storeEnd = async (run: Run, status: BatchStatus): Promise<Batch> => {
    const { batch } = run;
    const { write } = parts.store;
    // A file that is brought back while a run ends is not run any more.
    if (status === 'cancelled' || status === 'finished') await write.cancelQueuedItems(batch.id);
    const change = { status, at: parts.now(), problem: problemAtEnd(run, status), byWatch: isByWatch(run) };
    const setup = await write.changeBatch(batch.id, change);
    return setup?.batch ?? { ...batch, status };
  };

  return {
    run: (setup, lease, scope = {}) => {
      runs.set(setup.batch.id, createRun(parts, setup, lease, scope));
      parts.onActivity();
      fill();
    },
    isRunning: (batchId) => runs.has(batchId),
    runningIds: () => [...runs.keys()],
    progressOf: (batchId) => runs.get(batchId)?.progress.snapshot() ?? null,
    amend: (batchId, change) => runs.get(batchId)?.progress.amend(change),
    stop: (batchId, as) => {
      const run = runs.get(batchId);
      if (run === undefined) return null;
      endEarly(run, as);
      void advance(run);
      return run.ended;
    },
    settled: (batchId) => runs.get(batchId)?.ended ?? Promise.resolve(),
    limitChanged: fill,
    skipped: (batchId, rows) => {
      for (const row of rows) runs.get(batchId)?.progress.moved(row, 'queued');
    },
    removed: async (batchId, { itemIds, change }) => {
      const run = runs.get(batchId);
      run?.progress.counted(change);
      await run?.inHand.giveUp(itemIds);
    },
    restored: (batchId, { change }) => {
      const run = runs.get(batchId);
      if (run === undefined) return;
      run.progress.counted(change);
      if (run.stopAs !== null) return;
      run.claims.lookAgain();
      run.exhausted = false;
      fill();
    },
    tryNow: (batchId) => {
      const run = runs.get(batchId);
      if (run !== undefined) parts.gateway.gate(run.lease.connection, run.batch.model).tryNow();
    },
  };
}
