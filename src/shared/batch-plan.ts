/** What a batch would do, told before it runs. */
import type { Problem } from './problem.ts';

/** Files of one kind. */
export interface PlannedFormat {
  /** In lower case, without the dot; empty for names without one. */
  readonly extension: string;
  readonly files: number;
  /** As far as known. */
  readonly bytes: number;
  /** Those whose text is on record from an earlier run, of this batch or of the one that it runs again. */
  readonly read: number;
  /** Size of these texts in bytes. */
  readonly textBytes: number;
  /** Pages of those that were read; of one without any, 1. */
  readonly pages: number;
}

/** Files that cannot be read, for one reason. */
export interface UnreadableFiles {
  /** Of the first of them. */
  readonly problem: Problem;
  readonly files: number;
}

/**
 * Why pages would not be sent as pictures: the model took none when it was last sent some, or none fits into what it reads at
 * once.
 */
export type NoPictures = 'not_seen' | 'no_room';

export interface BatchPlan {
  /** Files that wait and are to be read, by kind, the most frequent first. */
  readonly formats: readonly PlannedFormat[];
  /** Those whose names say that they cannot be: what is inside decides once they are opened. */
  readonly foreign: readonly PlannedFormat[];
  readonly unreadable: readonly UnreadableFiles[];
  /** Requests for each file that fits the model's context. */
  readonly requestsPerFile: number;
  /** Estimate of what would be sent for files of plain text and those that were read before. */
  readonly tokens: number;
  /** Waiting files whose amount of text, or whose number of pages, is unknown until they are read. */
  readonly unmeasured: number;
  /** Pages that would be sent as pictures, as far as known; 0 where the text is sent. */
  readonly pictures: number;
  /** Null if nothing is known against pictures, or none are to be sent. */
  readonly noPictures: NoPictures | null;
}

/** What running a batch again would do. */
export interface AgainPlan {
  /** Where it would go. */
  readonly providerName: string;
  readonly host: string;
  readonly model: string;
  readonly llm: boolean;
  readonly local: boolean;
  /** Files that would be read. */
  readonly files: number;
  /** Questions that were asked as they would be now: their answers are taken over. */
  readonly takenOver: number;
  /** Requests for each file that has answers to take over. */
  readonly requestsPerFile: number;
  /** Estimate of what would be sent for the files whose text is on record. */
  readonly tokens: number;
  /** Files whose amount of text, or whose number of pages, is unknown until they are read. */
  readonly unmeasured: number;
  /** Pages that would be sent as pictures, as far as known; 0 where the text is sent. */
  readonly pictures: number;
  readonly noPictures: NoPictures | null;
}
