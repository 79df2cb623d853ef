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
}

/** What the runner needs beside what is shown. */
export interface BatchSetup {
  readonly batch: Batch;
  readonly paths: readonly string[];
  readonly temperature: number;
}

/** What a batch becomes, and when (milliseconds since the Unix epoch). */
export interface BatchChange {
  readonly status: BatchStatus;
  readonly at: number;
  /** Why it stopped by itself; null clears it. */
  readonly problem?: Problem | null;
  readonly skipped?: number;
}
