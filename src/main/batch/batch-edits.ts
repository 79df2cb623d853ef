/** What a person changes of a batch by hand, at any time: also while it runs. */
import type { Batch, ItemRow } from '../../shared/batch-data.ts';
import { type Problem, problem } from '../../shared/problem.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Emit } from '../common/emit.ts';
import { readCorrection } from '../recipes/read-correction.ts';
import type { Store } from '../store/store.ts';
import { noBatch } from './batch-states.ts';
import type { CheckedItems } from './item-record.ts';
import type { BatchAmendment } from './progress.ts';

export interface BatchEdits {
  /** What was dropped keeps its own name. */
  rename(batchId: string, name: string): Promise<Result<Batch, Problem>>;
  /** Puts a value in place of a model's; null goes back to the model's. */
  correct(itemId: number, question: string, text: string | null): Promise<Result<ItemRow, Problem>>;
  /** Ticks files as checked, or takes the ticks away. */
  check(batchId: string, itemIds: readonly number[], checked: boolean): Promise<CheckedItems>;
}

interface BatchEditsParts {
  readonly store: Pick<Store, 'read' | 'write'>;
  readonly emit: Emit;
  /** Tells whatever holds the batch while it runs or is collected. */
  readonly amend: (batchId: string, change: BatchAmendment) => void;
  readonly now: () => number;
}

export function createBatchEdits({ store, emit, amend, now }: BatchEditsParts): BatchEdits {
  /** The question as the file's batch asks it now. */
  const findQuestion = async (itemId: number, id: string) => {
    const item = await store.read.readItemDetail(itemId);
    const setup = item === null ? null : await store.read.readBatch(item.row.batchId);
    const isAnswered = item?.answers.some(({ question }) => question === id) ?? false;
    return isAnswered ? setup?.batch.recipe.questions.find((question) => question.id === id) : undefined;
  };

  const correct = async (itemId: number, id: string, text: string | null): Promise<Result<ItemRow, Problem>> => {
    const question = await findQuestion(itemId, id);
    if (question === undefined) return err(problem('invalid_input', { what: 'item_gone' }));
    const read = text === null ? null : readCorrection(question, text);
    if (read?.ok === false) return err(problem('invalid_input', { what: 'correction', said: read.error }));
    const row = await store.write.correctItem(itemId, id, read === null ? null : read.value, now());
    return row === null ? err(problem('invalid_input', { what: 'item_gone' })) : ok(row);
  };

  return {
    rename: async (batchId, name) => {
      const batch = await store.write.renameBatch(batchId, name);
      if (batch === null) return err(noBatch());
      amend(batchId, { name });
      emit('batch.changed', { batchId });
      return ok(batch);
    },
    correct,
    check: async (batchId, itemIds, checked) => {
      const result = await store.write.checkItems(batchId, itemIds, checked ? now() : null);
      amend(batchId, { checked: result.checked });
      return result;
    },
  };
}
