/** A file of a batch as it is stored. */

import type { Answer } from '../../shared/answer.ts';
import type { BatchCounts, ItemRow, ItemStatus } from '../../shared/batch-data.ts';
import type { Inside } from '../../shared/inside.ts';
import type { Places } from '../../shared/places.ts';
import type { Problem } from '../../shared/problem.ts';
import type { ReadingNote } from '../../shared/reading-note.ts';
import type { FoundAnywhere } from '../documents/containers/opened-walk.ts';

/** A file that a walk found, on disk if nothing else is said; with a problem when it can be said at once that it cannot be read. */
export type NewItem = Pick<FoundAnywhere, 'path' | 'name' | 'bytes' | 'modifiedAt' | 'problem'> &
  Partial<FoundAnywhere>;

/** Which queued files are wanted. */
export interface ClaimedFrom {
  /** Those under suspicion, which are taken after all others; else those others. */
  readonly suspects: boolean;
  /** Only those behind that place; what stands before was looked through already. */
  readonly afterPosition: number;
  /** The last ones first. */
  readonly fromEnd: boolean;
  /** Only these; null for all. */
  readonly only: readonly number[] | null;
  /** Only what a watch has found. */
  readonly foundOnly: boolean;
}

/** Where a file of a batch is. */
export interface Whereabouts {
  /** On disk: its own, or that of the container it lies in. */
  readonly path: string;
  readonly inside: Inside;
}

/** What a runner takes to work on. */
export interface ClaimedItem extends Whereabouts {
  readonly row: ItemRow;
  /** What it holds has rows of its own. */
  readonly apart: boolean;
  /** Damaged pages that it may be read without. */
  readonly withoutPages: readonly number[];
}

/** An answer with what it depends on (`recipes/answer-identity.ts`); null in rows of older versions. */
export interface RecordedAnswer extends Answer {
  readonly identity: string | null;
}

/** What became of a file: its text, its answers, and why it failed. Null where that is unknown or none. */
export interface ItemOutcome {
  readonly itemId: number;
  readonly status: Extract<ItemStatus, 'done' | 'failed'>;
  readonly bytes: number | null;
  readonly format: string | null;
  readonly encoding: string | null;
  readonly characters: number | null;
  readonly sha256: string | null;
  /** What was read of it; null if nothing, or more than any model takes. */
  readonly text: string | null;
  /** Null if it has none. */
  readonly places: Places | null;
  readonly notes: readonly ReadingNote[];
  readonly totalTokens: number | null;
  readonly latencyMs: number | null;
  readonly problem: Problem | null;
  readonly answers: readonly RecordedAnswer[];
}

/** A finished file that was edited since, or lies in one that was, as that one is now. */
export interface EditedFile {
  readonly itemId: number;
  readonly isInside: boolean;
  readonly bytes: number;
  readonly modifiedAt: number;
}

/** A file that is on record, as it was when it was last looked at. */
export interface ItemOnRecord extends Whereabouts {
  readonly itemId: number;
  readonly position: number;
  readonly name: string;
  /** Of the file at its path, which may be what it lies in. */
  readonly bytes: number | null;
  readonly modifiedAt: number | null;
  /** It was read with all that it holds, before that had rows of its own. */
  readonly isWhole: boolean;
  /** What it holds has rows of its own. */
  readonly apart: boolean;
  readonly status: ItemStatus;
  readonly sha256: string | null;
  readonly goneAt: number | null;
}

/** A file that has another name now. */
export interface RenamedFile {
  readonly itemId: number;
  readonly path: string;
  readonly name: string;
  readonly modifiedAt: number;
}

/** What a look at a folder makes of the files that are on record. */
export interface LookChanges {
  readonly added: readonly NewItem[];
  readonly edited: readonly EditedFile[];
  readonly renamed: readonly RenamedFile[];
  /** Those with another date, and the content that was read. */
  readonly touched: readonly EditedFile[];
  readonly gone: readonly number[];
  readonly back: readonly number[];
}

/** A file that is done, and the file at its path as it was when it was read. */
export interface FinishedFile {
  readonly itemId: number;
  readonly position: number;
  readonly path: string;
  readonly isInside: boolean;
  readonly bytes: number | null;
  readonly modifiedAt: number | null;
}

export interface CheckedItems {
  readonly rows: readonly ItemRow[];
  /** How many files of the batch are ticked now. */
  readonly checked: number;
}

/** What removing files or bringing them back made of their batch. */
export interface ItemRemoval {
  /** Those that were in the batch, or had been removed from it. */
  readonly itemIds: readonly number[];
  /** By how much each count changed. */
  readonly change: BatchCounts;
}
