import type { BatchProgress } from '../../../shared/data.ts';
import type { Problem } from '../../../shared/problem.ts';

/** How fast a batch that runs is. */
export interface BatchPace {
  readonly filesPerSecond: number | null;
  readonly remainingMs: number | null;
  /** Why it stands still, and until when on the clock of `performance`. */
  readonly waiting: { readonly problem: Problem; readonly until: number } | null;
}

/** @param now of the clock of `performance`. */
export function paceOf({ filesPerSecond, remainingMs, waiting }: BatchProgress, now: number): BatchPace {
  const until = waiting === null ? null : { problem: waiting.problem, until: now + waiting.remainingMs };
  return { filesPerSecond, remainingMs, waiting: until };
}
