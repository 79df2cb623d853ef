import pLimit from 'p-limit';
import type { Lanes } from './call-options.ts';

/** How many calls may be recorded and waiting for a slot. */
const AHEAD = 4;
/**
 * How many of those may leave as soon as a slot is free. After a crash these are in doubt although they had not left;
 * the others are known not to have.
 */
const RELEASED_AHEAD = 1;

/** The semaphore of all batches: how many model calls may be in flight. It can be resized while calls run. */
export interface Limiter {
  readonly lanes: Lanes;
  limit(): number;
  setLimit(limit: number): void;
}

export function createLimiter(initial: number): Limiter {
  const slots = pLimit(initial);
  const ahead = pLimit(initial + AHEAD);
  return {
    lanes: {
      ahead: (work) => ahead(work),
      slot: (work) => slots(work),
      room: () => slots.concurrency - slots.activeCount + RELEASED_AHEAD,
      most: () => ahead.concurrency,
    },
    limit: () => slots.concurrency,
    setLimit: (limit) => {
      slots.concurrency = limit;
      ahead.concurrency = limit + AHEAD;
    },
  };
}
