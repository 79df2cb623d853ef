import type { Database } from 'better-sqlite3';
import type { AnswerCell } from '../../../shared/answer.ts';
import type { ItemRow, ItemStatus } from '../../../shared/batch-data.ts';
import { readingNotes, type StoredNote } from '../../../shared/reading-note.ts';
import type { Whereabouts } from '../../batch/item-record.ts';
import { prepared } from '../prepared.ts';
import { readProblem } from '../stored-problem.ts';
import { cellsOfItems } from './answers.ts';

/** What a row of the table is made of, beside its answers. */
export interface ItemRecord {
  readonly id: number;
  readonly batch_id: string;
  readonly position: number;
  readonly name: string;
  readonly inside: string | null;
  readonly bytes: number | null;
  readonly status: ItemStatus;
  readonly total_tokens: number | null;
  readonly latency_ms: number | null;
  readonly notes: string | null;
  readonly problem: string | null;
  readonly checked_at: number | null;
  readonly gone_at: number | null;
}

/** Where a file is, as a row has it. */
export interface WhereaboutsRecord {
  readonly path: string;
  readonly inside: string | null;
}

export function whereaboutsOf({ path, inside }: WhereaboutsRecord): Whereabouts {
  return { path, inside: inside === null ? [] : (JSON.parse(inside) as string[]) };
}

/** The columns of an `ItemRecord`, of items called `i`. */
export const ROW_COLUMNS =
  'i.id, i.batch_id, i.position, i.name, i.inside, i.bytes, i.status, i.total_tokens, i.latency_ms, i.notes, i.problem, i.checked_at, i.gone_at';

/** Rows of the table, in the order of their ids as given; without those that are gone. */
export function rowsOfItems(db: Database, itemIds: readonly number[]): readonly ItemRow[] {
  const records = prepared<[string], ItemRecord>(
    db,
    `SELECT ${ROW_COLUMNS} FROM json_each(?) j JOIN items i ON i.id = j.value ORDER BY j.key`,
  ).all(JSON.stringify(itemIds));
  return withAnswers(db, records);
}

/** Null when there is no such file. */
export function readItemRow(db: Database, itemId: number): ItemRow | null {
  const record = prepared<[number], ItemRecord>(db, `SELECT ${ROW_COLUMNS} FROM items i WHERE i.id = ?`).get(itemId);
  return record === undefined ? null : (withAnswers(db, [record])[0] ?? null);
}

function withAnswers(db: Database, records: readonly ItemRecord[]): readonly ItemRow[] {
  const cells = cellsOfItems(
    db,
    records.map((record) => record.id),
  );
  return records.map((record) => toItemRow(record, cells.get(record.id) ?? []));
}

export function toItemRow(record: ItemRecord, answers: readonly AnswerCell[]): ItemRow {
  return {
    id: record.id,
    batchId: record.batch_id,
    position: record.position,
    name: record.name,
    isInside: record.inside !== null,
    bytes: record.bytes,
    status: record.status,
    answers,
    totalTokens: record.total_tokens,
    latencyMs: record.latency_ms,
    notes: record.notes === null ? [] : readingNotes(JSON.parse(record.notes) as StoredNote[]),
    problem: readProblem(record.problem),
    checkedAt: record.checked_at,
    goneAt: record.gone_at,
  };
}
