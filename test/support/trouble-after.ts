import type { ModelServer } from './model-server.ts';
import { hangBeforeHeaders, status } from './model-server-replies.ts';
import type { RecordedRequest } from './model-server-requests.ts';

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

/**
 * Refuses one file, and answers nothing that is asked after it. Files are read at the same time and may be asked about in
 * any order, so what is asked before it is answered.
 */
export function hangAfterRefusal(model: ModelServer, isRefused: (request: RecordedRequest) => boolean): void {
  let wasRefused = false;
  model.respond((request) => {
    if (!isRefused(request)) return wasRefused ? hangBeforeHeaders() : undefined;
    wasRefused = true;
    return status(403);
  });
}
