import type { Problem, ProblemCode } from '../../shared/problem.ts';

/** Includes the first attempt. */
export const MAX_ATTEMPTS = 5;
const BASE_DELAY_MS = 500;
const MAX_DELAY_MS = 20_000;
/** If a server asks for a longer wait, the call fails with the server's message. */
export const MAX_RETRY_AFTER_MS = 120_000;

/** Failures worth retrying. A quota, a refusal or a time-out is not one: the request may have been processed. */
const TRANSIENT: ReadonlySet<ProblemCode> = new Set(['rate_limited', 'server_error', 'connection_failed']);

/** Whether a server asks for a longer wait than a call accepts. */
export function asksTooLong({ retryAfterMs }: Problem): boolean {
  return retryAfterMs !== undefined && retryAfterMs > MAX_RETRY_AFTER_MS;
}

/**
 * How long to wait before the next attempt, or null to give up. Full jitter (Brooker, "Exponential Backoff And Jitter",
 * AWS 2015). A Retry-After is a lower bound, plus a little jitter so that a batch does not return all at once. One of
 * zero, or from a clock that is behind, does not shorten the backoff.
 * @param attempt the number of the failed attempt, from 1.
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
