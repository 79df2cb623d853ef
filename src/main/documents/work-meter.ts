import { readFileSync } from 'node:fs';
import type { Worker } from 'node:worker_threads';

/** Tells how long a thread has worked: processor time, in milliseconds, where the system counts it by thread. */
export interface WorkMeter {
  usedMs(): number;
  /** From now on by the system's count. `task` is the thread's own number there. */
  countedAs(task: number): void;
}

/**
 * On Linux the kernel counts each thread. Elsewhere it is the time in which the thread's event loop was busy, and never
 * more than the whole process has worked meanwhile: what a busy or a sleeping machine did not give it is not counted.
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

/** A hundredth of a second, to every program on Linux. */
const TICK_MS = 10;
/** Of proc(5)'s `stat`, counted from the field behind the name, which is in brackets and may hold blanks. */
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

/** The number by which the system counts the calling thread; `null` where it does not. */
export function ownTask(readLink: (path: string) => string): number | null {
  try {
    return Number(readLink('/proc/thread-self').split('/').at(-1));
  } catch {
    return null;
  }
}
