import { Worker } from 'node:worker_threads';
import { type Problem, problem } from '../../shared/problem.ts';
import { err } from '../../shared/result.ts';
import { findParent, type ParentProcess } from '../common/parent-process.ts';
import { isToPooled } from '../common/process-pool.ts';
import type { FromPages, PageJob } from './messages.ts';

/**
 * Entry point of a process that draws pages, in a thread of its own, so that this one can watch how much work and memory
 * that takes. Never outlives its parent.
 */

/** Processor time for one page. A tenth of a second is usual. */
const MOST_PAGE_MS = 30_000;
/** The memory of this process. An image of 100 million pixels takes about 1 GB. */
const MOST_BYTES = 1_500_000_000;
/** What WebAssembly took is never given back: above this, the thread ends with the page. */
const KEPT_BYTES = 600_000_000;
const LOOK_EVERY_MS = 100;
const ALIVE_EVERY_MS = 1_000;

const entry = new URL(import.meta.url.endsWith('.ts') ? './page-worker.ts' : './page-worker.js', import.meta.url);

function createPageProcess(parent: ParentProcess<FromPages>) {
  let thread: Worker | null = null;
  /** The processor time of this process when the page was begun that is being drawn. */
  let begunMs: number | null = null;

  const start = (): Worker => {
    const started = new Worker(entry, { env: {}, execArgv: [] });
    started.on('message', (message: FromPages) => {
      if (thread === started) end(message);
    });
    started.on('error', (error) => failed(started, String(error)));
    started.on('exit', (code) => failed(started, `The thread ended with code ${code}.`));
    return started;
  };

  const end = (message: FromPages): void => {
    begunMs = null;
    parent.send(message);
    if (process.memoryUsage.rss() > KEPT_BYTES) stop();
  };

  const stop = (): void => {
    const stopped = thread;
    thread = null;
    void stopped?.terminate();
  };

  const failed = (which: Worker, detail: string): void => {
    if (thread !== which) return;
    thread = null;
    if (begunMs !== null) end(failure(problem('unexpected', { where: 'picture' }, { detail: detail.slice(0, 2_000) })));
  };

  const giveUp = (why: 'too_slow' | 'too_large'): void => {
    stop();
    end(failure(problem('page_not_drawn', { why })));
  };

  return {
    begin: (job: PageJob) => {
      begunMs = processorMs();
      thread ??= start();
      thread.postMessage(job);
    },
    watch: () => {
      setInterval(() => {
        if (begunMs === null) return;
        if (process.memoryUsage.rss() > MOST_BYTES) giveUp('too_large');
        else if (processorMs() - begunMs > MOST_PAGE_MS) giveUp('too_slow');
      }, LOOK_EVERY_MS);
      setInterval(() => parent.send({ type: 'alive' }), ALIVE_EVERY_MS);
    },
  };
}

function failure(error: Problem): FromPages {
  return { type: 'end', result: err(error) };
}

function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

const parent = findParent<FromPages>();
if (parent === null) {
  console.error('Pages can only be drawn by Docket.');
  process.exit(1);
}
const pages = createPageProcess(parent);
parent.onGone(() => process.exit(0));
parent.onMessage((message) => {
  if (!isToPooled<PageJob>(message)) return;
  if (message.type === 'stop') process.exit(0);
  pages.begin(message.job);
});
pages.watch();
