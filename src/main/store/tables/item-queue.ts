/** The files of a batch on their way through it. */
import type { Database } from 'better-sqlite3';
import type { ItemRow, ItemStatus } from '../../../shared/batch-data.ts';
import type { Problem } from '../../../shared/problem.ts';
import type { ClaimedFrom, ClaimedItem, NewItem } from '../../batch/item-record.ts';
import { prepared } from '../prepared.ts';
import { storedProblem } from '../stored-problem.ts';
import { WAITS_AGAIN } from './item-removal.ts';
import {
  type ItemRecord,
  ROW_COLUMNS,
  readItemRow,
  rowsOfItems,
  toItemRow,
  type WhereaboutsRecord,
  whereaboutsOf,
} from './items.ts';

/** Appends found files in order. @param foundAt when a watch found them; null for those that a person added. */
export function addItems(
  db: Database,
  batchId: string,
  items: readonly NewItem[],
  foundAt: number | null = null,
): void {
  const last = prepared<[string], { next: number }>(
    db,
    'SELECT coalesce(max(position) + 1, 0) AS next FROM items WHERE batch_id = ?',
  ).get(batchId);
  const insert = prepared(
    db,
    `INSERT INTO items (batch_id, position, path, inside, name, bytes, modified_at, container_bytes, apart, status, problem,
         found_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  items.forEach(({ inside = [], containerBytes = null, apart = false, ...item }, index) => {
    insert.run(
      batchId,
      (last?.next ?? 0) + index,
      item.path,
      inside.length === 0 ? null : JSON.stringify(inside),
      item.name,
      item.bytes,
      item.modifiedAt,
      containerBytes,
      Number(apart),
      item.problem === null ? 'queued' : 'failed',
      storedProblem(item.problem),
      foundAt,
    );
  });
}

const FROM_THE_FRONT: ClaimedFrom = {
  suspects: false,
  afterPosition: -1,
  fromEnd: false,
  only: null,
  foundOnly: false,
};

interface ClaimedRecord {
  readonly apart: number | null;
  readonly without_pages: string | null;
}

/** Takes queued files of a batch and marks them running. */
export function claimItems(
  db: Database,
  batchId: string,
  limit: number,
  from: ClaimedFrom = FROM_THE_FRONT,
): readonly ClaimedItem[] {
  const only = from.only === null ? '' : 'AND i.id IN (SELECT value FROM json_each(?))';
  const found = from.foundOnly ? 'AND i.found_at IS NOT NULL' : '';
  const records = prepared<(string | number)[], ItemRecord & WhereaboutsRecord & ClaimedRecord>(
    db,
    `SELECT ${ROW_COLUMNS}, i.path, i.apart, i.without_pages FROM items i WHERE i.batch_id = ? AND i.status = 'queued' AND i.position > ? ${only} ${found}
       AND i.problem IS ${from.suspects ? 'NOT NULL' : 'NULL'} ORDER BY i.position ${from.fromEnd ? 'DESC' : 'ASC'} LIMIT ?`,
  ).all(batchId, from.afterPosition, ...(from.only === null ? [] : [JSON.stringify(from.only)]), limit);
  const claim = prepared(db, "UPDATE items SET status = 'running', notes = NULL WHERE id = ?");
  for (const record of records) claim.run(record.id);
  return records.map((record) => ({
    row: { ...toItemRow(record, []), status: 'running', notes: [], problem: null },
    ...whereaboutsOf(record),
    apart: record.apart === 1,
    withoutPages: record.without_pages === null ? [] : JSON.parse(record.without_pages),
  }));
}

/** Puts a file that is not finished under a suspicion that outlives this process, or (null) clears it of that. */
export function suspectItem(db: Database, itemId: number, problem: Problem | null): void {
  prepared(db, "UPDATE items SET problem = ? WHERE id = ? AND status IN ('running', 'queued')").run(
    problem === null ? null : JSON.stringify(problem),
    itemId,
  );
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
    `UPDATE items SET ${WAITS_AGAIN} WHERE batch_id = ? AND (coalesce(removed_status, status) IN ('done', 'cancelled')
       OR (coalesce(removed_status, status) = 'failed' AND id IN (SELECT item_id FROM answers)))`,
  ).run(batchId);
}

/** Puts some of the files back into the queue: those that failed or were cancelled. */
export function requeueChosenItems(db: Database, batchId: string, itemIds: readonly number[]): number {
  return prepared(
    db,
    `UPDATE items SET status = 'queued' WHERE batch_id = ? AND status IN ('failed', 'cancelled')
       AND id IN (SELECT value FROM json_each(?))`,
  ).run(batchId, JSON.stringify(itemIds)).changes;
}

/** Files that failed for damaged pages and have others; the first condition spares most files the reading of JSON. */
const DAMAGED_IN_PART = `status = 'failed' AND problem LIKE '%pdf_damaged_pages%'
  AND problem ->> '$.params.what' = 'pdf_damaged_pages'
  AND json_array_length(problem, '$.params.damaged') < problem ->> '$.params.pages'`;

/** The files of a batch that can be read without their damaged pages. */
export function damagedInPart(db: Database, batchId: string): readonly number[] {
  return prepared<[string], number>(
    db,
    `SELECT id FROM items WHERE batch_id = ? AND ${DAMAGED_IN_PART} ORDER BY position`,
  )
    .pluck()
    .all(batchId);
}

/** Puts those of the files back into the queue that failed for damaged pages, to be read without these. */
export function requeueWithoutPages(db: Database, batchId: string, itemIds: readonly number[]): number {
  return prepared(
    db,
    `UPDATE items SET status = 'queued', without_pages = problem ->> '$.params.damaged'
     WHERE batch_id = ? AND ${DAMAGED_IN_PART} AND id IN (SELECT value FROM json_each(?))`,
  ).run(batchId, JSON.stringify(itemIds)).changes;
}

/** Those of the files that wait. */
export function queuedAmong(db: Database, batchId: string, itemIds: readonly number[]): readonly number[] {
  return prepared<[string, string], number>(
    db,
    "SELECT id FROM items WHERE batch_id = ? AND status = 'queued' AND id IN (SELECT value FROM json_each(?))",
  )
    .pluck()
    .all(batchId, JSON.stringify(itemIds));
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
