import type { ModelServer } from './model-server.ts';

/**
 * Lets trouble begin at the server with the given number of calls from now, and resolves when it has. Whoever waits for
 * the progress of a batch instead may hear of it only when the batch has ended: it is told ten times a second.
 */
export function troubleAfter(model: ModelServer, calls: number, begin: () => unknown): Promise<unknown> {
  let asked = 0;
  return new Promise((resolve) => {
    model.respond(() => {
      asked += 1;
      if (asked === calls) resolve(begin());
      return undefined;
    });
  });
}
