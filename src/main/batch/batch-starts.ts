/** What puts a batch to work that does not run: a start, another try, a trial, another recipe, another look at its folder. */
import type { Batch, LookedAgain } from '../../shared/batch-data.ts';
import { type Problem, problem } from '../../shared/problem.ts';
import type { Recipe } from '../../shared/recipe.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { WatchSight } from '../../shared/watch-data.ts';
import type { Emit } from '../common/emit.ts';
import type { Lease } from '../llm/connections.ts';
import { asksMore } from '../recipes/asks-more.ts';
import type { Store } from '../store/store.ts';
import type { BatchSetup } from './batch-record.ts';
import { type BatchStates, noBatch, shuttingDown } from './batch-states.ts';
import { cannotMove, destinationOf, goesTo, sourceOf, willMove } from './destination.ts';
import type { FolderLook, Look } from './look-again.ts';
import type { LookOptions, Looks } from './looks.ts';
import type { Runner } from './runner.ts';
import type { Sequencer } from './sequencer.ts';
import type { Walks } from './walks.ts';
import { whyNotThere } from './watch/watched-roots.ts';

/** Enough to see whether the questions are understood. */
const TRIED_FILES = 3;

export interface StartOptions {
  readonly retryFailed?: boolean;
}

export interface BatchStarts {
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
  /** Ends such a look early; what it has found by then waits to be started. */
  stopLooking(batchId: string): void;
  /** Asks something else from now on; what must be asked for that waits in a batch that is `ready`. */
  changeRecipe(batchId: string, recipe: Recipe): Promise<Result<Batch, Problem>>;
  /** Runs some files of a `ready` batch, by default a few spread over it. It is ready for the others afterwards. */
  tryOut(batchId: string, itemIds?: readonly number[]): Promise<Result<Batch, Problem>>;
  retryFailed(batchId: string): Promise<Result<Batch, Problem>>;
  /** Runs some of its files again: those that failed or were cancelled. */
  retryItems(batchId: string, itemIds: readonly number[]): Promise<Result<Batch, Problem>>;
  /** Reads those of the files that have damaged pages without these. */
  readWithoutPages(batchId: string, itemIds: readonly number[]): Promise<Result<Batch, Problem>>;
}

interface BatchStartsParts {
  readonly store: Pick<Store, 'read' | 'write'>;
  readonly emit: Emit;
  readonly runner: Pick<Runner, 'isRunning'>;
  readonly walks: Pick<Walks, 'has'>;
  readonly sequencer: Sequencer;
  readonly states: BatchStates;
  readonly folders: FolderLook;
  readonly looks: Looks;
  readonly withLease: <T>(use: (lease: Lease) => Promise<T>) => Promise<T>;
  /** The walk had not ended: it is made again from the beginning. */
  readonly recollect: (setup: BatchSetup, thenRun: Lease | null) => Promise<Result<Batch, Problem>>;
  readonly isClosing: () => boolean;
}

/** A batch that may be run. */
interface Idle extends BatchSetup {
  /** It goes to another host now than the one that a person was told of: that waits for a go of its own. */
  readonly waitsForGo: boolean;
  /** It had begun with another provider. */
  readonly moves: Problem | null;
}

export function createBatchStarts(parts: BatchStartsParts): BatchStarts {
  const { store, emit, runner, walks, sequencer, folders, looks, withLease, recollect, isClosing } = parts;
  const { reread, run, makeReady } = parts.states;

  /** The batch, when nothing stands against running it over this connection. */
  const readIdle = async (batchId: string, lease: Lease): Promise<Result<Idle, Problem>> => {
    if (isClosing()) return err(shuttingDown());
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
    const missing = await whyNotThere(store.read, batchId, paths);
    if (missing !== null) return err(missing);
    const found = await looks.follow(batchId, (options) => lookFor(batchId, paths, options));
    const looked = await reread(batchId);
    if (!looked.ok) return looked;
    emit('batch.changed', { batchId });
    if (batch.status === 'ready' || looked.value.counts.queued === 0) return ok({ batch: looked.value, ...found });
    // Whoever ends a look wants no more of it yet.
    const waits = waitsForGo || !batch.local || found.stopped;
    const goes = waits ? await makeReady(batchId, moves) : await run(batchId, lease);
    return goes.ok ? ok({ batch: goes.value, ...found }) : goes;
  };

  const lookFor = async (batchId: string, paths: readonly string[], options: LookOptions) => {
    const edited = await folders.requeueEdited(batchId, options);
    const look = await folders.look(batchId, paths, options);
    const stopped = options.signal.aborted;
    if (!stopped) await store.write.setSkipped(batchId, look.skipped);
    const found = foundBy(look);
    return { ...found, edited: edited + found.edited, stopped };
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
    if (isClosing()) return err(shuttingDown());
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

  return {
    start: (batchId, options = {}) =>
      sequencer.run(batchId, () => withLease((lease) => start(batchId, lease, options.retryFailed ?? false))),
    lookAgain: (batchId) => sequencer.run(batchId, () => withLease((lease) => lookAgain(batchId, lease))),
    stopLooking: looks.stop,
    changeRecipe: (batchId, recipe) => sequencer.run(batchId, () => changeRecipe(batchId, recipe)),
    tryOut: (batchId, itemIds) => sequencer.run(batchId, () => withLease((lease) => tryOut(batchId, itemIds, lease))),
    retryFailed: (batchId) => retryWith(batchId, () => store.write.requeueItems(batchId, 'failed')),
    retryItems: (batchId, itemIds) => retryWith(batchId, () => store.write.requeueChosenItems(batchId, itemIds)),
    readWithoutPages: (batchId, itemIds) => retryWith(batchId, () => store.write.requeueWithoutPages(batchId, itemIds)),
  };
}

function foundBy({ seen }: Look): Omit<LookedAgain, 'batch' | 'stopped'> {
  const count = (...sights: readonly WatchSight[]) => seen.filter(({ sight }) => sights.includes(sight)).length;
  return {
    added: count('added', 'unreadable'),
    edited: count('edited'),
    renamed: count('renamed'),
    gone: count('gone'),
  };
}
