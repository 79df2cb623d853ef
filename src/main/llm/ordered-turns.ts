/** Turns for the work of several, a few at a time: whoever came first goes first, with all that he still has to do. */
export interface OrderedTurns {
  /** @param place of whose work it is; the lowest has its turn first. */
  run<T>(place: number, work: () => Promise<T>): Promise<T>;
  concurrency(): number;
  setConcurrency(concurrency: number): void;
}

interface Waiting {
  readonly place: number;
  readonly begin: () => void;
}

export function createOrderedTurns(initial: number): OrderedTurns {
  const waiting: Waiting[] = [];
  let concurrency = initial;
  let active = 0;

  const next = () => {
    while (active < concurrency) {
      const first = waiting.shift();
      if (first === undefined) return;
      active += 1;
      first.begin();
    }
  };
  const turn = (place: number) =>
    new Promise<void>((begin) => {
      const behind = waiting.findLastIndex((other) => other.place <= place);
      waiting.splice(behind + 1, 0, { place, begin });
      next();
    });
  return {
    run: async (place, work) => {
      await turn(place);
      try {
        return await work();
      } finally {
        active -= 1;
        next();
      }
    },
    concurrency: () => concurrency,
    setConcurrency: (to) => {
      concurrency = to;
      next();
    },
  };
}
