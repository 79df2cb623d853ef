import { constants, setPriority } from 'node:os';
import { Worker } from 'node:worker_threads';
import { type Problem, problem } from '../../shared/problem.ts';
import { outOfMemory } from './file-problems.ts';
import { memoryExitCode } from './memory-guard.ts';
import type { ExtractResult, ListResult, ThreadMessage, ThreadSettings } from './thread-messages.ts';
import { createWorkMeter, type WorkMeter } from './work-meter.ts';

/** Events of a thread. */
export interface ThreadEvents {
  readonly onResult: (result: ExtractResult | ListResult) => void;
  readonly onSize: (bytes: number) => void;
  /** The program is loaded, or what reads a document's format. */
  readonly onReady: () => void;
  /** The thread has ended or is unusable. */
  readonly onEnd: (reason: Problem) => void;
}

export interface ReaderThread {
  readonly worker: Worker;
  readonly meter: WorkMeter;
  /** Permanently lowers the thread's priority, if the system supports that per thread. */
  giveWay(): void;
  gaveWay(): boolean;
}

export interface ReaderThreadOptions {
  readonly workerUrl: URL;
  readonly settings: ThreadSettings;
  readonly maxHeapMb: number;
}

/** Starts a thread that reads documents on request. */
export function startReaderThread(
  { workerUrl, settings, maxHeapMb }: ReaderThreadOptions,
  events: ThreadEvents,
): ReaderThread {
  const worker = new Worker(workerUrl, {
    workerData: settings,
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMb },
    env: {},
    execArgv: [],
    stdout: true,
    stderr: true,
  });
  // Parser output is of no use to anyone, and would pile up in memory if unread.
  worker.stdout.resume();
  worker.stderr.resume();
  const meter = createWorkMeter(worker);
  let task: number | null = null;
  let hasGivenWay = false;
  worker.on('message', (message: ThreadMessage) => {
    if ('result' in message) events.onResult(message.result);
    else if ('bytes' in message) events.onSize(message.bytes);
    else {
      task ??= message.task;
      if (task !== null) meter.countedAs(task);
      events.onReady();
    }
  });
  worker.on('error', (error) => events.onEnd(problemOfCrash(error, maxHeapMb)));
  worker.on('exit', (code) => events.onEnd(problemOfExit(code, maxHeapMb)));
  return {
    worker,
    meter,
    giveWay: () => {
      if (task !== null) hasGivenWay = setLowPriority(task);
    },
    gaveWay: () => hasGivenWay,
  };
}

/** On Linux, priorities are per thread. @returns whether it was lowered. */
function setLowPriority(task: number): boolean {
  try {
    setPriority(task, constants.priority.PRIORITY_LOW);
    return true;
  } catch {
    return false; // The thread has ended.
  }
}

function problemOfCrash(error: unknown, maxHeapMb: number): Problem {
  const isOutOfMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  return isOutOfMemory ? outOfMemory(maxHeapMb) : crashed(String(error));
}

function problemOfExit(code: number, maxHeapMb: number): Problem {
  return code === memoryExitCode ? outOfMemory(maxHeapMb) : crashed(`The thread ended with code ${code}.`);
}

function crashed(detail: string): Problem {
  return problem('unexpected', { where: 'reader' }, { detail: detail.slice(0, 2_000) });
}
