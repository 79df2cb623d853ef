/** Finished files, and which of them were edited since. */
import type { Database } from 'better-sqlite3';
import type { EditedFile, FinishedFile, Whereabouts } from '../../batch/item-record.ts';
import { prepared } from '../prepared.ts';
import { removeAnswers } from './answers.ts';
import { uncheck } from './item-outcomes.ts';
import { type WhereaboutsRecord, whereaboutsOf } from './items.ts';

/** Finished files after a position, to see which were edited since. */
export function finishedFiles(
  db: Database,
  batchId: string,
  afterPosition: number,
  limit: number,
): readonly FinishedFile[] {
  return prepared<[string, number, number], Omit<FinishedFile, 'isInside'> & { isInside: number }>(
    db,
    `SELECT id AS itemId, position, path, inside IS NOT NULL AS isInside, coalesce(container_bytes, bytes) AS bytes,
         modified_at AS modifiedAt
       FROM items WHERE batch_id = ? AND status = 'done' AND position > ? ORDER BY position LIMIT ?`,
  )
    .all(batchId, afterPosition, limit)
    .map((file) => ({ ...file, isInside: file.isInside === 1 }));
}

/** A file that a batch has on record. */
export interface FileOnRecord extends Whereabouts {
  readonly position: number;
  /** It was read with all that it holds, before that had rows of its own. */
  readonly isWhole: boolean;
}

/** What a batch has on record after a position, whatever became of it. */
export function filesOnRecord(
  db: Database,
  batchId: string,
  afterPosition: number,
  limit: number,
): readonly FileOnRecord[] {
  return prepared<[string, number, number], WhereaboutsRecord & { position: number; isWhole: number }>(
    db,
    `SELECT position, path, inside, apart IS NULL AND coalesce(removed_status, status) <> 'failed' AS isWhole FROM items
       WHERE batch_id = ? AND position > ? ORDER BY position LIMIT ?`,
  )
    .all(batchId, afterPosition, limit)
    .map((file) => ({ ...whereaboutsOf(file), position: file.position, isWhole: file.isWhole === 1 }));
}

/**
 * Puts edited files back into the queue. What was found of one that lies in an edited file stays until it is read: most
 * files in an archive are as they were, and then nothing is asked again.
 */
export function requeueEditedItems(db: Database, files: readonly EditedFile[]): void {
  for (const file of files) {
    if (file.isInside) {
      requeue(db, 'container_bytes', file);
      continue;
    }
    requeue(db, 'bytes', file);
    uncheck(db, file.itemId);
    removeAnswers(db, file.itemId);
  }
}

function requeue(db: Database, size: 'bytes' | 'container_bytes', { itemId, bytes, modifiedAt }: EditedFile): void {
  prepared(db, `UPDATE items SET status = 'queued', ${size} = ?, modified_at = ?, problem = NULL WHERE id = ?`).run(
    bytes,
    modifiedAt,
    itemId,
  );
}
