import type { PagePicture } from '../../shared/page-picture.ts';
import type { Problem } from '../../shared/problem.ts';
import type { Result } from '../../shared/result.ts';
import type { OwnProcess } from '../common/own-process.ts';
import { createProcessPool } from '../common/process-pool.ts';
import type { PageJob, ToPages } from './messages.ts';

export type PageProcess = OwnProcess<ToPages>;

/** Draws pages of files for a person who looks at them. */
export interface PageDrawer {
  /** Resolves with the picture, or with why there is none. Never rejects. */
  draw(job: PageJob, signal: AbortSignal): Promise<Result<PagePicture, Problem>>;
  close(): Promise<void>;
}

export interface PageDrawerOptions {
  readonly fork: () => PageProcess;
  /** An idle process ends after this time. */
  readonly idleMs?: number;
  /** How long it may go on with a page that nobody looks at any more. */
  readonly leftAloneMs?: number;
}

/**
 * In one process of its own, which starts on demand: not that of recognition, whose pages take seconds, and which goes
 * on while somebody looks at others.
 */
export function createPageDrawer({ fork, idleMs, leftAloneMs = 1_000 }: PageDrawerOptions): PageDrawer {
  const pool = createProcessPool<PageJob, never, PagePicture>({
    fork,
    processes: 1,
    where: 'picture',
    idleMs,
    leftAloneMs,
  });
  return { draw: (job, signal) => pool.run(job, { signal }), close: pool.close };
}
