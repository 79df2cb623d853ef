import { type Problem, problem } from '../../shared/problem.ts';
import { startRunningTimer } from '../common/running-timer.ts';

/** Ends a call that shows no sign of life for a time in which Docket itself could run. */
export interface Watchdog {
  /** Aborted by the caller or by the watchdog. */
  readonly signal: AbortSignal;
  /** Why the watchdog barked; null when it did not. */
  problem(): Problem | null;
  /** Some bytes arrived, whatever is in them: the time of silence counts anew. */
  readonly alive: () => void;
  /** Words arrived: from now on silence is that in the middle of a reply. */
  readonly advanced: () => void;
  stop(): void;
}

export interface WatchdogTimes {
  readonly firstTokenTimeoutMs: number;
  readonly idleTimeoutMs: number;
}

/**
 * A server that says over and over that it is still there may be working, as models that think for long are, but not
 * for ever: so many times the wait for the first words.
 */
const WORDLESS_TIMES = 10;

export function watch(times: WatchdogTimes, host: string, outer: AbortSignal): Watchdog {
  const { firstTokenTimeoutMs, idleTimeoutMs } = times;
  const wordlessMs = firstTokenTimeoutMs * WORDLESS_TIMES;
  const controller = new AbortController();
  let barked: Problem | null = null;
  let hasWords = false;

  const timedOut = (waitedMs: number, wasAlive: boolean) =>
    hasWords
      ? problem('timeout_idle', { host, waitedMs, wasAlive }, { partialKept: true })
      : problem('timeout_first_token', { host, waitedMs, wasAlive });
  const bark = (why: Problem) => {
    barked ??= why;
    controller.abort();
  };
  // Whoever closes a laptop's lid gets what had time to arrive; a connection that did not survive is tried again.
  const silence = startRunningTimer(firstTokenTimeoutMs, (stoodStill) => {
    bark(stoodStill ? lostInSleep(host) : timedOut(hasWords ? idleTimeoutMs : firstTokenTimeoutMs, false));
  });
  const wordless = startRunningTimer(wordlessMs, (stoodStill) => {
    bark(stoodStill ? lostInSleep(host) : timedOut(wordlessMs, true));
  });
  const abort = () => controller.abort();
  if (outer.aborted) abort();
  outer.addEventListener('abort', abort, { once: true });

  return {
    signal: controller.signal,
    problem: () => barked,
    alive: () => silence.restart(hasWords ? idleTimeoutMs : firstTokenTimeoutMs),
    advanced: () => {
      hasWords = true;
      silence.restart(idleTimeoutMs);
      wordless.restart(wordlessMs);
    },
    stop: () => {
      silence.stop();
      wordless.stop();
      outer.removeEventListener('abort', abort);
    },
  };
}

function lostInSleep(host: string): Problem {
  return problem('connection_failed', { host, reason: 'slept' });
}
