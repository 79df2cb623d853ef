import { availableParallelism } from 'node:os';
import { type Problem, problem } from '../../shared/problem.ts';
import { err } from '../../shared/result.ts';
import { defaultExtractLimits, type ExtractLimits } from './limits.ts';
import { type ReaderThread, startReaderThread } from './reader-threads.ts';
import type { ExtractResult, ReadRequest, ThreadSettings } from './thread-messages.ts';

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
  /** Processor time that a file of this size may take; its size is null until it is known. */
  readonly workMs?: (bytes: number | null) => number;
  /** A thread that does not work at all for this long waits for a drive that does not answer. */
  readonly stallMs?: number;
  /** After this much work, or standing still, a file that holds others up is suspected: they pass it. */
  readonly quickMs?: number;
  /** For one thread: its heap, and as much again for its buffers. */
  readonly maxHeapMb?: number;
  /** A thread with nothing to do ends after this time. */
  readonly idleMs?: number;
  readonly limits?: ExtractLimits;
}

interface Job {
  readonly read: ReadRequest;
  readonly signal: AbortSignal | undefined;
  readonly onAbort: () => void;
  readonly resolve: (result: ExtractResult) => void;
  /** How often others were let pass it because it took long. */
  passed: number;
  bytes: number | null;
}

interface Thread extends ReaderThread {
  job: Job | null;
  /** What the thread had worked when it was given the job. */
  workedBefore: number;
  /** What it has worked on the job, at the last look. */
  workedMs: number;
  /** For how long it has not worked. */
  stalledMs: number;
  stopIdle: () => void;
}

const closeWaitMs = 2_000;
const lookEveryMs = 50;
/** A look that comes later than this was kept from coming: the process stood still, and its threads with it. */
const longestLookMs = 1_000;
/** Less work than this between two looks is none. */
const leastWorkMs = 5;

/** A file of a megabyte takes a second at most; damaged and hostile ones take for ever. */
function usualWorkMs(bytes: number | null): number {
  return 10_000 + ((bytes ?? 0) / 1_000_000) * 5_000;
}

/**
 * Reads documents on threads that are started when they are needed, and killed and replaced when a document takes more
 * work than its size explains, needs too much memory or is no longer wanted. What one document does to its thread never
 * touches another's: one that takes long while others wait is suspected and goes on in a slow lane beside the quick
 * one, and where that is full it is begun again later.
 */
export function createExtractor(options: ExtractorOptions): Extractor {
  const quickThreads = options.threads ?? Math.min(4, Math.max(1, availableParallelism() - 1));
  const slowThreads = quickThreads + 1;
  const { workMs = usualWorkMs, stallMs = 60_000, quickMs = 800, maxHeapMb = 512, idleMs = 30_000 } = options;
  const settings: ThreadSettings = {
    limits: options.limits ?? defaultExtractLimits,
    maxBufferBytes: maxHeapMb * 1_048_576,
  };
  const queue: Job[] = [];
  const suspectedQueue: Job[] = [];
  const threads = new Set<Thread>();
  const ending = new Set<Promise<unknown>>();
  let looking: NodeJS.Timeout | undefined;
  let lookedAt = 0;
  /** Files in a row that were suspected: where there is one hostile file there are more. */
  let suspectedInARow = 0;
  let closed = false;

  function startThread(): Thread {
    const started = startReaderThread(
      { workerUrl: options.workerUrl, settings, maxHeapMb },
      {
        onResult: (result) => finish(thread, result),
        onSize: (bytes) => {
          if (thread.job !== null) thread.job.bytes = bytes;
        },
        // Its own start is no work on the file.
        onReady: () => {
          thread.workedBefore = thread.meter.usedMs();
        },
        onEnd: (reason) => fail(thread, reason),
      },
    );
    const thread: Thread = { ...started, job: null, workedBefore: 0, workedMs: 0, stalledMs: 0, stopIdle: () => {} };
    threads.add(thread);
    return thread;
  }

  /** Gives waiting jobs to idle threads, and starts threads while there are more jobs than may run. */
  function dispatch(): void {
    for (let job = takeNext(); job !== undefined; job = takeNext()) {
      assign([...threads].find((thread) => thread.job === null) ?? startThread(), job);
    }
    if (looking === undefined && threads.size > 0) lookOften();
  }

  /** Files that nobody suspects go first; suspected ones have threads of their own, and those that others leave. */
  function takeNext(): Job | undefined {
    const { quick, slow } = running();
    const borrowed = Math.max(0, slow - slowThreads);
    if (quick + borrowed < quickThreads) {
      const next = queue.shift();
      if (next !== undefined) return next;
    }
    const mayRun = slow < slowThreads || (queue.length === 0 && quick + borrowed < quickThreads);
    return mayRun ? takeSuspected() : undefined;
  }

  /** Those first that were passed the fewest times. */
  function takeSuspected(): Job | undefined {
    const fewest = Math.min(...suspectedQueue.map(({ passed }) => passed));
    const place = suspectedQueue.findIndex(({ passed }) => passed === fewest);
    return place === -1 ? undefined : suspectedQueue.splice(place, 1)[0];
  }

  function running(): { readonly quick: number; readonly slow: number } {
    let quick = 0;
    let slow = 0;
    for (const { job, stalledMs } of threads) {
      if (job === null) continue;
      if (job.passed === 0) quick += 1;
      // One that waits for its drive takes nothing from the others.
      else if (stalledMs < quickMs) slow += 1;
    }
    return { quick, slow };
  }

  function assign(thread: Thread, job: Job): void {
    thread.stopIdle();
    thread.job = job;
    thread.workedBefore = thread.meter.usedMs();
    thread.workedMs = 0;
    thread.stalledMs = 0;
    thread.worker.ref();
    thread.worker.postMessage(job.read);
  }

  function lookOften(): void {
    lookedAt = performance.now();
    looking = setInterval(lookAtAll, lookEveryMs);
    looking.unref();
  }

  /** Looks how long each thread has worked on its file. */
  function lookAtAll(): void {
    const passedMs = Math.min(performance.now() - lookedAt, longestLookMs);
    lookedAt = performance.now();
    const busy = [...threads].filter(({ job }) => job !== null);
    for (const thread of busy) if (thread.job !== null) lookAt(thread, thread.job, passedMs);
    if (busy.length > 0) return;
    clearInterval(looking);
    looking = undefined;
  }

  function lookAt(thread: Thread, job: Job, passedMs: number): void {
    const workedMs = thread.meter.usedMs() - thread.workedBefore;
    thread.stalledMs = workedMs - thread.workedMs >= leastWorkMs ? 0 : thread.stalledMs + passedMs;
    if (thread.stalledMs === 0) thread.workedMs = workedMs;
    const limitMs = workMs(job.bytes);
    if (workedMs >= limitMs) fail(thread, problem('extract_timeout', { limitMs }));
    else if (thread.stalledMs >= stallMs) fail(thread, problem('extract_timeout', { limitMs: stallMs, stalled: true }));
    else if (workedMs >= sliceMs(job) || thread.stalledMs >= quickMs) letOthersPass(thread, job);
  }

  /** What a file may work while others wait: four times as much each time that it is begun. */
  function sliceMs({ passed }: Job): number {
    return (suspectedInARow > 1 ? quickMs / 2 : quickMs) * 4 ** passed;
  }

  function letOthersPass(thread: Thread, job: Job): void {
    const { slow } = running();
    const isStalled = thread.stalledMs >= quickMs;
    if (job.passed === 0) {
      if (queue.length === 0) return;
      suspectedInARow += 1;
      job.passed = 1;
      if (slow >= slowThreads && !isStalled) beginAgainLater(thread, job);
      else thread.giveWay();
    } else if (!isStalled && isWantedBy(job, slow)) {
      job.passed += 1;
      beginAgainLater(thread, job);
    }
    dispatch();
  }

  /** Whether a file that was passed less often waits for the thread of this one, or a quick one for a thread it was lent. */
  function isWantedBy(job: Job, slow: number): boolean {
    return suspectedQueue.some(({ passed }) => passed <= job.passed) || (slow > slowThreads && queue.length > 0);
  }

  function beginAgainLater(thread: Thread, job: Job): void {
    thread.job = null;
    kill(thread);
    suspectedQueue.push(job);
  }

  function finish(thread: Thread, result: ExtractResult): void {
    const { job } = thread;
    if (job === null || !threads.has(thread)) return;
    if (job.passed === 0) suspectedInARow = 0;
    thread.job = null;
    if (thread.gaveWay()) kill(thread);
    else letIdle(thread);
    settle(job, result);
    dispatch();
  }

  function letIdle(thread: Thread): void {
    thread.worker.unref();
    const idle = setTimeout(() => kill(thread), idleMs).unref();
    thread.stopIdle = () => clearTimeout(idle);
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
    thread.stopIdle();
    threads.delete(thread);
    const end = thread.worker.terminate().finally(() => ending.delete(end));
    ending.add(end);
  }

  function abort(job: Job): void {
    const thread = [...threads].find((candidate) => candidate.job === job);
    if (thread !== undefined) fail(thread, cancelled());
    for (const waiting of [queue, suspectedQueue]) {
      const place = waiting.indexOf(job);
      if (place === -1) continue;
      waiting.splice(place, 1);
      settle(job, err(cancelled()));
    }
  }

  return {
    extract(path, { signal, maxCharacters = Number.MAX_SAFE_INTEGER } = {}) {
      if (closed) return Promise.resolve(err(shuttingDown()));
      if (signal?.aborted) return Promise.resolve(err(cancelled()));
      return new Promise((resolve) => {
        const read = { path, maxCharacters };
        const job: Job = { read, signal, onAbort: () => abort(job), resolve, passed: 0, bytes: null };
        signal?.addEventListener('abort', job.onAbort, { once: true });
        queue.push(job);
        dispatch();
      });
    },
    async close() {
      closed = true;
      for (const job of [...queue.splice(0), ...suspectedQueue.splice(0)]) settle(job, err(shuttingDown()));
      for (const thread of [...threads]) fail(thread, shuttingDown());
      clearInterval(looking);
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

function cancelled(): Problem {
  return problem('cancelled', { what: 'reading' });
}

function shuttingDown(): Problem {
  // What to do then differs: a batch is resumed, a file of a message is attached again.
  return problem('shutting_down', { what: 'reading' });
}
