import type { BatchWait } from '../../shared/batch-data.ts';
import type { RetryWait } from '../../shared/call-data.ts';
import type { Problem } from '../../shared/problem.ts';
import type { Lanes } from '../llm/call-options.ts';

/** A shorter wait is over before it is read. */
const SHORTEST_TOLD_MS = 1_000;

/** Notices when a batch stands still because its calls wait for further attempts. Times are of a monotonic clock. */
export interface Standstill {
  /** The same turns; the calls that are on their way in them are counted. */
  counting(lanes: Lanes): Lanes;
  /** A call begins to wait. */
  waits(wait: RetryWait, now: number): void;
  /** A file came to its end: the batch goes on. */
  moved(): void;
  /** Why the batch stands still, and the longest that a call waits; null while it goes on. */
  current(now: number): BatchWait | null;
}

export function createStandstill(): Standstill {
  let onTheirWay = 0;
  let longest: { readonly problem: Problem; readonly until: number } | null = null;
  /** From when nothing is on its way until a file has come to its end: attempts in between do not make it flicker. */
  let stands = false;

  const counted = async <T>(work: () => Promise<T>): Promise<T> => {
    onTheirWay += 1;
    try {
      return await work();
    } finally {
      onTheirWay -= 1;
    }
  };

  return {
    counting: (lanes) => ({ ...lanes, slot: (work) => lanes.slot(() => counted(work)) }),
    waits: ({ problem, delayMs }, now) => {
      const until = now + delayMs;
      if (delayMs >= SHORTEST_TOLD_MS && until >= (longest?.until ?? 0)) longest = { problem, until };
    },
    moved: () => {
      stands = false;
    },
    current: (now) => {
      if (longest === null) return null;
      if (onTheirWay === 0 && longest.until > now) stands = true;
      return stands ? { problem: longest.problem, remainingMs: Math.max(0, longest.until - now), since: null } : null;
    },
  };
}
