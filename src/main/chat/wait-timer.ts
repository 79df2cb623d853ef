/** How long the user has waited for a reply since asking, including pauses and failed attempts. */
export interface Waited {
  /** Milliseconds; null if the question was never sent. */
  readonly latencyMs: number | null;
  readonly timeToFirstTokenMs: number | null;
}

export const NOT_ASKED: Waited = { latencyMs: null, timeToFirstTokenMs: null };

export interface WaitTimer {
  /** Part of the reply has arrived. */
  words(): void;
  read(): Waited;
}

/** @param now a monotonic clock, in milliseconds. */
export function createWaitTimer(now: () => number = () => performance.now()): WaitTimer {
  const askedAt = now();
  let firstAt: number | null = null;
  const since = (time: number) => Math.round((time - askedAt) * 10) / 10;
  return {
    words: () => {
      firstAt ??= now();
    },
    read: () => ({ latencyMs: since(now()), timeToFirstTokenMs: firstAt === null ? null : since(firstAt) }),
  };
}
