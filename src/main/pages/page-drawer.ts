import type { PagePicture, PictureFile } from '../../shared/page-picture.ts';
import type { Problem } from '../../shared/problem.ts';
import type { Result } from '../../shared/result.ts';
import type { OwnProcess } from '../common/own-process.ts';
import { createProcessPool } from '../common/process-pool.ts';
import type { PageWords } from './find-on-page.ts';
import type { PageAnswer, PageJob, PageSource, ToPages } from './messages.ts';

export type PageProcess = OwnProcess<ToPages>;

/** Draws pages of files for a person who looks at them, or for a model that sees. Pages are counted from 1. */
export interface PageDrawer {
  /** Resolves with a picture about this many pixels wide, or with why there is none. Never rejects. */
  draw(source: PageSource, page: number, width: number, signal: AbortSignal): Promise<Result<PagePicture, Problem>>;
  /** Resolves with a page as it is sent to a model (a strip in several pieces, from the top), or with why it is not. Never rejects. */
  files(source: PageSource, page: number, signal: AbortSignal): Promise<Result<readonly PictureFile[], Problem>>;
  /** What stands on a page of a PDF, and where; an image has no words before they are recognised. Never rejects. */
  words(source: PageSource, page: number): Promise<Result<PageWords, Problem>>;
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
  const pool = createProcessPool<PageJob, never, PageAnswer>({
    fork,
    processes: 1,
    where: 'picture',
    idleMs,
    leftAloneMs,
  });
  /** What answers a job is what it asks for. */
  const ask = <Answer extends PageAnswer>(job: PageJob, signal?: AbortSignal) =>
    pool.run(job, { signal }) as Promise<Result<Answer, Problem>>;
  return {
    draw: (source, page, width, signal) => ask<PagePicture>({ source, page, want: { what: 'picture', width } }, signal),
    files: (source, page, signal) => ask<readonly PictureFile[]>({ source, page, want: { what: 'file' } }, signal),
    words: (source, page) => ask<PageWords>({ source, page, want: { what: 'words' } }),
    close: pool.close,
  };
}
