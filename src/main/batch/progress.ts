import type { Batch, BatchCounts, BatchProgress, ItemRow, ItemStatus } from '../../shared/data.ts';
import type { Emit } from '../emit.ts';
import { createThroughput } from './throughput.ts';

/** A window hears of a batch at most this often. */
const EMIT_EVERY_MS = 100;

/** Counts of a running batch, and the events that tell of them. */
export interface ProgressTracker {
  /** The batch as stored, with the counts of this moment. */
  batch(): Batch;
  setBatch(batch: Batch): void;
  /** Files that were found, queued or already failed. */
  added(counts: Pick<BatchCounts, 'queued' | 'failed'>): void;
  moved(row: ItemRow, from: ItemStatus): void;
  snapshot(): BatchProgress;
  /** Tells now what is still to be told. */
  flush(): void;
}

export function createProgressTracker(initial: Batch, emit: Emit): ProgressTracker {
  let batch = initial;
  let counts: Record<keyof BatchCounts, number> = { ...initial.counts };
  let changed = new Map<number, ItemRow>();
  let timer: NodeJS.Timeout | null = null;
  const throughput = createThroughput();
  /** Of a clock that nobody sets. */
  const now = () => performance.now();

  const current = (): Batch => ({ ...batch, counts: { ...counts } });

  const progress = (rows: readonly ItemRow[]): BatchProgress => {
    const filesPerSecond = batch.status === 'running' ? throughput.perSecond(now()) : null;
    const left = counts.queued + counts.running;
    return {
      batch: current(),
      filesPerSecond,
      remainingMs: filesPerSecond === null ? null : (left / filesPerSecond) * 1000,
      changed: rows,
    };
  };

  const flush = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const rows = [...changed.values()];
    changed = new Map();
    emit('batch.progress', progress(rows));
  };

  const schedule = () => {
    timer ??= setTimeout(flush, EMIT_EVERY_MS);
  };

  return {
    batch: current,
    setBatch: (next) => {
      batch = next;
      counts = { ...next.counts };
      schedule();
    },
    added: ({ queued, failed }) => {
      counts.queued += queued;
      counts.failed += failed;
      counts.total += queued + failed;
      schedule();
    },
    moved: (row, from) => {
      counts[from] -= 1;
      counts[row.status] += 1;
      changed.set(row.id, row);
      if (row.status === 'done' || row.status === 'failed') throughput.finished(now());
      schedule();
    },
    snapshot: () => progress([]),
    flush,
  };
}
