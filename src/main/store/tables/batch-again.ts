/** A batch over the files of another: what that one found is asked once more, or asked something else. */
import type { Database } from 'better-sqlite3';
import { formatsWithPages } from '../../../shared/page-picture.ts';
import type { BatchAgain, BatchSetup, FilesToAsk } from '../../batch/batch-record.ts';
import { prepared } from '../prepared.ts';
import { changeBatch, insertBatch } from './batches.ts';

/**
 * Makes a batch that is ready to ask about the files of another. What the walk could not read stays as it was found; all
 * others are read again, without the damaged pages that a person chose to do without.
 */
export function insertBatchAgain(db: Database, batch: BatchAgain): BatchSetup | null {
  insertBatch(db, batch);
  prepared(
    db,
    `INSERT INTO items (batch_id, position, path, inside, name, bytes, modified_at, container_bytes, apart, without_pages, status,
         problem)
       SELECT ?, position, path, inside, name, bytes, modified_at, container_bytes, apart, without_pages, iif(${FOUND_UNREADABLE}, 'failed', 'queued'),
         iif(${FOUND_UNREADABLE}, problem, NULL)
       FROM items WHERE batch_id = ? AND status <> 'removed' ORDER BY position`,
  ).run(batch.id, batch.againOf);
  prepared(
    db,
    `UPDATE batches SET own_name = source.own_name, skipped = source.skipped
       FROM batches source WHERE batches.id = ? AND source.id = ?`,
  ).run(batch.id, batch.againOf);
  return changeBatch(db, batch.id, { status: 'ready', at: batch.createdAt });
}

/** A file that was worked on has taken some time, however it ended. */
const FOUND_UNREADABLE = "status = 'failed' AND latency_ms IS NULL";

const HAS_PAGES = `i.format IN (${[...formatsWithPages].map((format) => `'${format}'`).join(', ')})`;

/** What is on record of the files of a batch that would be asked again. */
export function filesToAsk(db: Database, batchId: string): readonly FilesToAsk[] {
  return prepared<[string], Omit<FilesToAsk, 'answered'> & { answered: number }>(
    db,
    `SELECT i.status = 'done' AS answered, count(*) AS files, count(b.size) AS read, coalesce(sum(b.size), 0) AS textBytes,
         coalesce(sum(iif(${HAS_PAGES} AND b.size IS NOT NULL, coalesce(i.pages, 1), 0)), 0) AS pages,
         coalesce(sum(iif(${HAS_PAGES}, b.size, 0)), 0) AS pageTextBytes
       FROM items i LEFT JOIN bodies b ON b.hash = i.text_hash
       WHERE i.batch_id = ? AND i.status <> 'removed' AND NOT (i.status = 'failed' AND i.latency_ms IS NULL) GROUP BY 1`,
  )
    .all(batchId)
    .map(({ answered, ...files }) => ({ ...files, answered: answered === 1 }));
}
