import type { Database } from 'better-sqlite3';
import type { Answer, AnswerCell } from '../../../shared/answer.ts';
import { shownValue } from '../../../shared/answer-words.ts';
import type { ItemDetail, ItemFilter, ItemRow, ItemStatus, ItemText } from '../../../shared/batch-data.ts';
import type { Problem } from '../../../shared/problem.ts';
import { type ReadingNote, readingNotes, type StoredNote } from '../../../shared/reading-note.ts';
import { expectKnown } from '../known-values.ts';
import { prepared } from '../prepared.ts';
import { readProblem, storedProblem } from '../stored-problem.ts';
import { answersOfItem, cellsOfItems, putAnswers, type RecordedAnswer, removeAnswers } from './answers.ts';
import { getBody, putBody, toBody } from './bodies.ts';
import { callsOfItem } from './call-history.ts';

/** A file that a walk found; with a problem when it can be said at once that it cannot be read. */
export interface NewItem {
  readonly path: string;
  readonly name: string;
  readonly bytes: number | null;
  readonly modifiedAt: number | null;
  readonly problem: Problem | null;
}

/** What a runner takes to work on. */
export interface ClaimedItem {
  readonly row: ItemRow;
  readonly path: string;
}

/** What became of a file: its text, its answers, and why it failed. Null where that is unknown or none. */
export interface ItemOutcome {
  readonly itemId: number;
  readonly status: Extract<ItemStatus, 'done' | 'failed'>;
  readonly bytes: number | null;
  readonly format: string | null;
  readonly encoding: string | null;
  readonly pages: number | null;
  readonly characters: number | null;
  readonly sha256: string | null;
  /** What was read of it; null if nothing, or more than any model takes. */
  readonly text: string | null;
  /** Offsets in the text at which its pages begin; null if it has no pages. */
  readonly pageStarts: readonly number[] | null;
  readonly notes: readonly ReadingNote[];
  readonly totalTokens: number | null;
  readonly latencyMs: number | null;
  readonly problem: Problem | null;
  readonly answers: readonly RecordedAnswer[];
}

interface ItemRecord {
  readonly id: number;
  readonly batch_id: string;
  readonly position: number;
  readonly name: string;
  readonly bytes: number | null;
  readonly status: ItemStatus;
  readonly total_tokens: number | null;
  readonly latency_ms: number | null;
  readonly notes: string | null;
  readonly problem: string | null;
  readonly checked_at: number | null;
}

interface ItemDetailRecord extends ItemRecord {
  readonly path: string;
  readonly format: string | null;
  readonly encoding: string | null;
  readonly pages: number | null;
  readonly characters: number | null;
  readonly sha256: string | null;
}

const ROW_COLUMNS =
  'i.id, i.batch_id, i.position, i.name, i.bytes, i.status, i.total_tokens, i.latency_ms, i.notes, i.problem, i.checked_at';

/** Files that were read with something to know about it, as a condition: to the letter that of their index. */
export const NOTED = "(status = 'done' OR status = 'failed') AND notes <> '[]'";

/** Appends found files in order. */
export function addItems(db: Database, batchId: string, items: readonly NewItem[]): void {
  const last = prepared<[string], { next: number }>(
    db,
    'SELECT coalesce(max(position) + 1, 0) AS next FROM items WHERE batch_id = ?',
  ).get(batchId);
  const insert = prepared(
    db,
    'INSERT INTO items (batch_id, position, path, name, bytes, modified_at, status, problem) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  items.forEach((item, index) => {
    insert.run(
      batchId,
      (last?.next ?? 0) + index,
      item.path,
      item.name,
      item.bytes,
      item.modifiedAt,
      item.problem === null ? 'queued' : 'failed',
      storedProblem(item.problem),
    );
  });
}

/** Which queued files are wanted. */
export interface ClaimedFrom {
  /** Those under suspicion, which are taken after all others; else those others. */
  readonly suspects: boolean;
  /** Only those behind that place; what stands before was looked through already. */
  readonly afterPosition: number;
  /** The last ones first. */
  readonly fromEnd: boolean;
  /** Only these; null for all. */
  readonly only: readonly number[] | null;
}

const FROM_THE_FRONT: ClaimedFrom = { suspects: false, afterPosition: -1, fromEnd: false, only: null };

/** Takes queued files of a batch and marks them running. */
export function claimItems(
  db: Database,
  batchId: string,
  limit: number,
  from: ClaimedFrom = FROM_THE_FRONT,
): readonly ClaimedItem[] {
  const only = from.only === null ? '' : 'AND i.id IN (SELECT value FROM json_each(?))';
  const records = prepared<(string | number)[], ItemRecord & { path: string }>(
    db,
    `SELECT ${ROW_COLUMNS}, i.path FROM items i WHERE i.batch_id = ? AND i.status = 'queued' AND i.position > ? ${only}
       AND i.problem IS ${from.suspects ? 'NOT NULL' : 'NULL'} ORDER BY i.position ${from.fromEnd ? 'DESC' : 'ASC'} LIMIT ?`,
  ).all(batchId, from.afterPosition, ...(from.only === null ? [] : [JSON.stringify(from.only)]), limit);
  const claim = prepared(db, "UPDATE items SET status = 'running', notes = NULL WHERE id = ?");
  for (const record of records) claim.run(record.id);
  return records.map((record) => ({
    row: { ...toItemRow(record, []), status: 'running', notes: [], problem: null },
    path: record.path,
  }));
}

/** Puts a file that is not finished under a suspicion that outlives this process, or (null) clears it of that. */
export function suspectItem(db: Database, itemId: number, problem: Problem | null): void {
  prepared(db, "UPDATE items SET problem = ? WHERE id = ? AND status IN ('running', 'queued')").run(
    problem === null ? null : JSON.stringify(problem),
    itemId,
  );
}

/** Stores what became of a file, in place of what an earlier run found. */
export function finishItem(db: Database, outcome: ItemOutcome): ItemRow | null {
  const text = outcome.text === null ? null : toBody(outcome.text);
  if (text !== null) putBody(db, text);
  prepared(
    db,
    `UPDATE items SET status = ?, bytes = coalesce(?, bytes), format = ?,
       encoding = ?, pages = ?, characters = ?, sha256 = ?, text_hash = ?, page_starts = ?, notes = ?, total_tokens = ?, latency_ms = ?,
       problem = ? WHERE id = ?`,
  ).run(
    expectKnown('itemStatus', outcome.status),
    outcome.bytes,
    outcome.format,
    outcome.encoding,
    outcome.pages,
    outcome.characters,
    outcome.sha256,
    text?.hash ?? null,
    outcome.pageStarts === null ? null : JSON.stringify(outcome.pageStarts),
    JSON.stringify(outcome.notes),
    outcome.totalTokens,
    outcome.latencyMs,
    storedProblem(outcome.problem),
    outcome.itemId,
  );
  const before = shownOfItem(db, outcome.itemId);
  putAnswers(db, outcome.itemId, outcome.answers);
  // What was checked is not what it says now.
  if (shownOfItem(db, outcome.itemId) !== before) uncheck(db, outcome.itemId);
  return readItemRow(db, outcome.itemId);
}

/** Puts a file that was taken back into the queue; what an earlier run found of it stays. */
export function releaseItem(db: Database, itemId: number): ItemRow | null {
  prepared(db, "UPDATE items SET status = 'queued' WHERE id = ? AND status = 'running'").run(itemId);
  return readItemRow(db, itemId);
}

/** Puts files back into the queue: all of a status. Those that have failed come after the others, as suspects do. */
export function requeueItems(db: Database, batchId: string, status: ItemStatus): number {
  return prepared(db, "UPDATE items SET status = 'queued' WHERE batch_id = ? AND status = ?").run(batchId, status)
    .changes;
}

/** Puts files back into the queue that are to be asked something else; not those that could not be read. */
export function requeueForRecipe(db: Database, batchId: string): void {
  prepared(
    db,
    `UPDATE items SET status = 'queued' WHERE batch_id = ? AND (status IN ('done', 'cancelled')
       OR (status = 'failed' AND id IN (SELECT item_id FROM answers)))`,
  ).run(batchId);
}

/** Some of the queued files, from the first to the last of them at equal distances. */
export function spreadOfQueued(db: Database, batchId: string, wanted: number): readonly number[] {
  const ids = prepared<[string], number>(
    db,
    "SELECT id FROM items WHERE batch_id = ? AND status = 'queued' ORDER BY position",
  )
    .pluck()
    .all(batchId);
  const step = Math.max(1, (ids.length - 1) / Math.max(1, wanted - 1));
  const places = Array.from({ length: Math.min(wanted, ids.length) }, (_, place) => Math.round(place * step));
  return places.flatMap((place) => ids[place] ?? []);
}

/** Puts some of the files back into the queue: those that failed or were cancelled. */
export function requeueChosenItems(db: Database, batchId: string, itemIds: readonly number[]): number {
  return prepared(
    db,
    `UPDATE items SET status = 'queued' WHERE batch_id = ? AND status IN ('failed', 'cancelled')
       AND id IN (SELECT value FROM json_each(?))`,
  ).run(batchId, JSON.stringify(itemIds)).changes;
}

/** Takes some of the files out of the queue. @returns those that were in it. */
export function skipItems(db: Database, batchId: string, itemIds: readonly number[]): readonly ItemRow[] {
  const skipped = prepared<[string, string], number>(
    db,
    `UPDATE items SET status = 'cancelled' WHERE batch_id = ? AND status = 'queued'
       AND id IN (SELECT value FROM json_each(?)) RETURNING id`,
  )
    .pluck()
    .all(batchId, JSON.stringify(itemIds));
  return rowsOfItems(db, skipped);
}

/** A finished file that was edited since, as it is now. */
export interface EditedFile {
  readonly itemId: number;
  readonly bytes: number;
  readonly modifiedAt: number;
}

/** Puts edited files back into the queue. */
export function requeueEditedItems(db: Database, files: readonly EditedFile[]): void {
  const requeue = prepared(
    db,
    "UPDATE items SET status = 'queued', bytes = ?, modified_at = ?, problem = NULL WHERE id = ?",
  );
  for (const file of files) {
    requeue.run(file.bytes, file.modifiedAt, file.itemId);
    uncheck(db, file.itemId);
    removeAnswers(db, file.itemId);
  }
}

/** What is still queued will not run. */
export function cancelQueuedItems(db: Database, batchId: string): number {
  return prepared(db, "UPDATE items SET status = 'cancelled' WHERE batch_id = ? AND status = 'queued'").run(batchId)
    .changes;
}

/** Removes what an interrupted walk had found, before it walks again. */
export function clearItems(db: Database, batchId: string): void {
  for (const table of ['answers', 'corrections']) {
    prepared(db, `DELETE FROM ${table} WHERE item_id IN (SELECT id FROM items WHERE batch_id = ?)`).run(batchId);
  }
  prepared(db, 'DELETE FROM items WHERE batch_id = ?').run(batchId);
}

/** A file that is done, as it was when it was read. */
export interface FinishedFile {
  readonly itemId: number;
  readonly position: number;
  readonly path: string;
  readonly bytes: number | null;
  readonly modifiedAt: number | null;
}

/** Finished files after a position, to see which were edited since. */
export function finishedFiles(
  db: Database,
  batchId: string,
  afterPosition: number,
  limit: number,
): readonly FinishedFile[] {
  return prepared<[string, number, number], FinishedFile>(
    db,
    `SELECT id AS itemId, position, path, bytes, modified_at AS modifiedAt FROM items
       WHERE batch_id = ? AND status = 'done' AND position > ? ORDER BY position LIMIT ?`,
  ).all(batchId, afterPosition, limit);
}

/** Rows of the table, in the order of their ids as given; without those that are gone. */
export function rowsOfItems(db: Database, itemIds: readonly number[]): readonly ItemRow[] {
  const records = prepared<[string], ItemRecord>(
    db,
    `SELECT ${ROW_COLUMNS} FROM json_each(?) j JOIN items i ON i.id = j.value ORDER BY j.key`,
  ).all(JSON.stringify(itemIds));
  return withAnswers(db, records);
}

/** A file with all that is known of it, its calls included. */
export function readItemDetail(db: Database, itemId: number): ItemDetail | null {
  const record = prepared<[number], ItemDetailRecord>(db, 'SELECT * FROM items WHERE id = ?').get(itemId);
  if (record === undefined) return null;
  const answers = answersOfItem(db, itemId);
  return {
    row: toItemRow(record, answers.map(toCell)),
    path: record.path,
    format: record.format,
    encoding: record.encoding,
    pages: record.pages,
    characters: record.characters,
    sha256: record.sha256,
    answers,
    calls: callsOfItem(db, itemId),
  };
}

/** What was read of a file; null if that was not kept. @throws DamagedTextError */
export function readItemText(db: Database, itemId: number): ItemText | null {
  const record = prepared<[number], { format: string | null; text_hash: Buffer; page_starts: string | null }>(
    db,
    'SELECT format, text_hash, page_starts FROM items WHERE id = ? AND text_hash IS NOT NULL',
  ).get(itemId);
  if (record === undefined) return null;
  return {
    text: getBody(db, record.text_hash),
    format: record.format,
    pageStarts: record.page_starts === null ? null : (JSON.parse(record.page_starts) as number[]),
  };
}

export interface DetailsQuery {
  readonly batchId: string;
  readonly only: ItemFilter;
  /** The first place in the batch that may be on the page. */
  readonly from: number;
  readonly limit: number;
}

/** A page of full results for an export. */
export function pageOfDetails(db: Database, { batchId, only, from, limit }: DetailsQuery): readonly ItemDetail[] {
  const filter = only === 'all' ? '' : only === 'noted' ? `AND ${NOTED}` : 'AND i.status = ?';
  const status = only === 'all' || only === 'noted' ? [] : [only];
  return prepared<(string | number)[], { id: number }>(
    db,
    `SELECT i.id FROM items i WHERE i.batch_id = ? AND i.position >= ? ${filter} ORDER BY i.position LIMIT ?`,
  )
    .all(batchId, from, ...status, limit)
    .flatMap(({ id }) => readItemDetail(db, id) ?? []);
}

/** Full results of some files of a batch, in the order of the ids; those of another batch, or gone, are left out. */
export function detailsOfItems(db: Database, batchId: string, itemIds: readonly number[]): readonly ItemDetail[] {
  return itemIds.flatMap((itemId) => {
    const item = readItemDetail(db, itemId);
    return item === null || item.row.batchId !== batchId ? [] : [item];
  });
}

function uncheck(db: Database, itemId: number): void {
  prepared(db, 'UPDATE items SET checked_at = NULL WHERE id = ? AND checked_at IS NOT NULL').run(itemId);
}

/** All answers of a file as they are shown, to compare. */
function shownOfItem(db: Database, itemId: number): string {
  const cells = cellsOfItems(db, [itemId]).get(itemId) ?? [];
  return JSON.stringify(cells.map((cell) => [cell.question, shownValue(cell)]).sort());
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

function toCell({ question, status, value, proof, corrected }: Answer): AnswerCell {
  return { question, status, value, proof, ...(corrected === undefined ? {} : { corrected }) };
}

function toItemRow(record: ItemRecord, answers: readonly AnswerCell[]): ItemRow {
  return {
    id: record.id,
    batchId: record.batch_id,
    position: record.position,
    name: record.name,
    bytes: record.bytes,
    status: record.status,
    answers,
    totalTokens: record.total_tokens,
    latencyMs: record.latency_ms,
    notes: record.notes === null ? [] : readingNotes(JSON.parse(record.notes) as StoredNote[]),
    problem: readProblem(record.problem),
    checkedAt: record.checked_at,
  };
}
