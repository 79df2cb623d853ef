import { readFileSync } from 'node:fs';
import type { Worker } from 'node:worker_threads';

/** Measures how long a thread has worked: processor time in milliseconds, if the system counts it per thread. */
export interface WorkMeter {
  usedMs(): number;
  /** Switches to the system's count. `task` is the thread's system id. */
  countedAs(task: number): void;
}

/**
 * On Linux, the kernel counts per thread. Elsewhere it is the time the thread's event loop was busy, capped at the
 * processor time of the whole process: time that a busy or sleeping machine did not provide is not counted.
 */
export function createWorkMeter(worker: Worker): WorkMeter {
  let task: number | null = null;
  let used = 0;
  let last = { busyMs: 0, processMs: processMs() };

  const busyMs = () => worker.performance.eventLoopUtilization().active;

  return {
    countedAs: (number) => {
      task = number;
    },
    usedMs: () => {
      const counted = task === null ? null : threadMs(task);
      if (counted !== null) return counted;
      const now = { busyMs: busyMs(), processMs: processMs() };
      used += Math.max(0, Math.min(now.busyMs - last.busyMs, now.processMs - last.processMs));
      last = now;
      return used;
    },
  };
}

function processMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** Linux reports ticks of a hundredth of a second to every program. */
const TICK_MS = 10;
/** Fields of `stat` in proc(5), counted after the name, which is in brackets and may contain blanks. */
const USER_TICKS = 11;
const SYSTEM_TICKS = 12;

function threadMs(task: number): number | null {
  try {
    const stat = readFileSync(`/proc/self/task/${task}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[USER_TICKS]) + Number(fields[SYSTEM_TICKS])) * TICK_MS;
  } catch {
    return null; // It has ended.
  }
}

/** The system's id of the calling thread; `null` if it has none. */
export function ownTask(readLink: (path: string) => string): number | null {
  try {
    return Number(readLink('/proc/thread-self').split('/').at(-1));
  } catch {
    return null;
  }
}
