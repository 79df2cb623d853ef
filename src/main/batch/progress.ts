import type { Batch, BatchCounts, BatchProgress, BatchWait, ItemRow, ItemStatus } from '../../shared/batch-data.ts';
import type { Emit } from '../common/emit.ts';
import type { PagesRecognised } from '../documents/extractor.ts';
import { createRecognitionPace } from './recognition-pace.ts';
import { createThroughput } from './throughput.ts';

/** A window hears of a batch at most this often. */
const EMIT_EVERY_MS = 100;
/** And while the batch runs at least this often: what stands still is to be seen, and an old rate is not true for ever. */
const EMIT_AT_LEAST_EVERY_MS = 1_000;

/** What a person may change of a batch while it runs. */
export type BatchAmendment = Partial<Pick<Batch, 'name' | 'watch'>> & Partial<Pick<BatchCounts, 'checked'>>;

const countNames = [
  'total',
  'queued',
  'running',
  'done',
  'failed',
  'cancelled',
  'removed',
  'noted',
  'checked',
] as const satisfies readonly (keyof BatchCounts)[];

/** Counts of a running batch, and the events that tell of them. One that runs must be told its end, and be flushed. */
export interface ProgressTracker {
  /** The batch as stored, with the counts of this moment. */
  batch(): Batch;
  setBatch(batch: Batch): void;
  /** Takes over what a person changed meanwhile. */
  amend(change: BatchAmendment): void;
  /** Files that were found, queued or already failed. */
  added(counts: Pick<BatchCounts, 'queued' | 'failed'>): void;
  /** Names that were met in folders, files or not. */
  seen(names: number): void;
  moved(row: ItemRow, from: ItemStatus): void;
  /** How far the recognition of a file is; null when it has ended. */
  recognising(itemId: number, pages: PagesRecognised | null): void;
  /** Files were removed or brought back. */
  counted(change: BatchCounts): void;
  snapshot(): BatchProgress;
  /** Tells now what is still to be told. */
  flush(): void;
}

/** @param waiting what the calls of a batch that stands still wait for; only a batch that runs has any. */
export function createProgressTracker(
  initial: Batch,
  emit: Emit,
  waiting: (now: number) => BatchWait | null = () => null,
): ProgressTracker {
  let batch = initial;
  let counts: Record<keyof BatchCounts, number> = { ...initial.counts };
  let namesSeen = 0;
  const recognition = createRecognitionPace();
  let changed = new Map<number, ItemRow>();
  let soon: NodeJS.Timeout | undefined;
  let later: NodeJS.Timeout | undefined;
  const throughput = createThroughput(performance.now());
  /** Of a monotonic clock. */
  const now = () => performance.now();

  const current = (): Batch => ({ ...batch, counts: { ...counts } });

  const progress = (rows: readonly ItemRow[]): BatchProgress => {
    const runs = batch.status === 'running';
    const filesPerSecond = runs ? throughput.perSecond(now()) : null;
    const left = counts.queued + counts.running;
    return {
      batch: current(),
      filesPerSecond,
      remainingMs: longer(
        filesPerSecond === null ? null : (left / filesPerSecond) * 1_000,
        recognition.remainingMs(now()),
      ),
      waiting: runs ? waiting(now()) : null,
      namesSeen: batch.status === 'collecting' ? namesSeen : undefined,
      recognising: recognition.underWay(),
      changed: rows,
    };
  };

  const waitForMore = () => {
    clearTimeout(soon);
    clearTimeout(later);
    soon = undefined;
    later = batch.status === 'running' ? setTimeout(flush, EMIT_AT_LEAST_EVERY_MS) : undefined;
  };

  const flush = () => {
    waitForMore();
    const rows = [...changed.values()];
    changed = new Map();
    emit('batch.progress', progress(rows));
  };

  const schedule = () => {
    soon ??= setTimeout(flush, EMIT_EVERY_MS);
  };

  waitForMore();

  return {
    batch: current,
    setBatch: (next) => {
      batch = next;
      counts = { ...next.counts };
      schedule();
    },
    amend: ({ name = batch.name, watch = batch.watch, checked = counts.checked }) => {
      batch = { ...batch, name, watch };
      counts.checked = checked;
      schedule();
    },
    added: ({ queued, failed }) => {
      counts.queued += queued;
      counts.failed += failed;
      counts.total += queued + failed;
      schedule();
    },
    seen: (names) => {
      namesSeen += names;
      schedule();
    },
    moved: (row, from) => {
      counts[from] -= 1;
      counts[row.status] += 1;
      changed.set(row.id, row);
      if (row.status === 'done' || row.status === 'failed') {
        throughput.finished(now());
        if (row.notes.length > 0) counts.noted += 1;
      }
      schedule();
    },
    counted: (change) => {
      for (const name of countNames) counts[name] += change[name];
      schedule();
    },
    recognising: (itemId, pages) => {
      recognition.told(itemId, pages, now());
      schedule();
    },
    snapshot: () => progress([]),
    flush,
  };
}

/** The longer of two times; unknown if either is. */
function longer(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : Math.max(one, other);
}
