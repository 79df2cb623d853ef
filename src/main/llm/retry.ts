import type { Problem, ProblemCode } from '../../shared/problem.ts';

/** First try included. */
export const MAX_ATTEMPTS = 5;
const BASE_DELAY_MS = 500;
const MAX_DELAY_MS = 20_000;
/** A server that asks for more is not waited for: the call fails with its sentence. */
export const MAX_RETRY_AFTER_MS = 120_000;

/** Worth another try by themselves. A quota, a refusal or a time-out is not: the request may have been worked on. */
const TRANSIENT: ReadonlySet<ProblemCode> = new Set(['rate_limited', 'server_error', 'connection_failed']);

/** Whether a server asks for more time than a call waits for it. */
export function asksTooLong({ retryAfterMs }: Problem): boolean {
  return retryAfterMs !== undefined && retryAfterMs > MAX_RETRY_AFTER_MS;
}

/**
 * How long to wait before the next attempt, or null to give up. Full jitter (Brooker, "Exponential Backoff And
 * Jitter", AWS 2015); a Retry-After is a lower bound, with a little jitter so that a batch does not return at once.
 * One of no time at all, or of a clock that is behind, takes nothing of the backoff away.
 * @param attempt the number of the attempt that failed, from 1.
 */
export function retryDelay(failure: Problem, attempt: number, random: () => number = Math.random): number | null {
  if (attempt >= MAX_ATTEMPTS || !TRANSIENT.has(failure.code)) return null;
  const ceiling = Math.min(MAX_DELAY_MS, BASE_DELAY_MS * 2 ** (attempt - 1));
  if (asksTooLong(failure)) return null;
  const backoff = random() * ceiling;
  return failure.retryAfterMs === undefined
    ? backoff
    : Math.max(backoff, failure.retryAfterMs + random() * BASE_DELAY_MS);
}
