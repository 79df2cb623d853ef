import pLimit from 'p-limit';
import type { Lanes } from './call-options.ts';
import { createOrderedTurns } from './ordered-turns.ts';

/** How many calls may be recorded and waiting for a slot. */
const AHEAD = 4;
/**
 * How many of those may leave as soon as a slot is free. After a crash these are in doubt although they had not left;
 * the others are known not to have.
 */
const RELEASED_AHEAD = 1;

/** The semaphore of all batches: how many model calls may be in flight. It can be resized while calls run. */
export interface Limiter {
  /**
   * The turns of one piece of work, such as a file. Its calls go before those of any that made its first call later:
   * however many it needs, one after the other is finished.
   */
  lanes(): Lanes;
  limit(): number;
  setLimit(limit: number): void;
}

export function createLimiter(initial: number): Limiter {
  const slots = pLimit(initial);
  const ahead = createOrderedTurns(initial + AHEAD);
  let places = 0;
  const nextPlace = () => {
    places += 1;
    return places;
  };
  return {
    lanes: () => {
      let place: number | null = null;
      return {
        ahead: (work) => {
          place ??= nextPlace();
          return ahead.run(place, work);
        },
        slot: (work) => slots(work),
        room: () => slots.concurrency - slots.activeCount + RELEASED_AHEAD,
        most: ahead.concurrency,
      };
    },
    limit: () => slots.concurrency,
    setLimit: (limit) => {
      slots.concurrency = limit;
      ahead.setConcurrency(limit + AHEAD);
    },
  };
}
