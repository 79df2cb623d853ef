import type { BatchWait } from '../../shared/batch-data.ts';
import type { Problem } from '../../shared/problem.ts';
import { type RunningTimer, startRunningTimer } from '../common/running-timer.ts';
import type { HostGate } from '../llm/host-gate.ts';

/** How a running batch stands still while its host is away. */
export interface HostWait {
  /** Null while the host is not away. Times are of a monotonic clock. */
  current(now: number): BatchWait | null;
  stop(): void;
}

/**
 * @param limitMs for how long a batch waits for its host.
 * @param onLimit told why the host is away, once the batch has waited for so long. Time in which this machine slept is none.
 */
export function watchHost(gate: HostGate, limitMs: () => number, onLimit: (problem: Problem) => void): HostWait {
  let timer: RunningTimer | null = null;

  const away = () => {
    const hold = gate.hold();
    return hold?.confirmed === true ? hold : null;
  };

  const look = () => {
    if (away() === null) {
      timer?.stop();
      timer = null;
    } else {
      timer ??= startRunningTimer(limitMs(), () => {
        const hold = away();
        if (hold !== null) onLimit(hold.problem);
      });
    }
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
      timer?.stop();
    },
  };
}
