import type { Database } from 'better-sqlite3';
import type {
  Answer,
  AnswerCell,
  AnswerStatus,
  AnswerValue,
  Coverage,
  Evidence,
  Proof,
} from '../../../shared/answer.ts';
import { shownValue, valueWords } from '../../../shared/answer-words.ts';
import type { RecordedAnswer } from '../../batch/item-record.ts';
import { expectKnown } from '../known-values.ts';
import { prepared } from '../prepared.ts';
import { readProblem, storedProblem } from '../stored-problem.ts';
import {
  CORRECTION_COLUMNS,
  type CorrectionRecord,
  correctionsOfItem,
  JOIN_CORRECTIONS,
  putCorrection,
  toCorrection,
} from './corrections.ts';

interface CellRecord extends CorrectionRecord {
  readonly item_id: number;
  readonly question: string;
  readonly status: AnswerStatus;
  readonly proof: Proof | null;
  readonly value: string | null;
}

interface AnswerRecord extends CellRecord {
  readonly identity: Buffer | null;
  readonly note: string | null;
  readonly problem: string | null;
  readonly call_ids: string;
  readonly coverage: string | null;
  readonly evidence: string | null;
  readonly raw: string | null;
}

/** Stores what a file's questions were answered, in place of all that was there. */
export function putAnswers(db: Database, itemId: number, answers: readonly RecordedAnswer[]): void {
  removeAnswers(db, itemId);
  const corrections = correctionsOfItem(db, itemId);
  const insert = prepared(
    db,
    `INSERT INTO answers (item_id, question, status, proof, shown, number, value, identity, note, problem, call_ids,
         coverage, evidence, raw)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const answer of answers) {
    const shown = shownValue({ value: answer.value, corrected: corrections.get(answer.question) });
    insert.run(
      itemId,
      answer.question,
      expectKnown('answerStatus', answer.status),
      answer.proof,
      shown === null ? null : valueWords(shown),
      shown === null ? null : sortNumber(shown),
      toJson(answer.value),
      answer.identity === null ? null : Buffer.from(answer.identity, 'hex'),
      answer.note,
      storedProblem(answer.problem),
      JSON.stringify(answer.callIds),
      toJson(answer.coverage),
      answer.evidence.length === 0 ? null : JSON.stringify(answer.evidence),
      answer.raw,
    );
  }
}

/** Puts a person's value in place of an answer's; null goes back to the model's. */
export function correctAnswer(
  db: Database,
  itemId: number,
  question: string,
  value: AnswerValue | null,
  at: number,
): void {
  putCorrection(db, itemId, question, value, at);
  const answer = answersOfItem(db, itemId).find((one) => one.question === question);
  const shown = answer === undefined ? null : shownValue(answer);
  prepared(db, 'UPDATE answers SET shown = ?, number = ? WHERE item_id = ? AND question = ?').run(
    shown === null ? null : valueWords(shown),
    shown === null ? null : sortNumber(shown),
    itemId,
    question,
  );
}

export function removeAnswers(db: Database, itemId: number): void {
  prepared(db, 'DELETE FROM answers WHERE item_id = ?').run(itemId);
}

/** The table's cells of some files, by the file's id. */
export function cellsOfItems(db: Database, itemIds: readonly number[]): ReadonlyMap<number, readonly AnswerCell[]> {
  const records = prepared<[string], CellRecord>(
    db,
    `SELECT a.item_id, a.question, a.status, a.proof, a.value, ${CORRECTION_COLUMNS} FROM answers a ${JOIN_CORRECTIONS}
       WHERE a.item_id IN (SELECT value FROM json_each(?)) ORDER BY a.item_id, a.id`,
  ).all(JSON.stringify(itemIds));
  const cells = new Map<number, AnswerCell[]>();
  for (const record of records) {
    const ofItem = cells.get(record.item_id);
    if (ofItem === undefined) cells.set(record.item_id, [toCell(record)]);
    else ofItem.push(toCell(record));
  }
  return cells;
}

/** All that is known of a file's answers. */
export function answersOfItem(db: Database, itemId: number): readonly Answer[] {
  return prepared<[number], AnswerRecord>(
    db,
    `SELECT a.*, ${CORRECTION_COLUMNS} FROM answers a ${JOIN_CORRECTIONS} WHERE a.item_id = ? ORDER BY a.id`,
  )
    .all(itemId)
    .map(toAnswer);
}

/**
 * Answers that need not be asked for again: those that succeeded, by what they depend on, of a batch and of those whose
 * files it asks once more.
 */
export function findAnswers(db: Database, batchId: string, identities: readonly string[]): readonly RecordedAnswer[] {
  return prepared<[string, string], AnswerRecord>(
    db,
    `WITH RECURSIVE earlier (id) AS (
       SELECT ? UNION SELECT b.again_of FROM batches b JOIN earlier e ON b.id = e.id WHERE b.again_of IS NOT NULL)
     SELECT a.*, NULL AS corrected, NULL AS corrected_of FROM json_each(?) wanted
       JOIN answers a ON a.identity = unhex(wanted.value) JOIN items i ON i.id = a.item_id
       WHERE i.batch_id IN (SELECT id FROM earlier) AND a.status = 'done'`,
  )
    .all(batchId, JSON.stringify(identities))
    .map((record) => ({ ...toAnswer(record), identity: record.identity?.toString('hex') ?? null }));
}

function toAnswer(record: AnswerRecord): Answer {
  return {
    ...toCell(record),
    raw: record.raw,
    note: record.note,
    problem: readProblem(record.problem),
    evidence: record.evidence === null ? [] : (JSON.parse(record.evidence) as Evidence[]),
    coverage: record.coverage === null ? null : (JSON.parse(record.coverage) as Coverage),
    callIds: JSON.parse(record.call_ids) as number[],
  };
}

function toCell(record: CellRecord): AnswerCell {
  const { question, status, value, proof } = record;
  const corrected = toCorrection(record);
  return {
    question,
    status,
    value: value === null ? null : (JSON.parse(value) as AnswerValue),
    proof,
    ...(corrected === undefined ? {} : { corrected }),
  };
}

/** What a value sorts by, if that is a number. */
function sortNumber(value: AnswerValue): number | null {
  switch (value.type) {
    case 'number':
      return value.number;
    case 'date': {
      const at = Date.parse(value.from);
      return Number.isNaN(at) ? null : at;
    }
    case 'yes_no':
      return value.yes ? 1 : 0;
    case 'text':
    case 'list':
    case 'not_stated':
      return null;
  }
}

function toJson(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}
