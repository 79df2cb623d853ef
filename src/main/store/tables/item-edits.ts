/** What a person changes of a file's row by hand. */
import type { Database } from 'better-sqlite3';
import type { AnswerValue } from '../../../shared/answer.ts';
import type { ItemRow } from '../../../shared/batch-data.ts';
import type { CheckedItems } from '../../batch/item-record.ts';
import { prepared } from '../prepared.ts';
import { correctAnswer } from './answers.ts';
import { countChecked } from './item-counts.ts';
import { readItemRow } from './items.ts';

/** Puts a person's value in place of an answer's; null goes back to the model's. Null when there is no such file. */
export function correctItem(
  db: Database,
  itemId: number,
  question: string,
  value: AnswerValue | null,
  at: number,
): ItemRow | null {
  correctAnswer(db, itemId, question, value, at);
  return readItemRow(db, itemId);
}

/** Ticks files whose answers a person has checked, or (null) takes the ticks away. */
export function checkItems(db: Database, batchId: string, itemIds: readonly number[], at: number | null): CheckedItems {
  prepared(db, 'UPDATE items SET checked_at = ? WHERE batch_id = ? AND id IN (SELECT value FROM json_each(?))').run(
    at,
    batchId,
    JSON.stringify(itemIds),
  );
  return { rows: itemIds.flatMap((id) => readItemRow(db, id) ?? []), checked: countChecked(db, batchId) };
}
