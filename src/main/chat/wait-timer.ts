/** How long a person has waited for a reply, from when it was asked: pauses and failed attempts count. */
export interface Waited {
  /** Milliseconds; null when it was not asked. */
  readonly latencyMs: number | null;
  readonly timeToFirstTokenMs: number | null;
}

export const NOT_ASKED: Waited = { latencyMs: null, timeToFirstTokenMs: null };

export interface WaitTimer {
  /** Some of the reply has come. */
  words(): void;
  read(): Waited;
}

/** @param now milliseconds of a monotonic clock. */
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
