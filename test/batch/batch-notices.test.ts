import { describe, expect, it } from 'vitest';
import { type BatchNotice, createBatchNotices } from '../../src/main/batch/batch-notices.ts';
import { createWatchNews } from '../../src/main/batch/watch/watch-news.ts';
import type { Batch } from '../../src/shared/batch-data.ts';
import { problem } from '../../src/shared/problem.ts';
import type { BatchWatch, WatchEntry } from '../../src/shared/watch-data.ts';
import { batchOf } from './set-up.ts';

const running = batchOf({ counts: { total: 9, queued: 9 } });

const watch: BatchWatch = {
  since: 0,
  limits: { filesPerDay: null, tokensPerDay: null },
  hasBatch: true,
  foundToday: 0,
  usedToday: { files: 0, tokens: 0 },
  hold: null,
  trouble: null,
};

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

describe('a watch that stops while a person looks elsewhere', () => {
  const limit = problem('watch_limit', { what: 'files', limit: 20 });
  const gone = problem('watch_trouble', { reason: 'gone', path: '/home/ada/Secret plans' });
  const event = (entry: WatchEntry, isNews = true) => ({ batchId: running.id, name: 'Contracts', entry, isNews });

  it('is told with its reason, and never with the path of its folder', () => {
    const { notices, shown } = watched();
    notices.watched(event({ what: 'held', problem: limit }));
    notices.watched(event({ what: 'trouble', problem: gone }));
    expect(shown).toEqual([
      {
        batchId: running.id,
        title: 'Contracts: new files wait',
        body: 'The watched folder has reached its limit of 20 files a day.',
      },
      {
        batchId: running.id,
        title: 'Contracts: its folder is not watched',
        body: 'The folder is not there. Docket goes on once it is back.',
      },
    ]);
  });

  it('is not told again, nor what a watch does, nor to who looks at it or wants no such thing', () => {
    const { notices, shown } = watched();
    notices.watched(event({ what: 'held', problem: limit }, false));
    notices.watched(event({ what: 'asked', files: 2, failed: 0, tokens: 10 }));
    notices.watched(event({ what: 'trouble', problem: null }));
    notices.setWanted(false);
    notices.watched(event({ what: 'held', problem: limit }));
    expect(shown).toEqual([]);
    const looked = watched(() => true);
    looked.notices.watched(event({ what: 'held', problem: limit }));
    expect(looked.shown).toEqual([]);
  });

  it('is not told a second time as a batch that stopped', () => {
    const { shown, tell } = watched();
    tell({ status: 'interrupted', problem: why, watch: { ...watch, hasBatch: true } });
    expect(shown).toEqual([]);
  });
});

describe('what of a watch is news', () => {
  const held = { what: 'held', problem: why } as const;
  const gone = { what: 'trouble', problem: problem('watch_trouble', { reason: 'gone', path: '/papers' }) } as const;

  it('is what holds it, once until it got on', () => {
    const isNews = createWatchNews();
    expect([isNews('a', held), isNews('a', held), isNews('b', held)]).toEqual([true, false, true]);
    isNews('a', { what: 'asked', files: 2, failed: 2, tokens: 0 });
    expect(isNews('a', held)).toBe(false);
    isNews('a', { what: 'asked', files: 2, failed: 1, tokens: 0 });
    expect([isNews('a', held), isNews('b', held)]).toEqual([true, false]);
  });

  it('is a folder that cannot be looked at, not one that is looked through', () => {
    const isNews = createWatchNews();
    const slow = problem('watch_trouble', { reason: 'too_many', everyMs: 300_000 });
    expect(isNews('a', { what: 'trouble', problem: slow })).toBe(false);
    expect([isNews('a', gone), isNews('a', { what: 'trouble', problem: null }), isNews('a', gone)]).toEqual([
      true,
      false,
      false,
    ]);
    isNews('a', { what: 'saw', counts: { added: 1 }, names: [] });
    expect(isNews('a', gone)).toBe(true);
  });
});
