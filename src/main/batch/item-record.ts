/** A file of a batch as it is stored. */
import type { Answer } from '../../shared/answer.ts';
import type { BatchCounts, ItemRow, ItemStatus } from '../../shared/batch-data.ts';
import type { Places } from '../../shared/places.ts';
import type { Problem } from '../../shared/problem.ts';
import type { ReadingNote } from '../../shared/reading-note.ts';

/** A file that a walk found; with a problem when it can be said at once that it cannot be read. */
export interface NewItem {
  readonly path: string;
  readonly name: string;
  readonly bytes: number | null;
  readonly modifiedAt: number | null;
  readonly problem: Problem | null;
}

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
}

/** What a runner takes to work on. */
export interface ClaimedItem {
  readonly row: ItemRow;
  readonly path: string;
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

/** A finished file that was edited since, as it is now. */
export interface EditedFile {
  readonly itemId: number;
  readonly bytes: number;
  readonly modifiedAt: number;
}

/** A file that is done, as it was when it was read. */
export interface FinishedFile {
  readonly itemId: number;
  readonly position: number;
  readonly path: string;
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
