import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { type Problem, problem } from '../../shared/problem.ts';
import { err, type Result } from '../../shared/result.ts';
import { startRunningTimer } from '../running-timer.ts';
import type { ExtractedDocument } from './extract-document.ts';
import { outOfMemory } from './file-problems.ts';
import { defaultExtractLimits, type ExtractLimits } from './limits.ts';
import { memoryExitCode } from './memory-guard.ts';

/** A document as its thread hands it over: without its text when that is longer than was asked for. */
export type ReadDocument = Omit<ExtractedDocument, 'text'> & { readonly text: string | null };

export type ExtractResult = Result<ReadDocument, Problem>;

export interface ExtractRequest {
  readonly signal?: AbortSignal | undefined;
  /** A longer text is of no use to who asks, and is left in the thread; by default none is too long. */
  readonly maxCharacters?: number;
}

export interface Extractor {
  /**
   * Reads a document on a thread. Never rejects. Fails with the codes `file_*`, `extract_timeout`,
   * `extract_memory`, `cancelled`, `shutting_down` and, for a bug in the thread, `unexpected`.
   */
  extract(path: string, request?: ExtractRequest): Promise<ExtractResult>;
  /** Ends every job with `shutting_down` and every thread. Waits at most two seconds for threads that hang. */
  close(): Promise<void>;
}

export interface ExtractorOptions {
  /** The built `extract-worker`. */
  readonly workerUrl: URL;
  /** Documents read at the same time. By default one less than there are processors, at least 1, at most 4. */
  readonly threads?: number;
  /** For one document, from the moment it has a thread. */
  readonly timeoutMs?: number;
  /** For one thread: its heap, and as much again for its buffers. */
  readonly maxHeapMb?: number;
  /** A thread with nothing to do ends after this time. */
  readonly idleMs?: number;
  readonly limits?: ExtractLimits;
}

/** What a thread is told at its start. */
export interface ThreadSettings {
  readonly limits: ExtractLimits;
  readonly maxBufferBytes: number;
}

/** What a thread is asked. */
export interface ReadRequest {
  readonly path: string;
  readonly maxCharacters: number;
}

interface Job {
  readonly read: ReadRequest;
  readonly signal: AbortSignal | undefined;
  readonly onAbort: () => void;
  readonly resolve: (result: ExtractResult) => void;
}

interface Thread {
  readonly worker: Worker;
  job: Job | null;
  /** Stops the timer of the job's deadline, or of the end of an idle thread. */
  stopTimer: () => void;
}

const closeWaitMs = 2_000;

/**
 * Reads documents on threads that are started when they are needed, and killed and replaced when a document takes
 * too long, needs too much memory or is no longer wanted. What one document does to its thread never touches
 * another's.
 */
export function createExtractor(options: ExtractorOptions): Extractor {
  const maxThreads = options.threads ?? Math.min(4, Math.max(1, availableParallelism() - 1));
  const timeoutMs = options.timeoutMs ?? 60_000;
  const maxHeapMb = options.maxHeapMb ?? 512;
  const idleMs = options.idleMs ?? 30_000;
  const settings: ThreadSettings = {
    limits: options.limits ?? defaultExtractLimits,
    maxBufferBytes: maxHeapMb * 1_048_576,
  };
  const queue: Job[] = [];
  const threads = new Set<Thread>();
  const ending = new Set<Promise<unknown>>();
  let closed = false;

  function startThread(): Thread {
    const worker = new Worker(options.workerUrl, {
      workerData: settings,
      resourceLimits: { maxOldGenerationSizeMb: maxHeapMb },
      env: {},
      execArgv: [],
      stdout: true,
      stderr: true,
    });
    // What a parser prints about a document is of no use to anyone, and unread it would pile up in memory.
    worker.stdout.resume();
    worker.stderr.resume();
    const thread: Thread = { worker, job: null, stopTimer: () => {} };
    threads.add(thread);
    worker.on('message', (result: ExtractResult) => finish(thread, result));
    worker.on('error', (error) => fail(thread, problemOfCrash(error)));
    worker.on('exit', (code) => fail(thread, problemOfExit(code)));
    return thread;
  }

  /** Gives waiting jobs to idle threads, and starts threads while there are more jobs than threads. */
  function dispatch(): void {
    while (queue.length > 0) {
      const idle = [...threads].find((thread) => thread.job === null);
      if (idle === undefined && threads.size >= maxThreads) return;
      const job = queue.shift();
      if (job !== undefined) assign(idle ?? startThread(), job);
    }
  }

  function assign(thread: Thread, job: Job): void {
    thread.stopTimer();
    thread.job = job;
    thread.worker.ref();
    thread.stopTimer = startRunningTimer(timeoutMs, () => fail(thread, timedOut(timeoutMs))).stop;
    thread.worker.postMessage(job.read);
  }

  function finish(thread: Thread, result: ExtractResult): void {
    const { job } = thread;
    if (job === null || !threads.has(thread)) return;
    thread.stopTimer();
    thread.job = null;
    thread.worker.unref();
    const idle = setTimeout(() => kill(thread), idleMs).unref();
    thread.stopTimer = () => clearTimeout(idle);
    settle(job, result);
    dispatch();
  }

  /** Ends a thread that is of no more use, with the job it had. Its own late events change nothing. */
  function fail(thread: Thread, reason: Problem): void {
    if (!threads.has(thread)) return;
    const { job } = thread;
    kill(thread);
    if (job !== null) settle(job, err(reason));
    dispatch();
  }

  function kill(thread: Thread): void {
    thread.stopTimer();
    threads.delete(thread);
    const end = thread.worker.terminate().finally(() => ending.delete(end));
    ending.add(end);
  }

  function problemOfCrash(error: unknown): Problem {
    const isOutOfMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
    return isOutOfMemory ? outOfMemory(maxHeapMb) : crashed(String(error));
  }

  function problemOfExit(code: number): Problem {
    return code === memoryExitCode ? outOfMemory(maxHeapMb) : crashed(`The thread ended with code ${code}.`);
  }

  function abort(job: Job): void {
    const waiting = queue.indexOf(job);
    const thread = [...threads].find((candidate) => candidate.job === job);
    if (waiting !== -1) {
      queue.splice(waiting, 1);
      settle(job, err(cancelled()));
    } else if (thread !== undefined) {
      fail(thread, cancelled());
    }
  }

  return {
    extract(path, { signal, maxCharacters = Number.MAX_SAFE_INTEGER } = {}) {
      if (closed) return Promise.resolve(err(shuttingDown()));
      if (signal?.aborted) return Promise.resolve(err(cancelled()));
      return new Promise((resolve) => {
        const job: Job = { read: { path, maxCharacters }, signal, onAbort: () => abort(job), resolve };
        signal?.addEventListener('abort', job.onAbort, { once: true });
        queue.push(job);
        dispatch();
      });
    },
    async close() {
      closed = true;
      for (const job of queue.splice(0)) settle(job, err(shuttingDown()));
      for (const thread of [...threads]) fail(thread, shuttingDown());
      await settledWithin(closeWaitMs, [...ending]);
    },
  };
}

function settle(job: Job, result: ExtractResult): void {
  job.signal?.removeEventListener('abort', job.onAbort);
  job.resolve(result);
}

/** A thread that waits for a dead network drive cannot be ended; it must not keep the app from ending. */
async function settledWithin(waitMs: number, promises: readonly Promise<unknown>[]): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, waitMs);
  });
  await Promise.race([Promise.allSettled(promises), timeUp]);
  clearTimeout(timer);
}

function timedOut(timeoutMs: number): Problem {
  return problem('extract_timeout', { limitMs: timeoutMs });
}

function cancelled(): Problem {
  return problem('cancelled', { what: 'reading' });
}

function shuttingDown(): Problem {
  // What to do then differs: a batch is resumed, a file of a message is attached again.
  return problem('shutting_down', { what: 'reading' });
}

function crashed(detail: string): Problem {
  return problem('unexpected', { where: 'reader' }, { detail: detail.slice(0, 2_000) });
}
