import { describe, expect, it } from 'vitest';
import type { StoreRequest } from '../../src/main/store/protocol.ts';
import { createWriteQueue } from '../../src/main/store/write-queue.ts';

function queueOf(operations: readonly string[]) {
  const queue = createWriteQueue();
  for (const [id, operation] of operations.entries()) queue.add(request(id, operation));
  return queue;
}

function request(id: number, operation: string): StoreRequest {
  return { id, operation, args: [], urgent: operation !== 'endCall' };
}

const ids = (group: readonly StoreRequest[]) => group.map(({ id }) => id);
const manyOutcomes = Array.from({ length: 40 }, () => 'endCall');

describe('the queue of the writer', () => {
  it('lets outcomes wait', () => {
    const queue = queueOf(['endCall', 'endCall']);
    expect(queue.takeUrgent()).toEqual([]);
    expect(queue.size).toBe(2);
    expect(ids(queue.takeDeferred())).toEqual([0, 1]);
    expect(queue.size).toBe(0);
  });

  it('commits intents with a few of the outcomes, not with all', () => {
    const queue = queueOf([...manyOutcomes, 'beginCall']);
    const group = ids(queue.takeUrgent());
    expect(group).toContain(40);
    expect(group.length).toBeLessThan(20);
    expect(queue.size).toBe(41 - group.length);
  });

  it('never commits a result without the outcomes before it', () => {
    const queue = queueOf([...manyOutcomes, 'beginCall', 'finishItem']);
    expect(ids(queue.takeUrgent()).sort((a, b) => a - b)).toEqual(Array.from({ length: 42 }, (_, id) => id));
    expect(queue.size).toBe(0);
  });

  it('keeps the order of what nobody waits for', () => {
    const queue = queueOf([...manyOutcomes]);
    const taken: number[] = [];
    while (queue.size > 0) taken.push(...ids(queue.takeDeferred()));
    expect(taken).toEqual(Array.from({ length: 40 }, (_, id) => id));
  });

  it('does not let outcomes pile up', () => {
    const queue = queueOf([...Array.from({ length: 600 }, () => 'endCall'), 'beginCall']);
    expect(queue.takeUrgent()).toHaveLength(601);
  });
});
