/**
 * Starts one piece of work per turn of the event loop. Replies come in bursts, and each lets the next request leave;
 * without pacing, a burst would block everything else.
 */
export interface Pacer {
  /** Resolves at once if nothing has started in this turn of the event loop, otherwise in a later turn, in order. */
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
