import type { BatchWait } from '../../shared/batch-data.ts';
import type { Problem } from '../../shared/problem.ts';
import { type RunningTimer, startRunningTimer } from '../common/running-timer.ts';
import type { HostGate } from '../llm/host-gate.ts';

/** For how long a batch waits for a host that is away, by whether it has answered since this process called it first. */
export type HostWaitLimit = (hasAnswered: boolean) => number;

/** How a running batch stands still while its host is away. */
export interface HostWait {
  /** Null while the host is not away. Times are of a monotonic clock. */
  current(now: number): BatchWait | null;
  stop(): void;
}

interface Wait {
  readonly timer: RunningTimer;
  readonly hasAnswered: boolean;
}

/**
 * @param limitMs for how long a batch waits for its host, by whether that has answered at all.
 * @param onLimit told why the host is away, once the batch has waited for so long. Time in which this machine slept is none.
 */
export function watchHost(gate: HostGate, limitMs: HostWaitLimit, onLimit: (problem: Problem) => void): HostWait {
  let wait: Wait | null = null;

  const away = () => {
    const hold = gate.hold();
    return hold?.confirmed === true ? hold : null;
  };

  const startWait = (hasAnswered: boolean): Wait => {
    const waitedMs = limitMs(hasAnswered);
    const timer = startRunningTimer(waitedMs, () => {
      const hold = away();
      if (hold !== null) onLimit({ ...hold.problem, waitedMs });
    });
    return { timer, hasAnswered };
  };

  const look = () => {
    const hasAnswered = gate.hasAnswered();
    // One that was not there may say by now that it is starting: that is waited for as long as any other.
    if (away() !== null && wait?.hasAnswered === hasAnswered) return;
    wait?.timer.stop();
    wait = away() === null ? null : startWait(hasAnswered);
  };

  const stopListening = gate.onChange(look);
  look();

  return {
    current: (now) => {
      const hold = away();
      if (hold === null) return null;
      return {
        problem: hold.problem,
        remainingMs: hold.probing ? 0 : Math.max(0, hold.probeAt - now),
        since: Math.round(Date.now() - (now - hold.since)),
      };
    },
    stop: () => {
      stopListening();
      wait?.timer.stop();
    },
  };
}
