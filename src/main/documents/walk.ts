import type { BigIntStats } from 'node:fs';
import { opendir, realpath, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { type Problem, problem } from '../../shared/problem.ts';
import { loopingLink, notAFile, problemOfFileError } from './file-problems.ts';
import { sortNaturally } from './natural-order.ts';
import { specialKind } from './read-file.ts';

/** A file to be read. */
export interface FoundFile {
  readonly path: string;
  /** For display: the path from the dropped file or folder on, with forward slashes. */
  readonly name: string;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly modifiedAt: number;
  readonly problem?: undefined;
}

/** Something that cannot be read, for a row that says why. */
export interface FailedPath {
  readonly path: string;
  readonly name: string;
  readonly bytes?: undefined;
  readonly modifiedAt?: undefined;
  readonly problem: Problem;
}

export type Found = FoundFile | FailedPath;

/** What a walk came to; the value that its generator returns. */
export interface WalkSummary {
  readonly files: number;
  readonly failed: number;
  /** Hidden files and folders, and what systems and tools leave behind (`Thumbs.db`, `node_modules`, `~$…`). */
  readonly skipped: number;
  /** Paths to a file or folder that the walk had met before, under this or another name. */
  readonly repeated: number;
  /** Whether the signal ended the walk early. */
  readonly aborted: boolean;
}

export interface WalkOptions {
  readonly signal?: AbortSignal | undefined;
  /** The walk ends there with a failed row that says so. 1,000,000 by default. */
  readonly maxFiles?: number | undefined;
}

/**
 * Finds the files in what was dropped: files as they are, folders with all that is in them, in natural order.
 * Links are followed, each file and folder is met once. Only names and sizes are read, never a file's content, and
 * never synchronously. What goes wrong becomes a `FailedPath`; nothing is thrown.
 */
export async function* walk(
  paths: readonly string[],
  { signal, maxFiles = 1_000_000 }: WalkOptions = {},
): AsyncGenerator<Found, WalkSummary> {
  const counts = { files: 0, failed: 0, skipped: 0, repeated: 0 };
  const seen = new Set<string>();
  /** What is still to be visited, the next one last; so a folder's content comes right after the folder. */
  const waiting: Step[] = paths.map((path) => droppedStep(resolve(path))).reverse();

  while (waiting.length > 0) {
    if (signal?.aborted) return { ...counts, aborted: true };
    const window = takeWindow(waiting);
    const looks = await Promise.all(window.map(look));
    for (const [index, seenNow] of looks.entries()) {
      const outcome = settle(seenNow, seen);
      if (outcome.kind === 'repeated') {
        counts.repeated += 1;
      } else if (outcome.kind === 'folder') {
        // Its content comes before what is left of this window, which is looked at again then.
        waiting.push(...window.slice(index + 1).reverse());
        const opened = await openFolder(outcome.folder);
        counts.skipped += opened.skipped;
        if (opened.failed !== null) {
          counts.failed += 1;
          yield opened.failed;
        }
        for (let i = opened.steps.length - 1; i >= 0; i -= 1) waiting.push(opened.steps[i] as Step);
        break;
      } else if (counts.files >= maxFiles) {
        yield tooMany(outcome.found, maxFiles);
        return { ...counts, failed: counts.failed + 1, aborted: false };
      } else {
        counts[outcome.found.problem === undefined ? 'files' : 'failed'] += 1;
        yield outcome.found;
      }
    }
  }
  return { ...counts, aborted: false };
}
