/**
 * Batches, their files and results.
 * Times are milliseconds since the Unix epoch, durations are milliseconds, sizes are bytes. `null` means
 * "unknown" or "does not apply", never zero.
 */
import type { Answer, AnswerCell } from './answer.ts';
import type { CallRow } from './call-data.ts';
import type { Inside } from './inside.ts';
import type { Problem } from './problem.ts';
import type { ReadingNote } from './reading-note.ts';
import type { Recipe } from './recipe.ts';
import type { BatchWatch } from './watch-data.ts';

/**
 * `collecting`: folders are being read. `ready`: waiting for the user to start it (a remote provider).
 * `interrupted`: a quit, crash or outage left it unfinished, and the user can resume it.
 */
export type BatchStatus = 'collecting' | 'ready' | 'running' | 'cancelled' | 'interrupted' | 'finished';

/** `removed`: a person took it out of the batch, which counts, runs and exports without it until it is brought back. */
export const itemStatuses = ['queued', 'running', 'done', 'failed', 'cancelled', 'removed'] as const;
export type ItemStatus = (typeof itemStatuses)[number];

export const exportFilters = ['all', 'noted', 'queued', 'done', 'failed', 'cancelled'] as const;
/** Which files of a batch are exported: all, those with a status, or `noted`: those with reading notes. */
export type ExportFilter = (typeof exportFilters)[number];

export const itemFilters = [...exportFilters, 'removed'] as const;
/** Which files of a batch are shown; `all` are those that were not removed. */
export type ItemFilter = (typeof itemFilters)[number];

export interface BatchCounts {
  /** Without those that were removed. */
  readonly total: number;
  readonly queued: number;
  readonly running: number;
  readonly done: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly removed: number;
  /** How many of those done and failed have reading notes. */
  readonly noted: number;
  /** Whose answers a person has ticked as checked. */
  readonly checked: number;
}

export const noCounts: BatchCounts = {
  total: 0,
  queued: 0,
  running: 0,
  done: 0,
  failed: 0,
  cancelled: 0,
  removed: 0,
  noted: 0,
  checked: 0,
};

export interface Batch {
  readonly id: string;
  /** What a person called it, else as `dropped`. */
  readonly name: string;
  /** Name of the dropped folder, or of the first file plus how many more. */
  readonly dropped: string;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  /** Total running time as of its last stop, without the time in between runs. Null if it was not recorded. */
  readonly workedMs: number | null;
  readonly status: BatchStatus;
  readonly counts: BatchCounts;
  /** Total size of its files, as far as known. */
  readonly bytes: number;
  /** What every file is asked. */
  readonly recipe: Recipe;
  /** The provider the batch runs with, fixed when it is created. */
  readonly providerName: string;
  readonly host: string;
  readonly model: string;
  readonly temperature: number;
  readonly llm: boolean;
  readonly local: boolean;
  /** The batch whose files it asks once more; it may have been deleted since. */
  readonly againOf: string | null;
  /** Null where its folder is not watched. */
  readonly watch: BatchWatch | null;
  /** Number of names passed over: hidden and system files, and those met again, as through a link. */
  readonly skipped: number;
  /** Why it stopped by itself with files left (a rejected key, an exhausted quota, a server that is gone). */
  readonly problem: Problem | null;
}

/** Tokens of all calls of a batch, as far as the server counted. */
export interface BatchTokens {
  readonly total: number;
  /** Read from the provider's cache. */
  readonly cached: number;
  readonly reasoning: number;
  /** Answered calls whose tokens the server did not count. */
  readonly uncounted: number;
}

/** Progress of an export. */
export interface ExportProgress {
  readonly batchId: string;
  readonly written: number;
  readonly total: number;
}

/** A row of the live table: kept narrow, without full texts. */
export interface ItemRow {
  readonly id: number;
  readonly batchId: string;
  /** 0-based position in the batch; never changes. */
  readonly position: number;
  readonly name: string;
  /** Lies in another file. */
  readonly isInside: boolean;
  readonly bytes: number | null;
  readonly status: ItemStatus;
  /** In no particular order; empty until the file has been read. */
  readonly answers: readonly AnswerCell[];
  readonly totalTokens: number | null;
  readonly latencyMs: number | null;
  /** What a person should know about how the file was read. */
  readonly notes: readonly ReadingNote[];
  /** The file's problem, or that of the first question that failed. */
  readonly problem: Problem | null;
  /** When a person ticked its answers as checked; null if not, or if they have changed since. */
  readonly checkedAt: number | null;
  /** Since when the file is not where it was, as far as another look has noticed; null while it is there. */
  readonly goneAt: number | null;
}

/** Progress of another look at the folder of a batch. */
export interface LookProgress {
  readonly batchId: string;
  /** Names met so far, of files and folders. */
  readonly names: number;
}

/** What a batch has now that it had not when its folder was read. */
export interface LookedAgain {
  readonly batch: Batch;
  /** Files that were not there before, those that cannot be read included. */
  readonly added: number;
  /** Files that were edited since they were read. */
  readonly edited: number;
  /** A person ended the look early: there may be more. */
  readonly stopped: boolean;
  /** Files with another name or in another folder now; nothing about them is asked again. */
  readonly renamed: number;
  /** Files that are not there any more. */
  readonly gone: number;
}

/** Everything known about one file. */
export interface ItemDetail {
  readonly row: ItemRow;
  /** On disk: its own, or that of the file it lies in. */
  readonly path: string;
  /** Where it lies in the file at its path; empty for that file itself. */
  readonly inside: Inside;
  /** What it holds has rows of its own, and is not part of its text. */
  readonly apart: boolean;
  /** Damaged pages that it may be read without. */
  readonly withoutPages: readonly number[];
  readonly format: string | null;
  readonly encoding: string | null;
  readonly pages: number | null;
  readonly characters: number | null;
  readonly sha256: string | null;
  /** Empty if nothing was asked, as of a file that could not be read. */
  readonly answers: readonly Answer[];
  readonly calls: readonly CallRow[];
}

/** What a stalled batch is waiting for. */
export interface BatchWait {
  /** Why the longest-waiting call failed. */
  readonly problem: Problem;
  /** Time until its next attempt; 0 if that is under way. */
  readonly remainingMs: number;
  /** When the host went away for all its callers; null if calls are only waiting individually. */
  readonly since: number | null;
}

/** How far the recognition of a file's pages is. */
export interface RecognisingItem {
  readonly itemId: number;
  readonly done: number;
  readonly of: number;
}

export interface BatchProgress {
  readonly batch: Batch;
  /** Files finished per second over the last ten seconds; null until known. */
  readonly filesPerSecond: number | null;
  readonly remainingMs: number | null;
  /** Set while the batch is stalled because its calls are waiting for further attempts. */
  readonly waiting: BatchWait | null;
  /** Names seen so far while folders are being read; files are only counted once their folder has been sorted. */
  readonly namesSeen?: number | undefined;
  /** Files whose pages are recognised now, or are about to be. */
  readonly recognising?: readonly RecognisingItem[];
  /** Rows that changed since the last event. */
  readonly changed: readonly ItemRow[];
}
