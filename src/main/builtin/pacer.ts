import { setImmediate } from 'node:timers/promises';

/** Yields the thread briefly if it was held too long. Throws if the work is no longer wanted. */
export type Pacer = () => Promise<void>;

/** How long other requests may wait for one slice of work, in milliseconds. */
const SLICE_MS = 20;

export function createPacer(signal?: AbortSignal): Pacer {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < SLICE_MS) return;
    await setImmediate();
    signal?.throwIfAborted();
    since = performance.now();
  };
}
