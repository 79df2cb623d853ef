/** What is said of a run is that of its last moments, as long as enough of its files ended in them. */
const RECENT_MS = 20_000;
const ENOUGH_RECENT = 10;
/** After so long without a file, and thrice the time that one took, nobody knows when the next one ends. */
const SILENT_AFTER_MS = 60_000;
const SILENT_AFTER_FILES = 3;

/** Files a second of a run, from its beginning. Times are in milliseconds of a monotonic clock. */
export interface Throughput {
  finished(now: number): void;
  /** Null until two files have finished, and when none has for long. */
  perSecond(now: number): number | null;
}

export function createThroughput(startedAt: number): Throughput {
  const recent: number[] = [];
  let files = 0;
  let lastAt = startedAt;
  const forget = (now: number) => {
    while (recent[0] !== undefined && recent[0] < now - RECENT_MS) recent.shift();
  };
  return {
    finished: (now) => {
      files += 1;
      lastAt = now;
      recent.push(now);
      forget(now);
    },
    perSecond: (now) => {
      forget(now);
      const elapsedMs = Math.max(now - startedAt, 1);
      const silentAfterMs = Math.max(SILENT_AFTER_MS, (SILENT_AFTER_FILES * (lastAt - startedAt)) / files);
      if (files < 2 || now - lastAt > silentAfterMs) return null;
      return recent.length < ENOUGH_RECENT
        ? (files * 1_000) / elapsedMs
        : (recent.length * 1_000) / Math.min(elapsedMs, RECENT_MS);
    },
  };
}
