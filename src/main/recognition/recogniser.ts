import { availableParallelism } from 'node:os';
import type { Problem } from '../../shared/problem.ts';
import type { Result } from '../../shared/result.ts';
import type { OwnProcess } from '../common/own-process.ts';
import { createProcessPool, type ProcessPoolOptions } from '../common/process-pool.ts';
import type { PageOutcome, RecognitionJob, ToRecognition } from './messages.ts';

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

export type RecogniserOptions = Omit<ProcessPoolOptions<RecognitionJob>, 'where' | 'leftAloneMs'>;

/** As many as leave a processor for the rest; each takes some 200 MB. */
export function recognitionProcesses(): number {
  return Math.min(4, Math.max(1, availableParallelism() - 1));
}

/** Recognises files in processes that start on demand, and end when there is nothing to do. */
export function createRecogniser(options: RecogniserOptions): Recogniser {
  const pool = createProcessPool<RecognitionJob, PageOutcome, null>({ ...options, where: 'recognition' });
  return {
    recognise: (job, { onPage, ...events }) => pool.run(job, { ...events, onStep: onPage }),
    close: pool.close,
  };
}
