import { constants, setPriority } from 'node:os';
import { Worker } from 'node:worker_threads';
import { type PageLoss, problem } from '../../shared/problem.ts';
import { err } from '../../shared/result.ts';
import { findParent, type ParentProcess } from '../common/parent-process.ts';
import { isToPooled } from '../common/process-pool.ts';
import type { FromRecognition, FromThread, RecognitionJob } from './messages.ts';

/**
 * Entry point of a process that recognises text, in a thread of its own, so that this one can watch how much work and
 * memory that takes. Never outlives its parent.
 */

/** Processor time for one page, in up to four orientations. Two to four seconds are usual. */
const MOST_PAGE_MS = 180_000;
/** The memory of this process. A page of 100 million pixels takes about 1 GB. */
const MOST_BYTES = 2_000_000_000;
const LOOK_EVERY_MS = 200;
const ALIVE_EVERY_MS = 1_000;

const entry = new URL(
  import.meta.url.endsWith('.ts') ? './recognition-worker.ts' : './recognition-worker.js',
  import.meta.url,
);

interface Running {
  readonly job: RecognitionJob;
  readonly thread: Worker;
  /** The page that is being recognised; null while the program is loaded. */
  page: number | null;
  /** The processor time of this process when its page was begun. */
  begunMs: number;
  /** Pages that were given up or are done. */
  readonly settled: Set<number>;
}

function createRecognition(parent: ParentProcess<FromRecognition>) {
  let running: Running | null = null;

  const begin = (job: RecognitionJob, settled: ReadonlySet<number> = new Set()): void => {
    const left = job.pages.filter((number) => !settled.has(number));
    const thread = new Worker(entry, { workerData: { ...job, pages: left }, env: {}, execArgv: [] });
    const run: Running = { job, thread, page: null, begunMs: processorMs(), settled: new Set(settled) };
    running = run;
    thread.on('message', (message: FromThread) => {
      if (running === run) take(run, message);
    });
    thread.on('error', (error) => fail(run, String(error)));
    thread.on('exit', (code) => fail(run, `The thread ended with code ${code}.`));
  };

  const take = (run: Running, message: FromThread): void => {
    if (message.type === 'begun') {
      run.page = message.number;
      run.begunMs = processorMs();
      return;
    }
    if (message.type === 'step') run.settled.add(message.step.number);
    else running = null;
    parent.send(message);
  };

  const fail = (run: Running, detail: string): void => {
    if (running !== run) return;
    running = null;
    const reason = problem('unexpected', { where: 'recognition' }, { detail: detail.slice(0, 2_000) });
    parent.send({ type: 'end', result: err(reason) });
  };

  /** Gives up the page that takes too much, and goes on with those after it. */
  const giveUp = (run: Running, lost: PageLoss): void => {
    running = null;
    void run.thread.terminate();
    const number = run.page ?? run.job.pages.find((page) => !run.settled.has(page)) ?? 1;
    run.settled.add(number);
    parent.send({ type: 'step', step: { number, lost } });
    if (run.settled.size < run.job.pages.length) begin(run.job, run.settled);
    else parent.send({ type: 'end', result: { ok: true, value: null } });
  };

  const look = (): void => {
    if (running === null) return;
    if (process.memoryUsage.rss() > MOST_BYTES) giveUp(running, 'too_large');
    else if (processorMs() - running.begunMs > MOST_PAGE_MS) giveUp(running, 'too_slow');
  };

  return {
    begin,
    watch: () => {
      setInterval(look, LOOK_EVERY_MS);
      setInterval(() => parent.send({ type: 'alive' }), ALIVE_EVERY_MS);
    },
  };
}

function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

const parent = findParent<FromRecognition>();
if (parent === null) {
  console.error('Text recognition can only be started by Docket.');
  process.exit(1);
}
try {
  // Whoever works at this machine goes first.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
} catch {
  // Not every system lets it.
}
const recognition = createRecognition(parent);
parent.onGone(() => process.exit(0));
parent.onMessage((message) => {
  if (!isToPooled<RecognitionJob>(message)) return;
  if (message.type === 'stop') process.exit(0);
  recognition.begin(message.job);
});
recognition.watch();
