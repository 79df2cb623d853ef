/** The files of a batch as another look at its folder compares them with what is there. */
import type { Database } from 'better-sqlite3';
import type { ItemStatus } from '../../../shared/batch-data.ts';
import type { EditedFile, ItemOnRecord, LookChanges } from '../../batch/item-record.ts';
import { prepared } from '../prepared.ts';
import { requeueEditedItems } from './edited-items.ts';
import { addItems } from './item-queue.ts';
import { type WhereaboutsRecord, whereaboutsOf } from './items.ts';

interface OnRecordRow extends WhereaboutsRecord {
  readonly itemId: number;
  readonly position: number;
  readonly name: string;
  readonly bytes: number | null;
  readonly modifiedAt: number | null;
  readonly status: ItemStatus;
  readonly sha256: string | null;
  readonly goneAt: number | null;
  readonly apart: number | null;
  readonly hasFailed: number;
}

const COLUMNS = `id AS itemId, position, path, inside, name, coalesce(container_bytes, bytes) AS bytes,
  modified_at AS modifiedAt, status, sha256, gone_at AS goneAt, apart,
  coalesce(removed_status, status) = 'failed' AS hasFailed`;

function toOnRecord({ apart, hasFailed, inside, ...row }: OnRecordRow): ItemOnRecord {
  return {
    ...row,
    ...whereaboutsOf({ path: row.path, inside }),
    isWhole: apart === null && hasFailed === 0,
    apart: apart === 1,
  };
}

/** All files of a batch after a position, whatever became of them. */
export function itemsOnRecord(
  db: Database,
  batchId: string,
  afterPosition: number,
  limit: number,
): readonly ItemOnRecord[] {
  return prepared<[string, number, number], OnRecordRow>(
    db,
    `SELECT ${COLUMNS} FROM items WHERE batch_id = ? AND position > ? ORDER BY position LIMIT ?`,
  )
    .all(batchId, afterPosition, limit)
    .map(toOnRecord);
}

/** Those at some paths, and those that are gone. */
export function itemsAtPaths(db: Database, batchId: string, paths: readonly string[]): readonly ItemOnRecord[] {
  return prepared<[string, string], OnRecordRow>(
    db,
    `SELECT ${COLUMNS} FROM items
       WHERE batch_id = ? AND (path IN (SELECT value FROM json_each(?)) OR gone_at IS NOT NULL)`,
  )
    .all(batchId, JSON.stringify(paths))
    .map(toOnRecord);
}

/** Whether a batch has files on record that lie in a folder. @param folder with a separator at its end. */
export function hasFilesIn(db: Database, batchId: string, folder: string): boolean {
  return (
    prepared<[string, string, string], { one: number }>(
      db,
      "SELECT 1 AS one FROM items WHERE batch_id = ? AND status <> 'removed' AND substr(path, 1, length(?)) = ? LIMIT 1",
    ).get(batchId, folder, folder) !== undefined
  );
}

/** Takes over what a look has found, all at once. @param foundAt when a watch found it; null for a person's look. */
export function applyLook(
  db: Database,
  batchId: string,
  { added, edited, renamed, touched, gone, back }: LookChanges,
  at: number,
  foundAt: number | null,
): void {
  addItems(db, batchId, added, foundAt);
  requeueEditedItems(db, edited, foundAt);
  const rename = prepared(db, 'UPDATE items SET path = ?, name = ?, modified_at = ?, gone_at = NULL WHERE id = ?');
  for (const { itemId, path, name, modifiedAt } of renamed) rename.run(path, name, modifiedAt, itemId);
  setModified(db, touched);
  const setGone = prepared(db, 'UPDATE items SET gone_at = ? WHERE id = ?');
  for (const itemId of gone) setGone.run(at, itemId);
  for (const itemId of back) setGone.run(null, itemId);
}

/** Their content is as it was, or they lie in a file whose content is. */
function setModified(db: Database, touched: readonly EditedFile[]): void {
  const touch = prepared(db, 'UPDATE items SET modified_at = ? WHERE id = ?');
  for (const { itemId, modifiedAt } of touched) touch.run(modifiedAt, itemId);
}
