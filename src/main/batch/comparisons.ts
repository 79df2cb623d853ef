/** Compares two batches that share files. */

import type { BatchComparison, PairedQuestion } from '../../shared/batch-comparison.ts';
import type { Batch } from '../../shared/batch-data.ts';
import type { Problem } from '../../shared/problem.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { pairQuestions } from '../recipes/pair-questions.ts';
import type { Store } from '../store/store.ts';
import { noBatch } from './batch-states.ts';

export interface ComparedBatches {
  readonly left: Batch;
  readonly right: Batch;
  readonly comparison: BatchComparison;
}

/** Rows that are read at once: the thread has other reads in between. */
const ROWS_AT_ONCE = 1_000;

type ComparedReads = Pick<Store['read'], 'readBatch' | 'pairItems' | 'compareAnswers'>;

/** Reads both, as they are now. */
export async function compareBatches(
  read: ComparedReads,
  leftId: string,
  rightId: string,
): Promise<Result<ComparedBatches, Problem>> {
  const [left, right] = [await read.readBatch(leftId), await read.readBatch(rightId)];
  if (left === null || right === null) return err(noBatch());
  const pairing = pairQuestions(left.batch.recipe, right.batch.recipe);
  const items = await read.pairItems(leftId, rightId);
  const states = await statesOf(read, items, pairing.questions);
  return ok({ left: left.batch, right: right.batch, comparison: { ...pairing, ...items, states } });
}

async function statesOf(
  read: ComparedReads,
  { left, right }: Pick<BatchComparison, 'left' | 'right'>,
  questions: readonly PairedQuestion[],
): Promise<Uint8Array> {
  const states = new Uint8Array(left.length * questions.length);
  for (let from = 0; from < left.length; from += ROWS_AT_ONCE) {
    const to = from + ROWS_AT_ONCE;
    // Copies: a view would be sent with all that is behind it.
    const some = await read.compareAnswers(left.slice(from, to), right.slice(from, to), questions);
    states.set(some, from * questions.length);
  }
  return states;
}
