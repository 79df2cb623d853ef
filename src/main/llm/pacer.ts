/**
 * Replies come in bursts, and each lets the next request leave. So that a burst does not become one long turn of the
 * event loop, in which nothing else is answered, pieces of work that take their turn here begin one in a turn of it.
 */
export interface Pacer {
  /** Resolves at once when nothing has begun in this turn of the event loop, else in one of the next, in order. */
  turn(): Promise<void>;
}

export function createPacer(): Pacer {
  const waiting: (() => void)[] = [];
  let taken = false;

  const next = () => {
    const begin = waiting.shift();
    taken = begin !== undefined;
    if (begin === undefined) return;
    begin();
    setImmediate(next);
  };

  return {
    turn: () => {
      if (taken) return new Promise((resolve) => waiting.push(resolve));
      taken = true;
      setImmediate(next);
      return Promise.resolve();
    },
  };
}
