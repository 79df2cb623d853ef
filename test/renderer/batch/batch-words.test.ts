import { describe, expect, it } from 'vitest';
import {
  batchTokenWords,
  listWords,
  lookedWords,
  paceWords,
  progressWords,
  shownStatus,
  stateWords,
  tookWords,
  waitingWords,
} from '../../../src/renderer/src/batch/batch-words.ts';
import { problem } from '../../../src/shared/problem.ts';
import { makeBatch } from './samples.ts';

describe('words for a batch', () => {
  it('counts failed files as settled, cancelled ones as left', () => {
    const batch = makeBatch({ status: 'cancelled', counts: { total: 1000, done: 400, failed: 12, cancelled: 588 } });
    expect(progressWords(batch)).toMatch(/^412 of 1.?000 files$/);
    expect(listWords(batch)).toMatch(/^412 of 1.?000 · 12 failed$/);
  });

  it('does not show a batch as good that finished with failures', () => {
    const finished = (counts: { total: number; done: number; failed: number }) =>
      shownStatus(makeBatch({ status: 'finished', counts }));
    expect(finished({ total: 8, done: 8, failed: 0 })).toBe('finished');
    expect(finished({ total: 8, done: 7, failed: 1 })).toBe('partly_failed');
    expect(finished({ total: 8, done: 0, failed: 8 })).toBe('failed');
    expect(shownStatus(makeBatch({ status: 'running', counts: { total: 8, failed: 1 } }))).toBe('running');
  });

  it('tells a slow pace by the minute, and nothing while it is unknown', () => {
    expect(paceWords({ filesPerSecond: 8.24, remainingMs: 70_400, recognising: [], waiting: null })).toBe(
      '8.2 files/s · 1 min 10 s left',
    );
    expect(paceWords({ filesPerSecond: 0.05, remainingMs: null, recognising: [], waiting: null })).toBe('3 files/min');
    expect(paceWords({ filesPerSecond: null, remainingMs: null, recognising: [], waiting: null })).toBeNull();
    expect(paceWords(undefined)).toBeNull();
  });

  it('tells what a batch waits for that stands still, and no pace of before', () => {
    const limited = problem('rate_limited', { host: 'api.example.com' });
    expect(
      paceWords({
        filesPerSecond: 8,
        remainingMs: 70_000,
        recognising: [],
        waiting: { problem: limited, until: 0, since: null },
      }),
    ).toBeNull();
    expect(waitingWords(limited, 12)).toBe(
      'Waiting: api.example.com asks for fewer calls at a time (HTTP 429). Trying again in 12 s.',
    );
    expect(waitingWords(limited, 0)).toMatch(/ Trying again now\.$/);
  });

  it('tells since when a batch waits for a host that is away, with the day when that is another one', () => {
    const gone = problem('connection_failed', { host: 'api.example.com', reason: 'refused' });
    const today = new Date();
    today.setHours(0, 5, 0, 0);
    expect(waitingWords(gone, 12, today.getTime())).toMatch(
      /^Waiting since \d\d:\d\d( AM)?: Nothing answers at api\.example\.com\. Trying again in 12 s\.$/,
    );
    expect(waitingWords(gone, 12, new Date(2025, 10, 14, 9, 30).getTime())).toMatch(/^Waiting since Nov 14, 09:30/);
  });

  it('has the same to say to who listens for as long as it stands still', () => {
    const batch = makeBatch({ status: 'running' });
    expect(stateWords(batch, false)).toBe('contracts: running.');
    expect(stateWords(batch, true)).toBe('contracts: waiting until api.openai.com takes calls again.');
    expect(stateWords(makeBatch({ status: 'cancelled' }), true)).toBe('contracts: cancelled, 0 done.');
  });

  it('never says that no time is left while files are', () => {
    expect(paceWords({ filesPerSecond: null, remainingMs: 20, recognising: [], waiting: null })).toBe('1 s left');
  });

  it('tells how long a batch took only once it is finished', () => {
    const finished = { status: 'finished', startedAt: 1_000, finishedAt: 81_400 } as const;
    expect(tookWords(makeBatch({ ...finished, workedMs: 80_100 }))).toBe('took 1 min 20 s');
    expect(tookWords(makeBatch({ ...finished, finishedAt: 3_601_000, workedMs: 80_100 }))).toBe(
      'took 1 min 20 s, finished 1 h after its start',
    );
    expect(tookWords(makeBatch({ ...finished, workedMs: null }))).toBe('finished 1 min 20 s after its start');
    expect(tookWords(makeBatch({ status: 'cancelled', startedAt: 1_000, finishedAt: 81_400 }))).toBeNull();
  });
});

describe('another look at a folder', () => {
  it('says what it found, and that it was ended early', () => {
    const found = { added: 3, edited: 1, renamed: 0, gone: 0, stopped: false };
    expect(lookedWords({ batch: makeBatch({ status: 'running' }), ...found })).toEqual({
      title: '3 new files, 1 file edited',
    });
    const ready = makeBatch({ status: 'ready' });
    expect(lookedWords({ batch: ready, ...found, stopped: true })).toEqual({
      title: 'Stopped looking',
      detail: 'Found by then: 3 new files, 1 file edited. They wait until you start the batch.',
    });
    expect(lookedWords({ batch: ready, ...found, added: 0, edited: 0, stopped: true }).detail).toBe(
      'Nothing new was found by then.',
    );
    expect(lookedWords({ batch: ready, ...found, added: 0, edited: 0, renamed: 2, gone: 1 })).toMatchObject({
      title: '2 files renamed, 1 file gone',
    });
  });
});

describe('the tokens of a batch', () => {
  it('are told with what of them was cached or reasoning, if any was', () => {
    expect(batchTokenWords({ total: 12_345, cached: 1_024, reasoning: 300, uncounted: 0 })).toBe(
      '12,345 tokens (1,024 cached, 300 of reasoning)',
    );
    expect(batchTokenWords({ total: 78, cached: 0, reasoning: 0, uncounted: 0 })).toBe('78 tokens');
    expect(batchTokenWords({ total: 78, cached: 0, reasoning: 0, uncounted: 2 })).toBe(
      '78 tokens (without 2 calls that the server did not count)',
    );
    expect(batchTokenWords({ total: 0, cached: 0, reasoning: 0, uncounted: 0 })).toBeNull();
  });
});
