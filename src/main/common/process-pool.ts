import { type Problem, problem } from '../../shared/problem.ts';
import { err, type Result } from '../../shared/result.ts';
import type { OwnProcess } from './own-process.ts';
import { type RunningTimer, startRunningTimer } from './running-timer.ts';

/** To a process of a pool: a job to begin. `stop`: whatever it does, it ends. */
export type ToPooled<Job> = { readonly type: 'begin'; readonly job: Job } | { readonly type: 'stop' };

/** From a process of a pool. */
export type FromPooled<Step, Value> =
  /** Sent every second: it may be busy for long. */
  | { readonly type: 'alive' }
  | { readonly type: 'step'; readonly step: Step }
  | { readonly type: 'end'; readonly result: Result<Value, Problem> };

export interface JobEvents<Step> {
  readonly signal?: AbortSignal | undefined;
  /** The job has left the queue. */
  readonly onBegin?: () => void;
  readonly onStep?: (step: Step) => void;
}

export interface ProcessPool<Job, Step, Value> {
  /** Resolves with what came of the job, or with why nothing did. Never rejects. */
  run(job: Job, events: JobEvents<Step>): Promise<Result<Value, Problem>>;
  /** Ends all jobs and processes. */
  close(): Promise<void>;
}

export interface ProcessPoolOptions<Job> {
  readonly fork: () => OwnProcess<ToPooled<Job>>;
  /** Jobs done at the same time, each in a process of its own. */
  readonly processes: number;
  /** What its processes do, should one end unexpectedly. */
  readonly where: 'recognition' | 'picture';
  /** An idle process ends after this time. */
  readonly idleMs?: number | undefined;
  /** A process that says nothing for this long hangs. */
  readonly silenceMs?: number | undefined;
  /** How long a process may go on with a job that nobody waits for any more, before it is killed. */
  readonly leftAloneMs?: number | undefined;
}

interface Task<Job, Step, Value> {
  readonly job: Job;
  readonly events: JobEvents<Step>;
  readonly settle: (result: Result<Value, Problem>) => void;
}

interface Member<Job, Step, Value> {
  readonly child: OwnProcess<ToPooled<Job>>;
  readonly silence: RunningTimer;
  readonly gone: Promise<void>;
  task: Task<Job, Step, Value> | null;
  /** Set while nothing is waited for: it ends then. */
  ending: NodeJS.Timeout | undefined;
}

/** Processes that start on demand, do one job at a time, can be killed, and end when there is nothing to do. */
export function createProcessPool<Job, Step, Value>(options: ProcessPoolOptions<Job>): ProcessPool<Job, Step, Value> {
  const { idleMs = 30_000, silenceMs = 60_000, leftAloneMs = 0 } = options;
  const queue: Task<Job, Step, Value>[] = [];
  const members = new Set<Member<Job, Step, Value>>();
  let closed = false;

  const dispatch = (): void => {
    for (;;) {
      const idle = [...members].find(({ task }) => task === null);
      if (idle === undefined && members.size >= options.processes) return;
      const task = queue.shift();
      if (task === undefined) return;
      assign(idle, task);
    }
  };

  const assign = (idle: Member<Job, Step, Value> | undefined, task: Task<Job, Step, Value>): void => {
    try {
      const member = idle ?? start();
      clearTimeout(member.ending);
      member.task = task;
      member.silence.restart(silenceMs);
      member.child.postMessage({ type: 'begin', job: task.job });
      task.events.onBegin?.();
    } catch (error) {
      task.settle(err(broken(String(error))));
    }
  };

  const start = (): Member<Job, Step, Value> => {
    const child = options.fork();
    const gone = new Promise<void>((resolve) => child.onExit(resolve));
    const silence = startRunningTimer(silenceMs, () => end(member, broken('It does not respond.')));
    const member: Member<Job, Step, Value> = { child, silence, gone, task: null, ending: undefined };
    members.add(member);
    child.onMessage((message) => {
      if (members.has(member)) take(member, message);
    });
    void gone.then(() => end(member, broken('Its process ended.')));
    return member;
  };

  const take = (member: Member<Job, Step, Value>, message: unknown): void => {
    if (!isFromPooled<Step, Value>(message)) return;
    member.silence.restart(silenceMs);
    if (message.type === 'step') member.task?.events.onStep?.(message.step);
    if (message.type === 'end') finish(member, message.result);
  };

  const finish = (member: Member<Job, Step, Value>, result: Result<Value, Problem>): void => {
    const { task } = member;
    member.task = null;
    endAfter(member, idleMs, shuttingDown());
    task?.settle(result);
    dispatch();
  };

  const endAfter = (member: Member<Job, Step, Value>, ms: number, reason: Problem): void => {
    clearTimeout(member.ending);
    member.ending = setTimeout(() => end(member, reason), ms).unref();
  };

  /** Ends a process and the task it had. */
  const end = (member: Member<Job, Step, Value>, reason: Problem): void => {
    if (!members.delete(member)) return;
    clearTimeout(member.ending);
    member.silence.stop();
    member.child.kill();
    member.task?.settle(err(reason));
    if (!closed) dispatch();
  };

  const abort = (task: Task<Job, Step, Value>): void => {
    const at = queue.indexOf(task);
    if (at >= 0) queue.splice(at, 1);
    task.settle(err(cancelled()));
    const member = [...members].find((candidate) => candidate.task === task);
    if (member === undefined) return;
    if (leftAloneMs === 0) end(member, cancelled());
    else endAfter(member, leftAloneMs, cancelled());
  };

  return {
    run: (job, events) => {
      if (closed) return Promise.resolve(err(shuttingDown()));
      if (events.signal?.aborted) return Promise.resolve(err(cancelled()));
      return new Promise((resolve) => {
        const onAbort = (): void => abort(task);
        const settle = (result: Result<Value, Problem>): void => {
          events.signal?.removeEventListener('abort', onAbort);
          resolve(result);
        };
        const task: Task<Job, Step, Value> = { job, events, settle };
        events.signal?.addEventListener('abort', onAbort, { once: true });
        queue.push(task);
        dispatch();
      });
    },
    close: async () => {
      closed = true;
      for (const task of queue.splice(0)) task.settle(err(shuttingDown()));
      const last = [...members];
      for (const member of last) end(member, shuttingDown());
      await Promise.all(last.map(({ gone }) => gone));
    },
  };

  function broken(detail: string): Problem {
    return problem('unexpected', { where: options.where }, { detail });
  }
}

/** What its own process says is believed. */
function isFromPooled<Step, Value>(message: unknown): message is FromPooled<Step, Value> {
  return typeof message === 'object' && message !== null && 'type' in message;
}

export function isToPooled<Job>(message: unknown): message is ToPooled<Job> {
  return typeof message === 'object' && message !== null && 'type' in message;
}

function cancelled(): Problem {
  return problem('cancelled', { what: 'reading' });
}

function shuttingDown(): Problem {
  return problem('shutting_down', { what: 'reading' });
}
