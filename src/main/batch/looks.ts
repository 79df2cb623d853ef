/** Looks at folders that are under way: each is told of as it goes, and can be ended early. */
import type { Emit } from '../common/emit.ts';

/** A window hears of a look this often: one that stands still, as on a drive that is slow, is seen, too. */
const TELL_EVERY_MS = 100;

export interface LookOptions {
  /** Ends it early; what it has found by then is on record. */
  readonly signal: AbortSignal;
  /** Names that were met in folders. */
  readonly onSeen: (names: number) => void;
}

export interface Looks {
  follow<T>(batchId: string, look: (options: LookOptions) => Promise<T>): Promise<T>;
  stop(batchId: string): void;
}

/** @param closed ends all of them. */
export function createLooks(emit: Emit, closed: AbortSignal): Looks {
  const running = new Map<string, AbortController>();

  return {
    follow: async (batchId, look) => {
      const stop = new AbortController();
      let names = 0;
      const tell = () => emit('batch.looking', { batchId, names });
      const timer = setInterval(tell, TELL_EVERY_MS);
      running.set(batchId, stop);
      try {
        return await look({
          signal: AbortSignal.any([stop.signal, closed]),
          onSeen: (more) => {
            names += more;
            // The first ones at once: whoever waits sees that something is done.
            if (names === more) tell();
          },
        });
      } finally {
        clearInterval(timer);
        running.delete(batchId);
      }
    },
    stop: (batchId) => running.get(batchId)?.abort(),
  };
}
