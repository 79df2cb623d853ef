import { type Problem, problem } from '../../shared/problem.ts';
import { startRunningTimer } from '../common/running-timer.ts';

/** Ends a call that shows no sign of life, counting only time in which Docket could run. */
export interface Watchdog {
  /** Aborted by the caller or by the watchdog. */
  readonly signal: AbortSignal;
  /** Why the watchdog ended the call; null if it did not. */
  problem(): Problem | null;
  /** Bytes arrived, whatever they contain: restarts the silence timer. */
  readonly alive: () => void;
  /** Words arrived: from now on, silence is measured as within a reply. */
  readonly advanced: () => void;
  stop(): void;
}

export interface WatchdogTimes {
  readonly firstTokenTimeoutMs: number;
  readonly idleTimeoutMs: number;
}

/**
 * A server that keeps sending signs of life without words may be working, as models that reason for long do, but not
 * forever: the limit is this many times the wait for the first words.
 */
const WORDLESS_TIMES = 10;

export function watch(times: WatchdogTimes, host: string, outer: AbortSignal): Watchdog {
  const { firstTokenTimeoutMs, idleTimeoutMs } = times;
  const wordlessMs = firstTokenTimeoutMs * WORDLESS_TIMES;
  const controller = new AbortController();
  let reason: Problem | null = null;
  let hasWords = false;

  const timedOut = (waitedMs: number, wasAlive: boolean) =>
    hasWords
      ? problem('timeout_idle', { host, waitedMs, wasAlive }, { partialKept: true })
      : problem('timeout_first_token', { host, waitedMs, wasAlive });
  const end = (why: Problem) => {
    reason ??= why;
    controller.abort();
  };
  // After sleep, data that arrived meanwhile is read first; a connection that did not survive is retried.
  const silence = startRunningTimer(firstTokenTimeoutMs, (stoodStill) => {
    end(stoodStill ? lostInSleep(host) : timedOut(hasWords ? idleTimeoutMs : firstTokenTimeoutMs, false));
  });
  const wordless = startRunningTimer(wordlessMs, (stoodStill) => {
    end(stoodStill ? lostInSleep(host) : timedOut(wordlessMs, true));
  });
  const abort = () => controller.abort();
  if (outer.aborted) abort();
  outer.addEventListener('abort', abort, { once: true });

  return {
    signal: controller.signal,
    problem: () => reason,
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
