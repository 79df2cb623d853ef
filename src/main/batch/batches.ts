import type { Batch } from '../../shared/batch-data.ts';
import { type Problem, problem } from '../../shared/problem.ts';
import type { Recipe } from '../../shared/recipe.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Emit } from '../common/emit.ts';
import type { Extractor } from '../documents/extractor.ts';
import type { Connections, Lease } from '../llm/connections.ts';
import type { Gateway } from '../llm/gateway.ts';
import { createLimiter } from '../llm/limiter.ts';
import type { PageDrawer } from '../pages/page-drawer.ts';
import { standardRecipe } from '../recipes/standard.ts';
import type { PrepareText } from '../recipes/text-thread.ts';
import type { Store } from '../store/store.ts';
import { type BatchEdits, createBatchEdits } from './batch-edits.ts';
import { type BatchReads, createBatchReads } from './batch-reads.ts';
import type { BatchSetup } from './batch-record.ts';
import { type BatchStarts, createBatchStarts } from './batch-starts.ts';
import { createBatchStates, noBatch, shuttingDown } from './batch-states.ts';
import { batchName } from './collect.ts';
import { destinationOf, sourceOf } from './destination.ts';
import type { HostWaitLimit } from './host-wait.ts';
import { createItemChanges, type ItemChanges } from './item-changes.ts';
import { createFolderLook } from './look-again.ts';
import { createLooks } from './looks.ts';
import { createRunAgain, type RunAgain } from './run-again.ts';
import { createRunner } from './runner.ts';
import { createSequencer } from './sequencer.ts';
import { createWalks, type StopAs } from './walks.ts';
import type { FolderWatcher } from './watch/folder-watcher.ts';
import type { WatchTimes } from './watch/watched.ts';
import { createWatches, type Watches } from './watch/watches.ts';

export interface CreateOptions {
  /** Run as soon as the files are collected; left out, only where nothing leaves this machine. */
  readonly start?: boolean;
  readonly model?: string | undefined;
  /** Left out, the standard one. */
  readonly recipe?: Recipe | undefined;
}

/** Batches from the drop to the last row. */
export interface Batches extends BatchReads, BatchStarts, ItemChanges, BatchEdits, RunAgain, Watches {
  /** Resolves when the batch is stored; the files are collected in the background. */
  create(paths: readonly string[], options?: CreateOptions): Promise<Result<Batch, Problem>>;
  /** The unfinished batch that the same paths, provider, model and recipe made before. */
  findUnfinished(paths: readonly string[], options?: CreateOptions): Promise<Batch | null>;
  /** The one that they ran to its end before. */
  findFinished(paths: readonly string[], options?: CreateOptions): Promise<Batch | null>;
  cancel(batchId: string): Promise<Result<Batch, Problem>>;
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
  /** Draws the pages that are sent. */
  readonly drawer: Pick<PageDrawer, 'files'>;
  readonly emit: Emit;
  readonly concurrency: () => number;
  readonly hostWaitMs: HostWaitLimit;
  readonly temperature: number;
  /** Files and folders that no batch reads. */
  readonly leaveOut: readonly string[];
  readonly watcher: FolderWatcher;
  readonly watchTimes: WatchTimes;
  /** Types of file systems that are network shares. */
  readonly networkTypes: ReadonlySet<number>;
  readonly newId: () => string;
  readonly onActivity: () => void;
  readonly onFailure: (error: unknown) => void;
  readonly onBug: (error: unknown) => void;
  readonly now: () => number;
}

export function createBatches(parts: BatchParts): Batches {
  const { store, emit } = parts;
  const limiter = createLimiter(parts.concurrency());
  const runner = createRunner({ ...parts, limiter });
  const sequencer = createSequencer();
  const walks = createWalks(parts);
  const states = createBatchStates({ ...parts, runner, onGo: (batchId) => watching.touched(batchId) });
  const closed = new AbortController();
  const isClosing = () => closed.signal.aborted;

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

  /** In the background; the batch then runs over a connection, or waits until it is started. */
  const collect = (batch: Batch, paths: readonly string[], thenRun: Lease | null) => {
    const lease = thenRun?.extend();
    const whenCollected = lease && ((skipped: number) => states.run(batch.id, lease, { skipped }));
    walks.begin(batch, paths, { whenCollected });
    void walks.settled(batch.id).then(() => lease?.release());
  };

  const create = (paths: readonly string[], options: CreateOptions = {}) => {
    const id = parts.newId();
    const insert = async (lease: Lease): Promise<Result<Batch, Problem>> => {
      if (isClosing()) return err(shuttingDown());
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

  const stop = async (batchId: string, as: StopAs): Promise<void> => {
    await walks.stop(batchId, as);
    await runner.stop(batchId, as);
  };

  const cancel = async (batchId: string): Promise<Result<Batch, Problem>> => {
    const hasRun = runner.isRunning(batchId);
    await stop(batchId, 'cancelled');
    const stopped = await states.reread(batchId);
    if (!stopped.ok || stopped.value.status === 'finished' || stopped.value.status === 'cancelled') return stopped;
    // A trial leaves the other files as they were.
    if (hasRun && stopped.value.status === 'ready') return stopped;
    await store.write.cancelQueuedItems(batchId);
    const { problem } = stopped.value;
    const setup = await store.write.changeBatch(batchId, { status: 'cancelled', at: parts.now(), problem });
    emit('batch.changed', { batchId });
    return setup === null ? err(noBatch()) : ok(setup.batch);
  };

  const activeIds = () => new Set([...walks.ids(), ...runner.runningIds()]);

  const stopAll = async (): Promise<void> => {
    await Promise.all([...activeIds()].map((id) => stop(id, 'interrupted')));
  };

  const folders = createFolderLook({ ...parts, signal: closed.signal });
  const watching = createWatches({
    ...parts,
    times: parts.watchTimes,
    folders,
    states,
    isClosing,
    isBusy: (batchId) => runner.isRunning(batchId) || walks.has(batchId),
    idle: async (batchId) => {
      await walks.settled(batchId);
      await runner.settled(batchId);
    },
    inTurn: (batchId, work) => sequencer.run(batchId, () => withLease(work)),
    tellWatch: async (batchId) => {
      if (runner.isRunning(batchId)) runner.amend(batchId, { watch: await store.read.readWatch(batchId) });
    },
  });

  const shared = { ...parts, runner, walks, sequencer, states, withLease, isClosing };
  return {
    ...createBatchReads(shared),
    ...createBatchStarts({ ...shared, folders, looks: createLooks(emit, closed.signal), recollect }),
    ...createItemChanges(shared),
    ...createBatchEdits({
      ...parts,
      amend: (batchId, change) => {
        walks.amend(batchId, change);
        runner.amend(batchId, change);
      },
    }),
    ...createRunAgain({ ...shared, run: states.run }),
    ...watching.watches,
    create,
    findUnfinished: (paths, options = {}) =>
      withLease((lease) => store.read.findUnfinishedBatch(source(lease, paths, options))),
    findFinished: (paths, options = {}) =>
      withLease((lease) => store.read.findFinishedBatch(source(lease, paths, options))),
    cancel: (batchId) => sequencer.run(batchId, () => cancel(batchId)),
    remove: (batchId) =>
      sequencer.run(batchId, async () => {
        await stop(batchId, 'cancelled');
        await watching.watches.unwatch(batchId);
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
      closed.abort();
      await Promise.all([stopAll(), sequencer.done(), watching.close()]);
      // What was about to start while the rest was stopped.
      await stopAll();
    },
  };
}
