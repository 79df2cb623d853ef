/** Finished files, and which of them were edited since. */
import type { Database } from 'better-sqlite3';
import type { EditedFile, FinishedFile } from '../../batch/item-record.ts';
import { prepared } from '../prepared.ts';
import { removeAnswers } from './answers.ts';
import { uncheck } from './item-outcomes.ts';

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

/**
 * Puts edited files back into the queue. What was found of one that lies in an edited file stays until it is read: most
 * files in an archive are as they were, and then nothing is asked again.
 * @param foundAt when a watch found them edited.
 */
export function requeueEditedItems(db: Database, files: readonly EditedFile[], foundAt: number | null = null): void {
  for (const file of files) {
    if (file.isInside) {
      requeue(db, 'container_bytes', file, foundAt);
      continue;
    }
    requeue(db, 'bytes', file, foundAt);
    uncheck(db, file.itemId);
    removeAnswers(db, file.itemId);
  }
}

function requeue(
  db: Database,
  size: 'bytes' | 'container_bytes',
  { itemId, bytes, modifiedAt }: EditedFile,
  foundAt: number | null,
): void {
  prepared(
    db,
    `UPDATE items SET status = 'queued', ${size} = ?, modified_at = ?, problem = NULL, gone_at = NULL,
       found_at = coalesce(?, found_at) WHERE id = ?`,
  ).run(bytes, modifiedAt, foundAt, itemId);
}
