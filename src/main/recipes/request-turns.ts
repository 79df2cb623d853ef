import pLimit from 'p-limit';
import type { Lanes, Turn } from '../llm/call-options.ts';
import { createPacer } from '../llm/pacer.ts';

/**
 * The turns of the requests about one text, in their order. A long text has thousands, so they are built one per turn of
 * the event loop, and no more of them than can be on record.
 */
export function createRequestTurns({ most }: Pick<Lanes, 'most'>): Turn {
  const turns = pLimit(most());
  const pacer = createPacer();
  return (work) =>
    turns(async () => {
      turns.concurrency = most();
      await pacer.turn();
      return work();
    });
}
