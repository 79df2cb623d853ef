import { describe, expect, it } from 'vitest';
import { type BatchNotice, createBatchNotices } from '../../src/main/batch/batch-notices.ts';
import type { Batch } from '../../src/shared/batch-data.ts';
import { problem } from '../../src/shared/problem.ts';
import { batchOf } from './set-up.ts';

const running = batchOf({ counts: { total: 9, queued: 9 } });

function watched(isInSight = () => false) {
  const shown: BatchNotice[] = [];
  const notices = createBatchNotices(isInSight, (notice) => shown.push(notice));
  const tell = (change: Partial<Batch>) => notices.progress({ batch: { ...running, ...change } });
  return { notices, shown, tell };
}

const counts = { ...running.counts, total: 1_204, queued: 0, running: 0, done: 1_200, failed: 4 };
const why = problem('quota_exhausted', { host: 'api.example.com' });

describe('a batch that ends while a person looks elsewhere', () => {
  it('is told once, with its name and counts', () => {
    const { shown, tell } = watched();
    tell({ name: 'Contracts', status: 'running' });
    tell({ name: 'Contracts', status: 'finished', counts });
    tell({ name: 'Contracts', status: 'finished', counts });
    expect(shown).toEqual([{ batchId: running.id, title: 'Contracts: finished', body: '1,200 files done, 4 failed.' }]);
  });

  it('is told also when it stopped by itself, and again when it was resumed', () => {
    const { shown, tell } = watched();
    tell({ status: 'interrupted', problem: why, counts: { ...counts, done: 1, failed: 0 } });
    expect(shown[0]?.body).toBe('1 file done, 1,203 left. Docket says why, and can go on.');
    tell({ status: 'running' });
    tell({ status: 'finished', counts });
    expect(shown).toHaveLength(2);
  });

  it('is not told to who cancelled it, closed Docket, looks at it, or wants no such thing', () => {
    const { notices, shown, tell } = watched();
    for (const status of ['collecting', 'ready', 'running', 'cancelled', 'interrupted'] as const) tell({ status });
    notices.setWanted(false);
    tell({ status: 'finished', counts });
    expect(shown).toEqual([]);
    const looked = watched(() => true);
    looked.tell({ status: 'finished', counts });
    expect(looked.shown).toEqual([]);
  });
});
