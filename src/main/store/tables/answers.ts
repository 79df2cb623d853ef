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
import { valueWords } from '../../../shared/answer-words.ts';
import { expectKnown } from '../known-values.ts';
import { prepared } from '../prepared.ts';
import { readProblem, storedProblem } from '../stored-problem.ts';

interface CellRecord {
  readonly item_id: number;
  readonly question: string;
  readonly status: AnswerStatus;
  readonly proof: Proof | null;
  readonly value: string | null;
}

interface AnswerRecord extends CellRecord {
  readonly note: string | null;
  readonly problem: string | null;
  readonly call_ids: string;
  readonly coverage: string | null;
  readonly evidence: string | null;
  readonly raw: string | null;
}

/** Stores what a file's questions were answered, in place of all that was there. */
export function putAnswers(db: Database, itemId: number, answers: readonly Answer[]): void {
  removeAnswers(db, itemId);
  const insert = prepared(
    db,
    `INSERT INTO answers (item_id, question, status, proof, shown, number, value, note, problem, call_ids, coverage,
         evidence, raw)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const answer of answers) {
    insert.run(
      itemId,
      answer.question,
      expectKnown('answerStatus', answer.status),
      answer.proof,
      answer.value === null ? null : valueWords(answer.value),
      answer.value === null ? null : sortNumber(answer.value),
      toJson(answer.value),
      answer.note,
      storedProblem(answer.problem),
      JSON.stringify(answer.callIds),
      toJson(answer.coverage),
      answer.evidence.length === 0 ? null : JSON.stringify(answer.evidence),
      answer.raw,
    );
  }
}

export function removeAnswers(db: Database, itemId: number): void {
  prepared(db, 'DELETE FROM answers WHERE item_id = ?').run(itemId);
}

/** The table's cells of some files, by the file's id. */
export function cellsOfItems(db: Database, itemIds: readonly number[]): ReadonlyMap<number, readonly AnswerCell[]> {
  const records = prepared<[string], CellRecord>(
    db,
    `SELECT item_id, question, status, proof, value FROM answers
       WHERE item_id IN (SELECT value FROM json_each(?)) ORDER BY item_id, id`,
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
  return prepared<[number], AnswerRecord>(db, 'SELECT * FROM answers WHERE item_id = ? ORDER BY id')
    .all(itemId)
    .map((record) => ({
      ...toCell(record),
      raw: record.raw,
      note: record.note,
      problem: readProblem(record.problem),
      evidence: record.evidence === null ? [] : (JSON.parse(record.evidence) as Evidence[]),
      coverage: record.coverage === null ? null : (JSON.parse(record.coverage) as Coverage),
      callIds: JSON.parse(record.call_ids) as number[],
    }));
}

function toCell({ question, status, value, proof }: CellRecord): AnswerCell {
  return { question, status, value: value === null ? null : (JSON.parse(value) as AnswerValue), proof };
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
