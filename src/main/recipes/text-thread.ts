/** Prepares texts: short ones at once, long ones on a thread that is started when there is one. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import pLimit from 'p-limit';
import { type PreparedText, prepareText, type TextToPrepare } from './prepare-text.ts';

export type PrepareText = (text: TextToPrepare) => Promise<PreparedText>;

export interface TextThread {
  readonly prepare: PrepareText;
  close(): Promise<void>;
}

/** A shorter text takes less than a millisecond, which is less than giving it to a thread. */
const LONG_CHARACTERS = 50_000;
const IDLE_MS = 30_000;

export const prepareHere: PrepareText = async (text) => prepareText(text);

/** @param workerUrl the built `text-worker`. */
export function createTextThread(workerUrl: URL, idleMs = IDLE_MS): TextThread {
  /** Each text is copied to the thread, so that only one of them is there twice. */
  const oneByOne = pLimit(1);
  let thread: Worker | null = null;
  let stopIdle = () => {};

  function start(): Worker {
    const started = new Worker(workerUrl, { env: {} });
    // Whoever waits for an answer is told, too.
    for (const end of ['error', 'exit']) started.on(end, () => forget(started));
    return started;
  }

  function forget(ended: Worker): void {
    if (thread === ended) thread = null;
  }

  async function prepareThere(text: TextToPrepare): Promise<PreparedText> {
    stopIdle();
    thread ??= start();
    const worker = thread;
    worker.ref();
    try {
      return await answerOf(worker, text);
    } finally {
      worker.unref();
      const idle = setTimeout(() => {
        forget(worker);
        void worker.terminate();
      }, idleMs).unref();
      stopIdle = () => clearTimeout(idle);
    }
  }

  return {
    prepare: (text) => (text.text.length < LONG_CHARACTERS ? prepareHere(text) : oneByOne(() => prepareThere(text))),
    close: async () => {
      stopIdle();
      await thread?.terminate();
    },
  };
}

/** @throws what ended the thread. */
async function answerOf(worker: Worker, text: TextToPrepare): Promise<PreparedText> {
  const over = new AbortController();
  const { signal } = over;
  const ended = once(worker, 'exit', { signal }).then(() => {
    throw new Error('The thread that prepares long texts has ended.');
  });
  try {
    worker.postMessage(text);
    const [prepared] = await Promise.race([once(worker, 'message', { signal }), ended]);
    return prepared as PreparedText;
  } finally {
    over.abort();
  }
}
