import pLimit from 'p-limit';

/** The semaphore of all batches: how many model calls may be in flight. It can change while calls run. */
export interface Limiter {
  readonly slot: <T>(call: () => Promise<T>) => Promise<T>;
  limit(): number;
  setLimit(limit: number): void;
}

export function createLimiter(initial: number): Limiter {
  const limiter = pLimit(initial);
  return {
    slot: (call) => limiter(call),
    limit: () => limiter.concurrency,
    setLimit: (limit) => {
      limiter.concurrency = limit;
    },
  };
}
