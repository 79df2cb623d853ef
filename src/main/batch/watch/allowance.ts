/** How much a watch may still ask today. */
import { type Problem, problem } from '../../../shared/problem.ts';
import type { WatchLimits, WatchUse } from '../../../shared/watch-data.ts';

export interface Allowance {
  /** How many more files may be taken now. */
  left(): number;
  /** Files were taken, or given back unasked; tokens were spent. */
  use(use: Partial<WatchUse>): void;
  /** What was used of it since it was made. */
  used(): WatchUse;
  /** Which limit is reached; null while none is. */
  reached(): Problem<'watch_limit'> | null;
}

/**
 * Files count when they are taken, tokens when they are spent, so the files that are asked at that moment may go over a
 * limit of tokens.
 * @param before what was used today.
 * @param record keeps what is used from now on.
 */
export function createAllowance(
  { filesPerDay, tokensPerDay }: WatchLimits,
  before: WatchUse,
  record: (use: WatchUse) => void,
): Allowance {
  let used: WatchUse = { files: 0, tokens: 0 };
  const left = (limit: number | null, of: keyof WatchUse) =>
    limit === null ? Number.POSITIVE_INFINITY : Math.max(0, limit - before[of] - used[of]);
  const reached = () => {
    if (filesPerDay !== null && left(filesPerDay, 'files') === 0) {
      return problem('watch_limit', { what: 'files', limit: filesPerDay });
    }
    if (tokensPerDay !== null && left(tokensPerDay, 'tokens') === 0) {
      return problem('watch_limit', { what: 'tokens', limit: tokensPerDay });
    }
    return null;
  };
  return {
    left: () => (reached() === null ? left(filesPerDay, 'files') : 0),
    use: ({ files = 0, tokens = 0 }) => {
      if (files === 0 && tokens === 0) return;
      used = { files: used.files + files, tokens: used.tokens + tokens };
      record({ files, tokens });
    },
    used: () => used,
    reached,
  };
}
