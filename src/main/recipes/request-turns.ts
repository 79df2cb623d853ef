import pLimit from 'p-limit';
import type { Lanes, Turn } from '../llm/call-options.ts';
import { createPacer } from '../llm/pacer.ts';

/**
 * The turns of the requests about one text, in their order. A long text has thousands, so no more of them are built than
 * can be on record, and those after the first few one per turn of the event loop. The first are built at once, so that they
 * are there when their turn comes.
 */
export function createRequestTurns({ most }: Pick<Lanes, 'most'>): Turn {
  const turns = pLimit(most());
  const pacer = createPacer();
  let begun = 0;
  return (work) =>
    turns(async () => {
      turns.concurrency = most();
      begun += 1;
      if (begun > most()) await pacer.turn();
      return work();
    });
}
