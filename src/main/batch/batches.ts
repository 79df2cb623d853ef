import type { Batch, BatchProgress, ItemDetail, ItemText, LookedAgain } from '../../shared/batch-data.ts';
import type { BatchPlan } from '../../shared/batch-plan.ts';
import { type Problem, problem } from '../../shared/problem.ts';
import type { Recipe } from '../../shared/recipe.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Emit } from '../common/emit.ts';
import type { Extractor } from '../documents/extractor.ts';
import type { Connections, Lease } from '../llm/connections.ts';
import type { Gateway } from '../llm/gateway.ts';
import { createLimiter } from '../llm/limiter.ts';
import { asksMore } from '../recipes/asks-more.ts';
import { standardRecipe } from '../recipes/standard.ts';
import type { PrepareText } from '../recipes/text-thread.ts';
import type { Store } from '../store/store.ts';
import { type BatchEdits, createBatchEdits } from './batch-edits.ts';
import type { BatchChange, BatchSetup } from './batch-record.ts';
import { batchName } from './collect.ts';
import { cannotMove, destinationOf, goesTo, sourceOf, willMove } from './destination.ts';
import type { HostWaitLimit } from './host-wait.ts';
import type { ItemRemoval } from './item-record.ts';
import { createFolderLook } from './look-again.ts';
import { planOf } from './plan.ts';
import { createRunAgain, type RunAgain } from './run-again.ts';
import { createRunner } from './runner.ts';
import { createSequencer } from './sequencer.ts';

import { createWalks, type StopAs } from './walks.ts';

/** Enough to see whether the questions are understood. */
const TRIED_FILES = 3;

export interface CreateOptions {
  /** Run as soon as the files are collected; left out, only where nothing leaves this machine. */
  readonly start?: boolean;
  readonly model?: string | undefined;
  /** Left out, the standard one. */
  readonly recipe?: Recipe | undefined;
}

export interface StartOptions {
  readonly retryFailed?: boolean;
}

/** Batches from the drop to the last row. */
export interface Batches extends BatchEdits, RunAgain {
  list(): Promise<readonly Batch[]>;
  /** Resolves when the batch is stored; the files are collected in the background. */
  create(paths: readonly string[], options?: CreateOptions): Promise<Result<Batch, Problem>>;
  /** The unfinished batch that the same paths, provider, model and recipe made before. */
  findUnfinished(paths: readonly string[], options?: CreateOptions): Promise<Batch | null>;
  /** The one that they ran to its end before. */
  findFinished(paths: readonly string[], options?: CreateOptions): Promise<Batch | null>;
  progress(batchId: string): Promise<Result<BatchProgress, Problem>>;
  /** What it would do if it were started. */
  plan(batchId: string): Promise<Result<BatchPlan, Problem>>;
  item(itemId: number): Promise<Result<ItemDetail, Problem>>;
  /** What was dropped or named. */
  paths(batchId: string): Promise<Result<readonly string[], Problem>>;
  /** What was read of a file; null if that was not kept. */
  itemText(itemId: number): Promise<ItemText | null>;
  /**
   * Runs what is not finished and what was edited since; what failed only when it is asked for. A batch without results
   * that would go to another host than it said is `ready` instead, and says the new one; so is one that had begun elsewhere.
   */
  start(batchId: string, options?: StartOptions): Promise<Result<Batch, Problem>>;
  /**
   * Adds the files that have come since to a batch that does not run, and runs these and those that were edited. Where
   * they would leave this machine, the batch is `ready` and says so; one that is ready stays so.
   */
  lookAgain(batchId: string): Promise<Result<LookedAgain, Problem>>;
  /** Asks something else from now on; what must be asked for that waits in a batch that is `ready`. */
  changeRecipe(batchId: string, recipe: Recipe): Promise<Result<Batch, Problem>>;
  /** Runs some files of a `ready` batch, by default a few spread over it. It is ready for the others afterwards. */
  tryOut(batchId: string, itemIds?: readonly number[]): Promise<Result<Batch, Problem>>;
  cancel(batchId: string): Promise<Result<Batch, Problem>>;
  retryFailed(batchId: string): Promise<Result<Batch, Problem>>;
  /** Runs some of its files again: those that failed or were cancelled. */
  retryItems(batchId: string, itemIds: readonly number[]): Promise<Result<Batch, Problem>>;
  /** Takes files out of the queue, also while the batch runs. */
  skipItems(batchId: string, itemIds: readonly number[]): Promise<Result<Batch, Problem>>;
  /** Takes files out of the batch, also while it runs; what is being done with them is given up. Tells which were in it. */
  removeItems(batchId: string, itemIds: readonly number[]): Promise<Result<readonly number[], Problem>>;
  /** Puts files that were removed back as they were. Tells which. */
  restoreItems(batchId: string, itemIds: readonly number[]): Promise<Result<readonly number[], Problem>>;
  remove(batchId: string): Promise<Result<null, Problem>>;
  /** Takes over a changed setting. @returns the calls that may be in flight from now on. */
  limitChanged(): number;
  /** Does not wait for the next look at whether the host of a batch is back. */
  tryNow(batchId: string): Result<null, Problem>;
  /** For this process only, whatever the settings say. */
  overrideConcurrency(limit: number): void;
  /** Stops a batch so that it can be resumed. */
  interrupt(batchId: string): Promise<void>;
  activeBatches(): number;
  /** Resolves when the batch neither collects nor runs. */
  settled(batchId: string): Promise<void>;
  /** Stops everything; what was not finished is marked so and can be resumed. */
  close(): Promise<void>;
}

export interface BatchParts {
  readonly store: Pick<Store, 'read' | 'write'>;
  readonly gateway: Gateway;
  readonly connections: Connections;
  readonly extractor: Extractor;
  readonly prepareText: PrepareText;
  readonly emit: Emit;
  readonly concurrency: () => number;
  readonly hostWaitMs: HostWaitLimit;
  readonly temperature: number;
  /** Files and folders that no batch reads. */
  readonly leaveOut: readonly string[];
  readonly newId: () => string;
  readonly onActivity: () => void;
  readonly onFailure: (error: unknown) => void;
  readonly onBug: (error: unknown) => void;
  readonly now: () => number;
}

interface RunOptions {
  /** Names that the walk passed over, where it has just ended. */
  readonly skipped?: number;
  /** The files of a trial. */
  readonly only?: readonly number[];
}

/** A batch that may be run. */
interface Idle extends BatchSetup {
  /** It goes to another host now than the one that a person was told of: that waits for a go of its own. */
  readonly waitsForGo: boolean;
  /** It had begun with another provider. */
  readonly moves: Problem | null;
}

export function createBatches(parts: BatchParts): Batches {
  const { store, emit } = parts;
  const limiter = createLimiter(parts.concurrency());
  const runner = createRunner({ ...parts, limiter });
  const sequencer = createSequencer();
  const walks = createWalks(parts);
  const edits = createBatchEdits({
    ...parts,
    amend: (batchId, change) => {
      walks.amend(batchId, change);
      runner.amend(batchId, change);
    },
  });
  const closed = new AbortController();
  const folders = createFolderLook({ ...parts, signal: closed.signal });
  let closing = false;

  /** Where a batch would go now. */
  const destination = (lease: Lease, model?: string) => destinationOf(lease.connection, parts.temperature, model);

  const source = (lease: Lease, paths: readonly string[], { model, recipe = standardRecipe }: CreateOptions) =>
    sourceOf(paths, destination(lease, model), recipe);

  const withLease = async <T>(use: (lease: Lease) => Promise<T>): Promise<T> => {
    const lease = parts.connections.lease();
    try {
      return await use(lease);
    } finally {
      lease.release();
    }
  };

  /** Over the connection that its destination was read from: the settings may have moved on since. */
  const run = async (
    batchId: string,
    lease: Lease,
    { skipped, only }: RunOptions = {},
  ): Promise<Result<Batch, Problem>> => {
    // Left where a result could not be written.
    await store.write.requeueItems(batchId, 'running');
    const change: BatchChange = { status: 'running', at: parts.now(), isTrial: only !== undefined };
    const setup = await store.write.changeBatch(batchId, skipped === undefined ? change : { ...change, skipped });
    if (setup === null) return err(noBatch());
    emit('batch.changed', { batchId });
    runner.run(setup, lease.extend(), only);
    return ok(setup.batch);
  };

  const again = createRunAgain({ ...parts, withLease, run, isClosing: () => closing });

  /** In the background; the batch then runs over a connection, or waits until it is started. */
  const collect = (batch: Batch, paths: readonly string[], thenRun: Lease | null) => {
    const lease = thenRun?.extend();
    const whenCollected = lease && ((skipped: number) => run(batch.id, lease, { skipped }));
    walks.begin(batch, paths, { whenCollected });
    void walks.settled(batch.id).then(() => lease?.release());
  };

  const create = (paths: readonly string[], options: CreateOptions = {}) => {
    const id = parts.newId();
    const insert = async (lease: Lease): Promise<Result<Batch, Problem>> => {
      if (closing) return err(shuttingDown());
      const to = destination(lease, options.model);
      if (to.model === '') return err(problem('not_configured', { missing: 'model' }));
      const name = batchName(paths);
      const { recipe = standardRecipe } = options;
      const source = sourceOf(paths, to, recipe);
      const setup = await store.write.insertBatch({ id, name, paths, recipe, source, createdAt: parts.now(), ...to });
      if (setup === null) return err(noBatch());
      emit('batch.changed', { batchId: id });
      collect(setup.batch, paths, (options.start ?? to.local) ? lease : null);
      return ok(setup.batch);
    };
    return sequencer.run(id, () => withLease(insert));
  };

  /** The batch, when nothing stands against running it over this connection. */
  const readIdle = async (batchId: string, lease: Lease): Promise<Result<Idle, Problem>> => {
    if (closing) return err(shuttingDown());
    if (runner.isRunning(batchId) || walks.has(batchId)) return err(problem('not_allowed', { what: 'batch_running' }));
    const setup = await store.read.readBatch(batchId);
    if (setup === null) return err(noBatch());
    const to = destinationOf(lease.connection, setup.batch.temperature);
    if (goesTo(setup.batch, to)) return ok({ ...setup, waitsForGo: false, moves: null });
    if (setup.batch.counts.done > 0) return err(cannotMove(setup.batch, to));
    // One without results goes wherever the settings say.
    await store.write.retargetBatch(batchId, { ...to, source: sourceOf(setup.paths, to, setup.batch.recipe) });
    const moves = setup.batch.startedAt === null ? null : willMove(setup.batch, to);
    return ok({ ...setup, waitsForGo: !to.local || moves !== null, moves });
  };

  const start = async (batchId: string, lease: Lease, retryFailed: boolean): Promise<Result<Batch, Problem>> => {
    const idle = await readIdle(batchId, lease);
    if (!idle.ok) return idle;
    const { batch, waitsForGo, moves } = idle.value;
    if (batch.startedAt === null && batch.status !== 'ready') return recollect(idle.value, waitsForGo ? null : lease);
    await store.write.requeueItems(batchId, 'cancelled');
    if (retryFailed) await store.write.requeueItems(batchId, 'failed');
    if (waitsForGo) return makeReady(batchId, moves);
    await folders.requeueEdited(batchId);
    return run(batchId, lease);
  };

  const lookAgain = async (batchId: string, lease: Lease): Promise<Result<LookedAgain, Problem>> => {
    const idle = await readIdle(batchId, lease);
    if (!idle.ok) return idle;
    const { batch, paths, waitsForGo, moves } = idle.value;
    if (batch.startedAt === null && batch.status !== 'ready')
      return err(problem('not_allowed', { what: 'files_unknown' }));
    const edited = await folders.requeueEdited(batchId);
    const added = await folders.addNew(batchId, paths);
    const looked = await reread(batchId);
    if (!looked.ok) return looked;
    emit('batch.changed', { batchId });
    if (batch.status === 'ready' || looked.value.counts.queued === 0) return ok({ batch: looked.value, added, edited });
    const goes = waitsForGo || !batch.local ? await makeReady(batchId, moves) : await run(batchId, lease);
    return goes.ok ? ok({ batch: goes.value, added, edited }) : goes;
  };

  const retry = async (
    batchId: string,
    lease: Lease,
    requeue: () => Promise<unknown>,
  ): Promise<Result<Batch, Problem>> => {
    const idle = await readIdle(batchId, lease);
    if (!idle.ok) return idle;
    if (idle.value.batch.startedAt === null) return err(problem('not_allowed', { what: 'batch_not_begun' }));
    await requeue();
    return idle.value.waitsForGo ? makeReady(batchId, idle.value.moves) : run(batchId, lease);
  };

  const retryWith = (batchId: string, requeue: () => Promise<unknown>) =>
    sequencer.run(batchId, () => withLease((lease) => retry(batchId, lease, requeue)));

  const changeRecipe = async (batchId: string, recipe: Recipe): Promise<Result<Batch, Problem>> => {
    if (closing) return err(shuttingDown());
    if (runner.isRunning(batchId) || walks.has(batchId)) return err(problem('not_allowed', { what: 'batch_running' }));
    const setup = await store.read.readBatch(batchId);
    if (setup === null) return err(noBatch());
    const { batch, paths } = setup;
    await store.write.setBatchRecipe(batchId, recipe, sourceOf(paths, batch, recipe));
    emit('batch.changed', { batchId });
    if (batch.startedAt === null || !asksMore(batch.recipe, recipe)) return reread(batchId);
    await store.write.requeueForRecipe(batchId);
    return makeReady(batchId, null);
  };

  const tryOut = async (
    batchId: string,
    itemIds: readonly number[] | undefined,
    lease: Lease,
  ): Promise<Result<Batch, Problem>> => {
    const idle = await readIdle(batchId, lease);
    if (!idle.ok) return idle;
    if (idle.value.waitsForGo) return makeReady(batchId, idle.value.moves);
    const only = await (itemIds === undefined
      ? store.read.spreadOfQueued(batchId, TRIED_FILES)
      : store.read.queuedAmong(batchId, itemIds));
    if (idle.value.batch.status !== 'ready' || only.length === 0) {
      return err(problem('not_allowed', { what: 'nothing_queued' }));
    }
    return run(batchId, lease, { only });
  };

  /** It says where it would go, and waits to be started. */
  const makeReady = async (batchId: string, why: Problem | null): Promise<Result<Batch, Problem>> => {
    const setup = await store.write.changeBatch(batchId, { status: 'ready', at: parts.now(), problem: why });
    emit('batch.changed', { batchId });
    return setup === null ? err(noBatch()) : ok(setup.batch);
  };

  /** The walk had not ended: it is made again from the beginning. */
  const recollect = async (setup: BatchSetup, thenRun: Lease | null): Promise<Result<Batch, Problem>> => {
    const { id } = setup.batch;
    await store.write.clearItems(id);
    const fresh = await store.write.changeBatch(id, { status: 'collecting', at: parts.now() });
    if (fresh === null) return err(noBatch());
    emit('batch.changed', { batchId: id });
    collect(fresh.batch, setup.paths, thenRun);
    return ok(fresh.batch);
  };

  const reread = async (batchId: string): Promise<Result<Batch, Problem>> => {
    const setup = await store.read.readBatch(batchId);
    return setup === null ? err(noBatch()) : ok(setup.batch);
  };

  const stop = async (batchId: string, as: StopAs): Promise<void> => {
    await walks.stop(batchId, as);
    await runner.stop(batchId, as);
  };

  const cancel = async (batchId: string): Promise<Result<Batch, Problem>> => {
    const hasRun = runner.isRunning(batchId);
    await stop(batchId, 'cancelled');
    const stopped = await reread(batchId);
    if (!stopped.ok || stopped.value.status === 'finished' || stopped.value.status === 'cancelled') return stopped;
    // A trial leaves the other files as they were.
    if (hasRun && stopped.value.status === 'ready') return stopped;
    await store.write.cancelQueuedItems(batchId);
    const { problem } = stopped.value;
    const setup = await store.write.changeBatch(batchId, { status: 'cancelled', at: parts.now(), problem });
    emit('batch.changed', { batchId });
    return setup === null ? err(noBatch()) : ok(setup.batch);
  };

  /** Which files are in a batch is not known before its folders are read: a walk that is made again finds all of them. */
  const changeItems = (batchId: string, change: () => Promise<ItemRemoval>) =>
    sequencer.run(batchId, async (): Promise<Result<readonly number[], Problem>> => {
      const before = await reread(batchId);
      if (!before.ok) return before;
      const { startedAt, status } = before.value;
      if (startedAt === null && status !== 'ready') return err(problem('not_allowed', { what: 'batch_not_collected' }));
      const { itemIds } = await change();
      emit('batch.changed', { batchId });
      return ok(itemIds);
    });

  const activeIds = () => new Set([...walks.ids(), ...runner.runningIds()]);

  const stopAll = async (): Promise<void> => {
    await Promise.all([...activeIds()].map((id) => stop(id, 'interrupted')));
  };

  return {
    ...edits,
    ...again,
    list: async () => (await store.read.listBatches()).map((batch) => runner.progressOf(batch.id)?.batch ?? batch),
    create,
    findUnfinished: (paths, options = {}) =>
      withLease((lease) => store.read.findUnfinishedBatch(source(lease, paths, options))),
    findFinished: (paths, options = {}) =>
      withLease((lease) => store.read.findFinishedBatch(source(lease, paths, options))),
    progress: async (batchId) => {
      const running = runner.progressOf(batchId);
      if (running !== null) return ok(running);
      const batch = await reread(batchId);
      return batch.ok
        ? ok({ batch: batch.value, filesPerSecond: null, remainingMs: null, waiting: null, changed: [] })
        : batch;
    },
    plan: async (batchId) => {
      const batch = await reread(batchId);
      return batch.ok ? ok(await planOf(store.read, batchId, batch.value.recipe, batch.value.llm)) : batch;
    },
    paths: async (batchId) => {
      const setup = await store.read.readBatch(batchId);
      return setup === null ? err(noBatch()) : ok(setup.paths);
    },
    itemText: (itemId) => store.read.readItemText(itemId),
    item: async (itemId) => {
      const detail = await store.read.readItemDetail(itemId);
      return detail === null ? err(problem('invalid_input', { what: 'item_gone' })) : ok(detail);
    },
    start: (batchId, options = {}) =>
      sequencer.run(batchId, () => withLease((lease) => start(batchId, lease, options.retryFailed ?? false))),
    lookAgain: (batchId) => sequencer.run(batchId, () => withLease((lease) => lookAgain(batchId, lease))),
    changeRecipe: (batchId, recipe) => sequencer.run(batchId, () => changeRecipe(batchId, recipe)),
    tryOut: (batchId, itemIds) => sequencer.run(batchId, () => withLease((lease) => tryOut(batchId, itemIds, lease))),
    cancel: (batchId) => sequencer.run(batchId, () => cancel(batchId)),
    retryFailed: (batchId) => retryWith(batchId, () => store.write.requeueItems(batchId, 'failed')),
    retryItems: (batchId, itemIds) => retryWith(batchId, () => store.write.requeueChosenItems(batchId, itemIds)),
    skipItems: async (batchId, itemIds) => {
      const rows = await store.write.skipItems(batchId, itemIds);
      runner.skipped(batchId, rows);
      emit('batch.changed', { batchId });
      const running = runner.progressOf(batchId);
      return running === null ? reread(batchId) : ok(running.batch);
    },
    removeItems: (batchId, itemIds) =>
      changeItems(batchId, async () => {
        const removal = await store.write.removeItems(batchId, itemIds);
        await runner.removed(batchId, removal);
        return removal;
      }),
    restoreItems: (batchId, itemIds) =>
      changeItems(batchId, async () => {
        const removal = await store.write.restoreItems(batchId, itemIds);
        runner.restored(batchId, removal);
        return removal;
      }),
    remove: (batchId) =>
      sequencer.run(batchId, async () => {
        await stop(batchId, 'cancelled');
        await store.write.removeBatch(batchId, parts.now());
        emit('batch.changed', { batchId });
        return ok(null);
      }),
    limitChanged: () => {
      limiter.setLimit(parts.concurrency());
      runner.limitChanged();
      return limiter.limit();
    },
    tryNow: (batchId) => {
      runner.tryNow(batchId);
      return ok(null);
    },
    overrideConcurrency: (limit) => {
      limiter.setLimit(limit);
      runner.limitChanged();
    },
    interrupt: (batchId) => sequencer.run(batchId, () => stop(batchId, 'interrupted')),
    activeBatches: () => activeIds().size,
    settled: async (batchId) => {
      await sequencer.done(batchId);
      await walks.settled(batchId);
      await runner.settled(batchId);
    },
    close: async () => {
      closing = true;
      closed.abort();
      await Promise.all([stopAll(), sequencer.done()]);
      // What was about to start while the rest was stopped.
      await stopAll();
    },
  };
}

function noBatch(): Problem {
  return problem('invalid_input', { what: 'batch_gone' });
}

function shuttingDown(): Problem {
  return problem('shutting_down', { what: 'docket' });
}
