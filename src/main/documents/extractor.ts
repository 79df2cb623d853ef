import { availableParallelism } from 'node:os';
import type { Inside } from '../../shared/inside.ts';
import { type Problem, problem } from '../../shared/problem.ts';
import { err } from '../../shared/result.ts';
import { defaultExtractLimits, type ExtractLimits } from './limits.ts';
import { createPatience } from './patience.ts';
import { type ReaderThread, startReaderThread } from './reader-threads.ts';
import { createReadingOrder, type Lanes } from './reading-order.ts';
import type { ExtractResult, ListResult, ThreadRequest, ThreadSettings } from './thread-messages.ts';

interface FileRequest {
  readonly signal?: AbortSignal | undefined;
  /** Where it lies in the file at the path, if it lies in one. */
  readonly inside?: Inside;
  /** Files and folders that the file must lie in when it is read, whatever links lead to it; anywhere by default. */
  readonly roots?: readonly string[] | null;
}

export interface ExtractRequest extends FileRequest {
  /** Documents in it are read apart, and left out of its text. */
  readonly apart?: boolean;
  /** Damaged pages that a PDF is read without; one with others fails. None by default. */
  readonly withoutPages?: readonly number[];
  /** A file whose words are all in pictures, and were not recognised, is read as one without text; otherwise it fails. */
  readonly wordless?: boolean;
  /** A longer text is of no use to the caller and stays in the thread; unlimited by default. */
  readonly maxCharacters?: number;
  /** Told while words in pictures of its pages are recognised, which takes seconds a page; null when that has ended. */
  readonly onRecognising?: (pages: PagesRecognised | null) => void;
}

/** How far the recognition of a file is. */
export interface PagesRecognised {
  readonly done: number;
  readonly of: number;
}

export interface Extractor {
  /**
   * Reads a document on a thread. Never rejects. Fails with the codes `file_*`, `extract_timeout`, `extract_memory`,
   * `cancelled`, `shutting_down` and, for a bug in the thread, `unexpected`.
   */
  extract(path: string, request?: ExtractRequest): Promise<ExtractResult>;
  /** Lists what a file holds, on the same terms; null for a file that is no container. */
  list(path: string, request?: FileRequest): Promise<ListResult>;
  /** Ends all jobs with `shutting_down` and stops all threads. Waits at most two seconds for threads that hang. */
  close(): Promise<void>;
}

export interface ExtractorOptions {
  /** The built `extract-worker`. */
  readonly workerUrl: URL;
  /** Documents read at the same time. By default one fewer than there are processors, at least 1 and at most 4. */
  readonly threads?: number;
  /** Processor time allowed for a file of this size; the size is null until it is known. */
  readonly workMs?: (bytes: number | null) => number;
  /** A thread that does no work for this long is waiting for an unresponsive drive. */
  readonly stallMs?: number;
  /** A file that works or stalls for this long while others wait is overtaken by them. */
  readonly quickMs?: number;
  /** Heap limit per thread; its buffers may use as much again. */
  readonly maxHeapMb?: number;
  /** An idle thread ends after this time. */
  readonly idleMs?: number;
  readonly limits?: ExtractLimits;
}

interface Job {
  readonly request: ThreadRequest;
  readonly signal: AbortSignal | undefined;
  readonly onAbort: () => void;
  readonly resolve: (result: ThreadResult) => void;
  /** How often other files overtook this one because it was slow. */
  passed: number;
  bytes: number | null;
}

interface Thread extends ReaderThread {
  job: Job | null;
  /** The thread's work when the job was assigned. */
  workedBefore: number;
  /** Work on the job, at the last check. */
  workedMs: number;
  /** How long it has done no work. */
  stalledMs: number;
  stopIdle: () => void;
}

type ThreadResult = ExtractResult | ListResult;

const MOST_CHARACTERS = Number.MAX_SAFE_INTEGER;
const closeWaitMs = 2_000;
const lookEveryMs = 50;
/** A check later than this was itself delayed: the whole process stood still, including its threads. */
const longestLookMs = 1_000;
/** Less work than this between two checks counts as none. */
const leastWorkMs = 5;
/** This part of the work that a file is allowed shows that the next one may need another thread. */
const SPARE_BEFORE = 4;

/** A megabyte takes at most a second; damaged and hostile files can take for ever. */
function usualWorkMs(bytes: number | null): number {
  return 10_000 + ((bytes ?? 0) / 1_000_000) * 5_000;
}

/**
 * Reads documents on threads that start on demand. A thread is killed and replaced if its document takes more work than
 * its size explains, uses too much memory, or is no longer wanted. One document never affects another's thread: a slow
 * document that others wait for is overtaken and continues in a slow lane beside the quick one. If the slow lane is
 * full, it is restarted later.
 */
export function createExtractor(options: ExtractorOptions): Extractor {
  const quickThreads = options.threads ?? Math.min(4, Math.max(1, availableParallelism() - 1));
  const { workMs = usualWorkMs, stallMs = 60_000, quickMs = 600, maxHeapMb = 512, idleMs = 30_000 } = options;
  const limits = options.limits ?? defaultExtractLimits;
  const maxBufferBytes = maxHeapMb * 1_048_576;
  const waiting = createReadingOrder<Job>(quickThreads);
  const patience = createPatience(quickMs);
  const threads = new Set<Thread>();
  const ending = new Set<Promise<unknown>>();
  let looking: NodeJS.Timeout | undefined;
  let lookedAt = 0;
  let closed = false;

  function startThread(prepareFor: ThreadRequest): Thread {
    const settings: ThreadSettings = { limits, maxBufferBytes, prepareFor };
    const started = startReaderThread(
      { workerUrl: options.workerUrl, settings, maxHeapMb },
      {
        onResult: (result) => finish(thread, result),
        onSize: (bytes) => {
          if (thread.job !== null) thread.job.bytes = bytes;
        },
        // Loading the program, or what reads its format, is not work on the file.
        onReady: () => {
          thread.workedBefore = thread.meter.usedMs();
          thread.workedMs = 0;
        },
        onEnd: (reason) => fail(thread, reason),
      },
    );
    const thread: Thread = { ...started, job: null, workedBefore: 0, workedMs: 0, stalledMs: 0, stopIdle: () => {} };
    threads.add(thread);
    return thread;
  }

  /** Assigns waiting jobs to idle threads, and starts threads while more jobs may run. */
  function dispatch(): void {
    for (let job = waiting.take(running()); job !== undefined; job = waiting.take(running())) {
      assign([...threads].find((thread) => thread.job === null) ?? startThread(job.request), job);
    }
    if (looking === undefined && threads.size > 0) lookOften();
  }

  function running(): Lanes {
    let quick = 0;
    let slow = 0;
    for (const { job, stalledMs } of threads) {
      if (job === null) continue;
      if (job.passed === 0) quick += 1;
      // A thread waiting for a drive takes no processor time from others.
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
    thread.worker.postMessage(job.request);
  }

  function lookOften(): void {
    lookedAt = performance.now();
    looking = setInterval(lookAtAll, lookEveryMs);
    looking.unref();
  }

  /** Checks how long each thread has worked on its file. */
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
    const sliceMs = patience.sliceMs(job.passed);
    if (workedMs >= limitMs) fail(thread, problem('extract_timeout', { limitMs }));
    else if (thread.stalledMs >= stallMs) fail(thread, problem('extract_timeout', { limitMs: stallMs, stalled: true }));
    else if (workedMs >= sliceMs || thread.stalledMs >= quickMs) letOthersPass(thread, job);
    else if (workedMs >= sliceMs / SPARE_BEFORE && job.passed === 0) keepSpare();
  }

  /** Starts a thread for the next file while this one may turn out to be slow: to start it then would be waited for. */
  function keepSpare(): void {
    const next = waiting.first();
    if (next === undefined || [...threads].some(({ job }) => job === null)) return;
    letIdle(startThread(next.request));
  }

  function letOthersPass(thread: Thread, job: Job): void {
    const { slow } = running();
    const isStalled = thread.stalledMs >= quickMs;
    if (job.passed === 0) {
      if (waiting.first() === undefined) return;
      patience.exceeded();
      job.passed = 1;
      if (waiting.isSlowLaneFull(slow) && !isStalled) beginAgainLater(thread, job);
      else thread.giveWay();
    } else if (!isStalled && waiting.isThreadWanted(job, slow)) {
      job.passed += 1;
      beginAgainLater(thread, job);
    }
    dispatch();
  }

  function beginAgainLater(thread: Thread, job: Job): void {
    thread.job = null;
    kill(thread);
    waiting.addOvertaken(job);
  }

  function finish(thread: Thread, result: ThreadResult): void {
    const { job } = thread;
    if (job === null || !threads.has(thread)) return;
    if (job.passed === 0 || result.ok) patience.read();
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

  /** Kills a thread that is no longer usable and fails its job. Later events from it are ignored. */
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
    if (waiting.remove(job)) settle(job, err(cancelled()));
  }

  function begin(request: ThreadRequest, signal: AbortSignal | undefined): Promise<ThreadResult> {
    if (closed) return Promise.resolve(err(shuttingDown()));
    if (signal?.aborted) return Promise.resolve(err(cancelled()));
    return new Promise((resolve) => {
      const job: Job = { request, signal, onAbort: () => abort(job), resolve, passed: 0, bytes: null };
      signal?.addEventListener('abort', job.onAbort, { once: true });
      waiting.add(job);
      dispatch();
    });
  }

  return {
    // A thread answers what it was asked.
    extract: (path, request = {}) => {
      const {
        signal,
        inside = [],
        roots = null,
        apart = false,
        withoutPages = [],
        wordless = false,
        maxCharacters = MOST_CHARACTERS,
      } = request;
      const asked = { what: 'read', path, inside, roots, apart, withoutPages, wordless, maxCharacters } as const;
      return begin(asked, signal) as Promise<ExtractResult>;
    },
    list: (path, { signal, inside = [], roots = null } = {}) =>
      begin({ what: 'list', path, inside, roots }, signal) as Promise<ListResult>,
    async close() {
      closed = true;
      for (const job of waiting.takeAll()) settle(job, err(shuttingDown()));
      for (const thread of [...threads]) fail(thread, shuttingDown());
      clearInterval(looking);
      await settledWithin(closeWaitMs, [...ending]);
    },
  };
}

function settle(job: Job, result: ThreadResult): void {
  job.signal?.removeEventListener('abort', job.onAbort);
  job.resolve(result);
}

/** A thread blocked on a dead network drive cannot be ended, and must not keep the app from quitting. */
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
  // The advice differs: a batch is resumed, an attachment is attached again.
  return problem('shutting_down', { what: 'reading' });
}
