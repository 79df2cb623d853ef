/** What can be asked of batches and their files. */
import type { Batch, BatchProgress, ItemDetail } from '../../shared/batch-data.ts';
import type { BatchPlan } from '../../shared/batch-plan.ts';
import { type Problem, problem } from '../../shared/problem.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Lease } from '../llm/connections.ts';
import type { Store } from '../store/store.ts';
import { type BatchStates, noBatch } from './batch-states.ts';
import { planOf } from './plan.ts';
import type { Runner } from './runner.ts';

export interface BatchReads {
  list(): Promise<readonly Batch[]>;
  progress(batchId: string): Promise<Result<BatchProgress, Problem>>;
  /** What it would do if it were started. */
  plan(batchId: string): Promise<Result<BatchPlan, Problem>>;
  item(itemId: number): Promise<Result<ItemDetail, Problem>>;
  /** The files that can be read without their damaged pages. */
  damagedInPart(batchId: string): Promise<readonly number[]>;
  /** What was dropped or named. */
  paths(batchId: string): Promise<Result<readonly string[], Problem>>;
}

interface BatchReadsParts {
  readonly store: Pick<Store, 'read'>;
  readonly runner: Pick<Runner, 'progressOf'>;
  readonly states: Pick<BatchStates, 'reread'>;
  readonly withLease: <T>(use: (lease: Lease) => Promise<T>) => Promise<T>;
}

export function createBatchReads(parts: BatchReadsParts): BatchReads {
  const {
    store: { read },
    runner,
    states: { reread },
    withLease,
  } = parts;
  return {
    list: async () => (await read.listBatches()).map((batch) => runner.progressOf(batch.id)?.batch ?? batch),
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
      return batch.ok ? ok(await withLease(({ connection }) => planOf(read, batch.value, connection))) : batch;
    },
    paths: async (batchId) => {
      const setup = await read.readBatch(batchId);
      return setup === null ? err(noBatch()) : ok(setup.paths);
    },
    damagedInPart: (batchId) => read.damagedInPart(batchId),
    item: async (itemId) => {
      const detail = await read.readItemDetail(itemId);
      return detail === null ? err(problem('invalid_input', { what: 'item_gone' })) : ok(detail);
    },
  };
}
