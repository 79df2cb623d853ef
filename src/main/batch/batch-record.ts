/** A batch as it is stored. */
import type { Batch, BatchStatus } from '../../shared/batch-data.ts';
import type { Problem } from '../../shared/problem.ts';
import type { Recipe } from '../../shared/recipe.ts';

/** Where the texts of a batch go: what it keeps of its provider, so that all its rows say the same. */
export interface Destination {
  readonly providerName: string;
  readonly host: string;
  readonly model: string;
  readonly llm: boolean;
  readonly local: boolean;
  readonly temperature: number;
}

/** A batch as it is made. */
export interface NewBatch extends Destination {
  readonly id: string;
  readonly name: string;
  /** What was dropped or named. */
  readonly paths: readonly string[];
  /** What every file is asked. */
  readonly recipe: Recipe;
  /** Identifies what was asked (paths, recipe, provider, model, parameters), so that the same command finds it again. */
  readonly source: string;
  readonly createdAt: number;
  /** The batch whose files it asks once more. */
  readonly againOf?: string | undefined;
}

/** A batch over the files that another one has on record. */
export interface BatchAgain extends NewBatch {
  readonly againOf: string;
}

/** Files of a batch whose texts were kept, or of which only the size is known. */
export interface FilesToAsk {
  /** Whether they have answers that succeeded. */
  readonly answered: boolean;
  readonly files: number;
  /** How many of them were read, and the size of their texts. */
  readonly read: number;
  readonly textBytes: number;
  /** Pages of those that have some that can be drawn, and the size of their texts. */
  readonly pages: number;
  readonly pageTextBytes: number;
}

/** What the runner needs beside what is shown. */
export interface BatchSetup {
  readonly batch: Batch;
  readonly paths: readonly string[];
  /** What runs or waits is only what its watch has found. */
  readonly byWatch: boolean;
}

/** What a batch becomes, and when (milliseconds since the Unix epoch). */
export interface BatchChange {
  readonly status: BatchStatus;
  readonly at: number;
  /** Why it stopped by itself; null clears it. */
  readonly problem?: Problem | null;
  readonly skipped?: number;
  /** It runs a few of its files, and waits for a go of its own then. */
  readonly isTrial?: boolean;
  /** What runs or waits is only what its watch has found. */
  readonly byWatch?: boolean;
}
