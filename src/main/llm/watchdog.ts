import { type Problem, problem } from '../../shared/problem.ts';
import { startRunningTimer } from '../running-timer.ts';

/** Ends a call that shows no sign of life for a time in which Docket itself could run. */
export interface Watchdog {
  /** Aborted by the caller or by the watchdog. */
  readonly signal: AbortSignal;
  /** Why the watchdog barked; null when it did not. */
  problem(): Problem | null;
  /** Something arrived: from now on the idle time counts. */
  alive(): void;
  stop(): void;
}

export interface WatchdogTimes {
  readonly firstTokenTimeoutMs: number;
  readonly idleTimeoutMs: number;
}

export function watch(times: WatchdogTimes, host: string, outer: AbortSignal): Watchdog {
  const controller = new AbortController();
  let barked: Problem | null = null;
  let isAlive = false;

  // Whoever closes a laptop's lid gets what had time to arrive; a connection that did not survive is tried again.
  const timer = startRunningTimer(times.firstTokenTimeoutMs, (stoodStill) => {
    barked = stoodStill ? lostInSleep(host) : isAlive ? idle(host, times) : noFirstToken(host, times);
    controller.abort();
  });
  const abort = () => controller.abort();
  if (outer.aborted) abort();
  outer.addEventListener('abort', abort, { once: true });

  return {
    signal: controller.signal,
    problem: () => barked,
    alive: () => {
      isAlive = true;
      timer.restart(times.idleTimeoutMs);
    },
    stop: () => {
      timer.stop();
      outer.removeEventListener('abort', abort);
    },
  };
}

function noFirstToken(host: string, { firstTokenTimeoutMs }: WatchdogTimes): Problem {
  return problem('timeout_first_token', { host, waitedMs: firstTokenTimeoutMs });
}

function idle(host: string, { idleTimeoutMs }: WatchdogTimes): Problem {
  return problem('timeout_idle', { host, waitedMs: idleTimeoutMs }, { partialKept: true });
}

function lostInSleep(host: string): Problem {
  return problem('connection_failed', { host, reason: 'slept' });
}
