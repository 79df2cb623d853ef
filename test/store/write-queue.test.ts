import { describe, expect, it } from 'vitest';
import type { StoreRequest } from '../../src/main/store/protocol.ts';
import { createWriteQueue, type WriteQueue } from '../../src/main/store/write-queue.ts';

function queueOf(operations: readonly string[]): WriteQueue {
  const queue = createWriteQueue();
  for (const [id, operation] of operations.entries()) queue.add(request(id, operation));
  return queue;
}

function request(id: number, operation: string): StoreRequest {
  return { id, operation, args: [], urgent: operation !== 'endCall' };
}

const ids = (group: readonly StoreRequest[]) => group.map(({ id }) => id);
const outcomes = (count: number) => Array.from({ length: count }, () => 'endCall');

/** All groups that are written at once. */
function urgentGroups(queue: WriteQueue): readonly (readonly number[])[] {
  const groups: (readonly number[])[] = [];
  for (;;) {
    const group = ids(queue.takeUrgent());
    if (group.length === 0) return groups;
    groups.push(group);
  }
}

describe('the write queue', () => {
  it('lets outcomes wait', () => {
    const queue = queueOf(outcomes(2));
    expect(queue.takeUrgent()).toEqual([]);
    expect(queue.size).toBe(2);
    expect(ids(queue.takeDeferred())).toEqual([0, 1]);
    expect(queue.size).toBe(0);
  });

  it('commits intents together, without the outcomes before them', () => {
    const queue = queueOf([...outcomes(40), 'beginCall', 'endCall', 'beginCall']);
    expect(urgentGroups(queue)).toEqual([[40, 42]]);
    expect(queue.size).toBe(41);
  });

  it('never commits a result without the outcomes before it', () => {
    const queue = queueOf([...outcomes(40), 'finishItem', 'endCall']);
    const written = urgentGroups(queue).flat();
    expect(written.slice(0, 41)).toEqual(Array.from({ length: 41 }, (_, id) => id));
  });

  it('writes a few at a time, so that a new intent comes next', () => {
    const queue = queueOf([...outcomes(40), 'finishItem']);
    expect(ids(queue.takeUrgent()).length).toBeLessThan(10);
    queue.add(request(99, 'beginCall'));
    expect(ids(queue.takeUrgent())).toEqual([99]);
  });

  it('gives a result its turn however many intents arrive', () => {
    const queue = queueOf(['finishItem']);
    const written: number[] = [];
    for (let id = 1; id <= 3; id += 1) {
      queue.add(request(id, 'beginCall'));
      written.push(...ids(queue.takeUrgent()));
    }
    expect(written).toContain(0);
  });

  it('keeps the order of deferred writes', () => {
    const queue = queueOf(outcomes(40));
    const taken: number[] = [];
    while (queue.size > 0) taken.push(...ids(queue.takeDeferred()));
    expect(taken).toEqual(Array.from({ length: 40 }, (_, id) => id));
  });

  it('does not let outcomes pile up while intents keep coming', () => {
    const queue = queueOf(outcomes(600));
    for (let id = 600; id < 1_000; id += 1) {
      queue.add(request(id, 'beginCall'));
      queue.takeUrgent();
    }
    expect(queue.size).toBeLessThan(300);
  });

  it('returns everything when closing, intents first', () => {
    const queue = queueOf(['endCall', 'beginCall', 'finishItem']);
    expect(ids(queue.takeAll())).toEqual([1, 0, 2]);
    expect(queue.size).toBe(0);
  });
});
