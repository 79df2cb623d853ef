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
  return prepared<[string, number, number], FinishedFile>(
    db,
    `SELECT id AS itemId, position, path, bytes, modified_at AS modifiedAt FROM items
       WHERE batch_id = ? AND status = 'done' AND position > ? ORDER BY position LIMIT ?`,
  ).all(batchId, afterPosition, limit);
}

/** What a batch has on record after a position, whatever became of it: its paths, and the position of the last. */
export function pathsOnRecord(
  db: Database,
  batchId: string,
  afterPosition: number,
  limit: number,
): readonly { readonly position: number; readonly path: string }[] {
  return prepared<[string, number, number], { position: number; path: string }>(
    db,
    'SELECT position, path FROM items WHERE batch_id = ? AND position > ? ORDER BY position LIMIT ?',
  ).all(batchId, afterPosition, limit);
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
