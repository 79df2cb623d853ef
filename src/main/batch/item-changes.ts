/** What a person does with some files of a batch, also while it runs. */
import type { Batch } from '../../shared/batch-data.ts';
import { type Problem, problem } from '../../shared/problem.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Emit } from '../common/emit.ts';
import type { Store } from '../store/store.ts';
import type { BatchStates } from './batch-states.ts';
import type { ItemRemoval } from './item-record.ts';
import type { Runner } from './runner.ts';
import type { Sequencer } from './sequencer.ts';

export interface ItemChanges {
  /** Takes files out of the queue, also while the batch runs. */
  skipItems(batchId: string, itemIds: readonly number[]): Promise<Result<Batch, Problem>>;
  /** Takes files out of the batch, also while it runs; what is being done with them is given up. Tells which were in it. */
  removeItems(batchId: string, itemIds: readonly number[]): Promise<Result<readonly number[], Problem>>;
  /** Puts files that were removed back as they were. Tells which. */
  restoreItems(batchId: string, itemIds: readonly number[]): Promise<Result<readonly number[], Problem>>;
}

interface ItemChangesParts {
  readonly store: Pick<Store, 'write'>;
  readonly emit: Emit;
  readonly runner: Pick<Runner, 'skipped' | 'removed' | 'restored' | 'progressOf'>;
  readonly sequencer: Sequencer;
  readonly states: Pick<BatchStates, 'reread'>;
}

export function createItemChanges({ store, emit, runner, sequencer, states }: ItemChangesParts): ItemChanges {
  const { reread } = states;

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

  return {
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
  };
}
