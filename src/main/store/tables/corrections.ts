/** Values that a person put in place of a model's. */
import type { Database } from 'better-sqlite3';
import type { AnswerValue, Correction } from '../../../shared/answer.ts';
import { prepared } from '../prepared.ts';

/** As it is joined to an answer; null where there is none. */
export interface CorrectionRecord {
  readonly corrected: string | null;
  readonly corrected_of: string | null;
}

/** The columns of `CorrectionRecord`, in a query of answers `a`. */
export const CORRECTION_COLUMNS = 'c.value AS corrected, c.of_value AS corrected_of';
export const JOIN_CORRECTIONS = 'LEFT JOIN corrections c ON c.item_id = a.item_id AND c.question = a.question';

export function toCorrection({ corrected, corrected_of }: CorrectionRecord): Correction | undefined {
  if (corrected === null) return undefined;
  return {
    value: JSON.parse(corrected) as AnswerValue,
    of: corrected_of === null ? null : (JSON.parse(corrected_of) as AnswerValue),
  };
}

/** Of one file, by the question. */
export function correctionsOfItem(db: Database, itemId: number): ReadonlyMap<string, Correction> {
  const records = prepared<[number], CorrectionRecord & { question: string }>(
    db,
    `SELECT c.question, ${CORRECTION_COLUMNS} FROM corrections c WHERE c.item_id = ?`,
  ).all(itemId);
  return new Map(
    records.flatMap((record) => {
      const correction = toCorrection(record);
      return correction === undefined ? [] : [[record.question, correction]];
    }),
  );
}

/** Puts a value in place of what a question was answered; null takes it away again. */
export function putCorrection(
  db: Database,
  itemId: number,
  question: string,
  value: AnswerValue | null,
  at: number,
): void {
  if (value === null) {
    prepared(db, 'DELETE FROM corrections WHERE item_id = ? AND question = ?').run(itemId, question);
    return;
  }
  prepared(
    db,
    `INSERT INTO corrections (item_id, question, value, of_value, corrected_at)
       SELECT item_id, question, ?, value, ? FROM answers WHERE item_id = ? AND question = ?
       ON CONFLICT (item_id, question) DO UPDATE
         SET value = excluded.value, of_value = excluded.of_value, corrected_at = excluded.corrected_at`,
  ).run(JSON.stringify(value), at, itemId, question);
}
