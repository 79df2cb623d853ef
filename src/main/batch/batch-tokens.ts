import type { BatchTokens } from '../../shared/batch-data.ts';
import type { Reads } from '../store/operations.ts';

/** Files that are read at once: the thread has other reads in between. */
const FILES_AT_ONCE = 1_000;

/** What all calls of a batch took. What was taken over from another batch is counted there. */
export async function tokensOf(read: Pick<Reads, 'tokensOfFiles'>, batchId: string): Promise<BatchTokens> {
  const sum = { total: 0, cached: 0, reasoning: 0, uncounted: 0 };
  for (let after: number | null = -1; after !== null; ) {
    const some = await read.tokensOfFiles(batchId, after, FILES_AT_ONCE);
    sum.total += some.total;
    sum.cached += some.cached;
    sum.reasoning += some.reasoning;
    sum.uncounted += some.uncounted;
    after = some.lastPosition;
  }
  return sum;
}
