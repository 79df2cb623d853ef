import type { BatchProgress, RecognisingItem } from '../../../shared/batch-data.ts';
import type { Problem } from '../../../shared/problem.ts';

/** How fast a batch that runs is. */
export interface BatchPace {
  readonly filesPerSecond: number | null;
  readonly remainingMs: number | null;
  /** Files whose pages are recognised now. */
  readonly recognising: readonly RecognisingItem[];
  /** Why it stands still, and until when on the clock of `performance`; `since` when its host is away, if it is. */
  readonly waiting: { readonly problem: Problem; readonly until: number; readonly since: number | null } | null;
}

/** @param now of the clock of `performance`. */
export function paceOf(
  { filesPerSecond, remainingMs, waiting, recognising = [] }: BatchProgress,
  now: number,
): BatchPace {
  if (waiting === null) return { filesPerSecond, remainingMs, recognising, waiting };
  const { problem, since } = waiting;
  return { filesPerSecond, remainingMs, recognising, waiting: { problem, until: now + waiting.remainingMs, since } };
}
