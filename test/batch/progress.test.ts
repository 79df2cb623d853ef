import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createProgressTracker } from '../../src/main/batch/progress.ts';
import type { Batch, BatchCounts, BatchProgress, BatchStatus, ItemRow } from '../../src/shared/batch-data.ts';
import { batchOf } from './set-up.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

function track(batch: Batch) {
  const told: BatchProgress[] = [];
  const tracker = createProgressTracker(batch, (name, payload) => {
    if (name === 'batch.progress') told.push(payload);
  });
  return { tracker, told, last: () => told.at(-1) };
}

const batchThat = (status: BatchStatus, counts: Partial<BatchCounts> = {}) => batchOf({ id: 'b', status, counts });

const running = () => batchThat('running', { total: 40, queued: 20, running: 20 });

function doneRow(position: number): ItemRow {
  return {
    id: position + 1,
    batchId: 'b',
    position,
    name: `${position}.txt`,
    isInside: false,
    bytes: 100,
    status: 'done',
    answers: [],
    totalTokens: null,
    latencyMs: 100,
    notes: [],
    problem: null,
    checkedAt: null,
    goneAt: null,
  };
}

/** Two files a second. */
function finishFiles(tracker: ReturnType<typeof track>['tracker'], count: number): void {
  for (let position = 0; position < count; position += 1) {
    tracker.moved(doneRow(position), 'running');
    vi.advanceTimersByTime(500);
  }
}

describe('the progress of a batch', () => {
  it('is told while nothing finishes: its rate and time left fall and are then unknown', () => {
    const { tracker, told, last } = track(running());
    finishFiles(tracker, 10);
    const rate = last()?.filesPerSecond ?? 0;
    expect(rate).toBeGreaterThan(1);

    vi.advanceTimersByTime(4_000);
    expect(last()?.filesPerSecond).toBeLessThan(rate);
    expect(last()?.remainingMs).toBeGreaterThan(0);
    vi.advanceTimersByTime(50_000);
    told.length = 0;
    vi.advanceTimersByTime(10_000);

    expect(told.length).toBeGreaterThanOrEqual(10);
    expect(told.length).toBeLessThanOrEqual(11);
    expect(last()).toMatchObject({ filesPerSecond: null, remainingMs: null, changed: [] });
    expect(last()?.batch.counts).toMatchObject({ done: 10, running: 10 });
  });

  it('has time left as long as pictures are still recognised, unknown until the first was', () => {
    const { tracker, last } = track(running());
    finishFiles(tracker, 18);
    tracker.recognising(30, { done: 0, of: 10 });
    vi.advanceTimersByTime(1_000);
    expect(last()?.remainingMs).toBeNull();

    vi.advanceTimersByTime(3_000);
    tracker.recognising(30, { done: 1, of: 10 });
    tracker.recognising(31, { done: 4, of: 5 });
    vi.advanceTimersByTime(100);
    expect(last()?.remainingMs).toBeGreaterThan(39_000);
    expect(last()?.remainingMs).toBeLessThan(43_000);

    tracker.recognising(30, null);
    tracker.recognising(31, null);
    vi.advanceTimersByTime(100);
    expect(last()?.remainingMs).toBeLessThan(20_000);
  });

  it('counts the files that have notes as they finish', () => {
    const { tracker, last } = track(running());
    tracker.moved({ ...doneRow(0), notes: [{ code: 'comments_not_read', params: {} }] }, 'running');
    finishFiles(tracker, 2);
    expect(last()?.batch.counts).toMatchObject({ done: 3, noted: 1 });
  });

  it('tells how many names were met while folders are read', () => {
    const { tracker, last } = track(batchThat('collecting'));
    tracker.seen(1_000);
    tracker.seen(200);
    vi.advanceTimersByTime(100);
    expect(last()?.namesSeen).toBe(1_200);
    tracker.setBatch(batchThat('running'));
    tracker.flush();
    expect(last()?.namesSeen).toBeUndefined();
  });

  it('is told no more often because of that while files finish', () => {
    const { tracker, told } = track(running());
    vi.advanceTimersByTime(1_000);
    told.length = 0;
    finishFiles(tracker, 10);
    expect(told).toHaveLength(10);
  });

  it.each(['finished', 'cancelled', 'interrupted'] as const)('leaves no timer behind when it is %s', (status) => {
    const { tracker, told } = track(running());
    finishFiles(tracker, 2);
    tracker.setBatch(batchThat(status));
    tracker.flush();
    expect(vi.getTimerCount()).toBe(0);
    expect(told.at(-1)?.batch.status).toBe(status);
  });

  it('of one that does not run is told only when something changes', () => {
    const { tracker, told } = track(batchThat('collecting'));
    tracker.added({ queued: 3, failed: 0 });
    vi.advanceTimersByTime(10_000);
    expect(told).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});
