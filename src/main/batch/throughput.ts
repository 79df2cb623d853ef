const WINDOW_MS = 10_000;

/** Files a second over the last ten seconds. */
export interface Throughput {
  finished(now: number): void;
  /** Null until two files have finished. */
  perSecond(now: number): number | null;
}

export function createThroughput(): Throughput {
  const times: number[] = [];
  const forget = (now: number) => {
    while (times[0] !== undefined && times[0] < now - WINDOW_MS) times.shift();
  };
  return {
    finished: (now) => {
      times.push(now);
      forget(now);
    },
    perSecond: (now) => {
      forget(now);
      const [first] = times;
      if (first === undefined || times.length < 2) return null;
      return (times.length * 1000) / Math.max(now - first, 1);
    },
  };
}
