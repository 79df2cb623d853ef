import { type Problem, problem } from '../../shared/problem.ts';

/** Ends a call that shows no sign of life. */
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
  let timer = setTimeout(() => {
    bark(
      problem(
        'timeout_first_token',
        `${host} sent nothing for ${seconds(times.firstTokenTimeoutMs)}, so Docket stopped waiting. The time-out can be raised in Settings.`,
      ),
    );
  }, times.firstTokenTimeoutMs);

  const bark = (why: Problem) => {
    barked = why;
    controller.abort();
  };
  const abort = () => controller.abort();
  if (outer.aborted) abort();
  outer.addEventListener('abort', abort, { once: true });

  return {
    signal: controller.signal,
    problem: () => barked,
    alive: () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        bark(
          problem(
            'timeout_idle',
            `${host} stopped in the middle of its reply and sent nothing for ${seconds(times.idleTimeoutMs)}. What arrived is kept.`,
          ),
        );
      }, times.idleTimeoutMs);
    },
    stop: () => {
      clearTimeout(timer);
      outer.removeEventListener('abort', abort);
    },
  };
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1000)} s`;
}
