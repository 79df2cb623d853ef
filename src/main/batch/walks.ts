/** Batches whose folders are being walked: from the drop until every file is a row. */
import type { Batch } from '../../shared/batch-data.ts';
import type { Emit } from '../common/emit.ts';
import type { Extractor } from '../documents/extractor.ts';
import type { Store } from '../store/store.ts';
import { collectFiles } from './collect.ts';
import { type BatchAmendment, createProgressTracker, type ProgressTracker } from './progress.ts';
import { whyStopped } from './why-stopped.ts';

/** What a batch becomes when its walk is ended early. */
export type StopAs = 'cancelled' | 'interrupted';

/** The walks that are under way, at most one for each batch. */
export interface Walks {
  /** Returns at once; the walk goes on in the background. */
  begin(batch: Batch, paths: readonly string[], options: WalkOptions): void;
  has(batchId: string): boolean;
  ids(): readonly string[];
  /** Tells what a person changed of a batch, if it is walked. */
  amend(batchId: string, change: BatchAmendment): void;
  /** Ends a walk and resolves when its batch says so; at once when there is none. */
  stop(batchId: string, as: StopAs): Promise<void>;
  /** Resolves when the batch is not walked any more. */
  settled(batchId: string): Promise<void>;
}

export interface WalkOptions {
  /** What the batch does when all its files are known; left out, it is ready and waits. */
  readonly whenCollected?: ((skipped: number) => Promise<unknown>) | undefined;
}

export interface WalksParts {
  readonly store: Pick<Store, 'write'>;
  readonly emit: Emit;
  readonly extractor: Pick<Extractor, 'list'>;
  /** Files and folders that no batch reads. */
  readonly leaveOut: readonly string[];
  readonly onActivity: () => void;
  readonly onFailure: (error: unknown) => void;
  readonly now: () => number;
}

interface Walk {
  readonly progress: ProgressTracker;
  readonly controller: AbortController;
  readonly done: Promise<void>;
  stopAs: StopAs | null;
}

export function createWalks(parts: WalksParts): Walks {
  const { write } = parts.store;
  const walks = new Map<string, Walk>();

  const work = async (
    walk: Walk,
    progress: ProgressTracker,
    paths: readonly string[],
    { whenCollected }: WalkOptions,
  ) => {
    const { id } = progress.batch();
    const { leaveOut, extractor } = parts;
    const options = { signal: walk.controller.signal, leaveOut, list: extractor.list, onSeen: progress.seen };
    // That it began is told at once: the first file of a large folder takes a while.
    progress.flush();
    const skipped = await collectFiles(write, id, paths, options, progress.added);
    if (walk.stopAs === 'cancelled') await write.cancelQueuedItems(id);
    if (walk.stopAs === null && whenCollected !== undefined) {
      progress.flush();
      await whenCollected(skipped);
      return;
    }
    const setup = await write.changeBatch(id, { status: walk.stopAs ?? 'ready', at: parts.now(), skipped });
    if (setup !== null) progress.setBatch(setup.batch);
    progress.flush();
  };

  /** The window hears it also when the store takes not even that: nothing comes after it. */
  const fail = async (progress: ProgressTracker, error: unknown) => {
    parts.onFailure(error);
    const stopped = { status: 'interrupted', problem: whyStopped(error) } as const;
    const change = { ...stopped, at: parts.now() };
    const setup = await write.changeBatch(progress.batch().id, change).catch(() => null);
    progress.setBatch(setup?.batch ?? { ...progress.batch(), ...stopped });
    progress.flush();
  };

  return {
    begin: (batch, paths, options) => {
      const progress = createProgressTracker(batch, parts.emit);
      const done = Promise.resolve()
        .then(() => work(walk, progress, paths, options))
        .catch((error: unknown) => fail(progress, error))
        .catch(parts.onFailure)
        .finally(() => {
          walks.delete(batch.id);
          parts.onActivity();
        });
      const walk: Walk = { progress, controller: new AbortController(), done, stopAs: null };
      walks.set(batch.id, walk);
      parts.onActivity();
    },
    has: (batchId) => walks.has(batchId),
    ids: () => [...walks.keys()],
    amend: (batchId, change) => walks.get(batchId)?.progress.amend(change),
    stop: async (batchId, as) => {
      const walk = walks.get(batchId);
      if (walk === undefined) return;
      walk.stopAs ??= as;
      walk.controller.abort();
      await walk.done;
    },
    settled: async (batchId) => walks.get(batchId)?.done,
  };
}
