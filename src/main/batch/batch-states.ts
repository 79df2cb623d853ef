/** What a batch becomes: read again, put to work, or made to wait for its go. */
import type { Batch } from '../../shared/batch-data.ts';
import { type Problem, problem } from '../../shared/problem.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Emit } from '../common/emit.ts';
import type { Lease } from '../llm/connections.ts';
import type { Store } from '../store/store.ts';
import type { BatchChange } from './batch-record.ts';
import type { Runner } from './runner.ts';
import type { Allowance } from './watch/allowance.ts';

interface RunOptions {
  /** Names that the walk passed over, where it has just ended. */
  readonly skipped?: number;
  /** The files of a trial. */
  readonly only?: readonly number[];
  /** Of a watch: what it has found is run, as far as that allows. */
  readonly allowance?: Allowance;
}

export interface BatchStates {
  reread(batchId: string): Promise<Result<Batch, Problem>>;
  /** Over the connection that its destination was read from: the settings may have moved on since. */
  run(batchId: string, lease: Lease, options?: RunOptions): Promise<Result<Batch, Problem>>;
  /** It says where it would go, and waits to be started. */
  makeReady(batchId: string, why: Problem | null, byWatch?: boolean): Promise<Result<Batch, Problem>>;
}

interface BatchStatesParts {
  readonly store: Pick<Store, 'read' | 'write'>;
  readonly emit: Emit;
  readonly runner: Pick<Runner, 'run'>;
  /** Told when a person has a batch run. */
  readonly onGo: (batchId: string) => void;
  readonly now: () => number;
}

export function createBatchStates({ store, emit, runner, onGo, now }: BatchStatesParts): BatchStates {
  return {
    reread: async (batchId) => {
      const setup = await store.read.readBatch(batchId);
      return setup === null ? err(noBatch()) : ok(setup.batch);
    },
    run: async (batchId, lease, { skipped, only, allowance } = {}) => {
      // Left where a result could not be written.
      await store.write.requeueItems(batchId, 'running');
      const byWatch = allowance !== undefined;
      const change: BatchChange = { status: 'running', at: now(), isTrial: only !== undefined, byWatch };
      const setup = await store.write.changeBatch(batchId, skipped === undefined ? change : { ...change, skipped });
      if (setup === null) return err(noBatch());
      emit('batch.changed', { batchId });
      runner.run(setup, lease.extend(), { only, allowance });
      if (!byWatch) onGo(batchId);
      return ok(setup.batch);
    },
    makeReady: async (batchId, why, byWatch = false) => {
      const change = { status: 'ready', at: now(), problem: why, byWatch } as const;
      const setup = await store.write.changeBatch(batchId, change);
      emit('batch.changed', { batchId });
      return setup === null ? err(noBatch()) : ok(setup.batch);
    },
  };
}

export function noBatch(): Problem {
  return problem('invalid_input', { what: 'batch_gone' });
}

export function shuttingDown(): Problem {
  return problem('shutting_down', { what: 'docket' });
}
