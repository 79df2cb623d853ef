/** How long the user has waited for a reply since asking, including pauses and failed attempts. */
export interface Waited {
  /** Milliseconds; null if the question was never sent. */
  readonly latencyMs: number | null;
  readonly timeToFirstTokenMs: number | null;
  /** Null if there was no reasoning, or it arrived together with the answer. */
  readonly reasoningMs: number | null;
}

export const NOT_ASKED: Waited = { latencyMs: null, timeToFirstTokenMs: null, reasoningMs: null };

export interface WaitTimer {
  /** Part of the answer has arrived. */
  words(): void;
  /** Part of the reasoning has arrived. */
  thoughts(): void;
  /** The call is sent again, or the answer so far turned out to be `reasoning`. */
  startOver(reasoning: string): void;
  /** How long the model reasoned; null until it answers. */
  reasoningMs(): number | null;
  read(): Waited;
}

/** Reasoning that arrives together with the answer does not show how long it took. */
const SHORTEST_REASONING_MS = 1;

/** @param now a monotonic clock, in milliseconds. */
export function createWaitTimer(now: () => number = () => performance.now()): WaitTimer {
  const askedAt = now();
  let wordsAt: number | null = null;
  let thoughtsAt: number | null = null;
  let readAt: number | null = null;
  /** What arrives in one piece is read without a break, and has one time, however slow the machine is at it. */
  const arrival = () => {
    if (readAt === null) {
      readAt = now();
      queueMicrotask(() => {
        readAt = null;
      });
    }
    return readAt;
  };
  const between = (from: number, to: number) => Math.round((to - from) * 10) / 10;
  const reasoningUntil = (end: number) => {
    const ms = thoughtsAt === null ? 0 : between(thoughtsAt, end);
    return ms < SHORTEST_REASONING_MS ? null : ms;
  };
  return {
    words: () => {
      wordsAt ??= arrival();
    },
    thoughts: () => {
      thoughtsAt ??= arrival();
    },
    startOver: (reasoning) => {
      thoughtsAt = reasoning === '' ? null : (thoughtsAt ?? wordsAt);
      wordsAt = null;
    },
    reasoningMs: () => (wordsAt === null ? null : reasoningUntil(wordsAt)),
    read: () => ({
      latencyMs: between(askedAt, now()),
      timeToFirstTokenMs: wordsAt === null ? null : between(askedAt, wordsAt),
      reasoningMs: reasoningUntil(wordsAt ?? now()),
    }),
  };
}
