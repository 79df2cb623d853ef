import { availableParallelism } from 'node:os';
import { type Problem, problem } from '../../shared/problem.ts';
import { err, type Result } from '../../shared/result.ts';
import type { OwnProcess } from '../common/own-process.ts';
import { type RunningTimer, startRunningTimer } from '../common/running-timer.ts';
import { isFromRecognition, type PageOutcome, type RecognitionJob, type ToRecognition } from './messages.ts';

export type RecognitionProcess = OwnProcess<ToRecognition>;

export interface RecogniseEvents {
  readonly signal?: AbortSignal | undefined;
  /** The job has left the queue. */
  readonly onBegin?: () => void;
  readonly onPage: (page: PageOutcome) => void;
}

export interface Recogniser {
  /** Resolves when all pages are settled, or with why there are no more. Never rejects. */
  recognise(job: RecognitionJob, events: RecogniseEvents): Promise<Result<null, Problem>>;
  /** Ends all jobs and processes. */
  close(): Promise<void>;
}

export interface RecogniserOptions {
  readonly fork: () => RecognitionProcess;
  /** Files recognised at the same time, each in a process of its own. */
  readonly processes: number;
  /** An idle process ends after this time. */
  readonly idleMs?: number;
  /** A process that says nothing for this long hangs. */
  readonly silenceMs?: number;
}

/** As many as leave a processor for the rest; each takes some 200 MB. */
export function recognitionProcesses(): number {
  return Math.min(4, Math.max(1, availableParallelism() - 1));
}

interface Task {
  readonly job: RecognitionJob;
  readonly events: RecogniseEvents;
  readonly settle: (result: Result<null, Problem>) => void;
}

interface Helper {
  readonly child: RecognitionProcess;
  readonly silence: RunningTimer;
  readonly gone: Promise<void>;
  task: Task | null;
  stopIdle: () => void;
}

/** Recognises files in processes that start on demand, and end when there is nothing to do. */
export function createRecogniser(options: RecogniserOptions): Recogniser {
  const { idleMs = 30_000, silenceMs = 60_000 } = options;
  const queue: Task[] = [];
  const helpers = new Set<Helper>();
  let closed = false;

  const dispatch = (): void => {
    for (;;) {
      const idle = [...helpers].find(({ task }) => task === null);
      if (idle === undefined && helpers.size >= options.processes) return;
      const task = queue.shift();
      if (task === undefined) return;
      assign(idle, task);
    }
  };

  const assign = (idle: Helper | undefined, task: Task): void => {
    try {
      const helper = idle ?? start();
      helper.stopIdle();
      helper.task = task;
      helper.silence.restart(silenceMs);
      helper.child.postMessage({ type: 'begin', job: task.job });
      task.events.onBegin?.();
    } catch (error) {
      task.settle(err(broken(String(error))));
    }
  };

  const start = (): Helper => {
    const child = options.fork();
    const gone = new Promise<void>((resolve) => child.onExit(resolve));
    const silence = startRunningTimer(silenceMs, () => end(helper, broken('It does not respond.')));
    const helper: Helper = { child, silence, gone, task: null, stopIdle: () => {} };
    helpers.add(helper);
    child.onMessage((message) => {
      if (helpers.has(helper)) take(helper, message);
    });
    void gone.then(() => end(helper, broken('Its process ended.')));
    return helper;
  };

  const take = (helper: Helper, message: unknown): void => {
    if (!isFromRecognition(message)) return;
    helper.silence.restart(silenceMs);
    if (message.type === 'page') helper.task?.events.onPage(message.page);
    if (message.type === 'end') finish(helper, message.result);
  };

  const finish = (helper: Helper, result: Result<null, Problem>): void => {
    const { task } = helper;
    helper.task = null;
    const idle = setTimeout(() => end(helper, shuttingDown()), idleMs).unref();
    helper.stopIdle = () => clearTimeout(idle);
    task?.settle(result);
    dispatch();
  };

  /** Ends a process and the task it had. */
  const end = (helper: Helper, reason: Problem): void => {
    if (!helpers.delete(helper)) return;
    helper.stopIdle();
    helper.silence.stop();
    helper.child.kill();
    helper.task?.settle(err(reason));
    if (!closed) dispatch();
  };

  const abort = (task: Task): void => {
    const at = queue.indexOf(task);
    if (at >= 0) {
      queue.splice(at, 1);
      task.settle(err(cancelled()));
    }
    const helper = [...helpers].find((candidate) => candidate.task === task);
    if (helper !== undefined) end(helper, cancelled());
  };

  return {
    recognise: (job, events) => {
      if (closed) return Promise.resolve(err(shuttingDown()));
      if (events.signal?.aborted) return Promise.resolve(err(cancelled()));
      return new Promise((resolve) => {
        const onAbort = (): void => abort(task);
        const settle = (result: Result<null, Problem>): void => {
          events.signal?.removeEventListener('abort', onAbort);
          resolve(result);
        };
        const task: Task = { job, events, settle };
        events.signal?.addEventListener('abort', onAbort, { once: true });
        queue.push(task);
        dispatch();
      });
    },
    close: async () => {
      closed = true;
      for (const task of queue.splice(0)) task.settle(err(shuttingDown()));
      const last = [...helpers];
      for (const helper of last) end(helper, shuttingDown());
      await Promise.all(last.map(({ gone }) => gone));
    },
  };
}

function broken(detail: string): Problem {
  return problem('unexpected', { where: 'recognition' }, { detail });
}

function cancelled(): Problem {
  return problem('cancelled', { what: 'reading' });
}

function shuttingDown(): Problem {
  return problem('shutting_down', { what: 'reading' });
}
