/** A batch that watches its folder, while Docket runs. */
import type { Problem } from '../../../shared/problem.ts';
import type { Unsettled } from '../look-compare.ts';

/** How often and how long, in milliseconds. */
export interface WatchTimes {
  /** Between two looks at whether something is due. */
  readonly tickMs: number;
  /** Between two looks at everything, though every change is told of: an event may be lost. */
  readonly lookEveryMs: number;
  /** The same where changes are not told of. */
  readonly pollEveryMs: number;
  /** Until a server that was away is asked again. */
  readonly againAfterMs: number;
  /** For so long nothing may have been written to a file. */
  readonly settleMs: number;
}

export const watchTimes: WatchTimes = {
  tickMs: 5_000,
  lookEveryMs: 60 * 60_000,
  pollEveryMs: 5 * 60_000,
  againAfterMs: 10 * 60_000,
  settleMs: 2_000,
};

export interface Watched {
  readonly batchId: string;
  /** What changed: paths, or null for anything. */
  pending: Set<string> | null;
  unsettled: Unsettled;
  /** When it is looked at again though nothing was told. */
  nextLookAt: number;
  /** When what waits is tried again; null while that needs a person or another event. */
  retryAt: number | null;
  readonly roots: readonly string[];
  /** What of it is on a share, whose changes are not always told of. */
  share: Problem<'watch_trouble'> | null;
  /** Why changes are not told of at all. */
  deaf: Problem<'watch_trouble'> | null;
  /** When it is asked once more to be told of changes, and how long after that again. */
  listenAt: number;
  listenPauseMs: number;
  /** What it had asked met something that a person has to mend. */
  isBlocked: boolean;
  tending: Promise<void> | null;
  again: boolean;
}

/** Why it is looked through every few minutes; null while changes are told of. */
export function pollsOf({ deaf, share }: Watched): Problem<'watch_trouble'> | null {
  return deaf ?? share;
}

export function createWatched(batchId: string, roots: readonly string[], nextLookAt: number): Watched {
  return {
    batchId,
    roots,
    pending: new Set(),
    unsettled: new Map(),
    nextLookAt,
    retryAt: null,
    share: null,
    deaf: null,
    listenAt: 0,
    listenPauseMs: 0,
    isBlocked: false,
    tending: null,
    again: false,
  };
}
