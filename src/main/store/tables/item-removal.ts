/** Files that a person takes out of a batch. They stay in the store with all that is known of them, and can come back. */
import type { Database } from 'better-sqlite3';
import { type BatchCounts, type ItemStatus, noCounts } from '../../../shared/batch-data.ts';
import type { ItemRemoval } from '../../batch/item-record.ts';
import { prepared } from '../prepared.ts';
import { NOTED } from './item-counts.ts';

/** Makes files wait to be asked, as an assignment; those that were removed wait once they are brought back. */
export const WAITS_AGAIN = `status = iif(status = 'removed', status, 'queued'),
  removed_status = iif(status = 'removed', 'queued', NULL)`;

/** One that is being worked on counts as waiting: its work is given up. */
export function removeItems(db: Database, batchId: string, itemIds: readonly number[]): ItemRemoval {
  const wanted = "batch_id = ? AND status <> 'removed' AND id IN (SELECT value FROM json_each(?))";
  const leaving = countsOf(db, wanted, batchId, itemIds);
  const removed = prepared<[string, string], number>(
    db,
    `UPDATE items SET removed_status = iif(status = 'running', 'queued', status), status = 'removed'
       WHERE ${wanted} RETURNING id`,
  )
    .pluck()
    .all(batchId, JSON.stringify(itemIds));
  return { itemIds: removed, change: negated({ ...leaving, removed: -removed.length }) };
}

/** Puts removed files back as they were. Where nothing runs any more, what was waiting is one that was not run. */
export function restoreItems(db: Database, batchId: string, itemIds: readonly number[]): ItemRemoval {
  const wanted = "batch_id = ? AND status = 'removed' AND id IN (SELECT value FROM json_each(?))";
  const restored = prepared<[string, string], number>(
    db,
    `UPDATE items SET removed_status = NULL, status = CASE
         WHEN removed_status = 'queued' AND (SELECT status FROM batches WHERE id = batch_id) IN ('cancelled', 'finished')
           THEN 'cancelled' ELSE removed_status END
       WHERE ${wanted} RETURNING id`,
  )
    .pluck()
    .all(batchId, JSON.stringify(itemIds));
  const back = countsOf(db, 'batch_id = ? AND id IN (SELECT value FROM json_each(?))', batchId, restored);
  return { itemIds: restored, change: { ...back, removed: -restored.length } };
}

interface StatusRecord {
  readonly status: ItemStatus;
  readonly n: number;
  readonly noted: number;
  readonly checked: number;
}

/** Of some files of a batch. */
function countsOf(db: Database, wanted: string, batchId: string, itemIds: readonly number[]): BatchCounts {
  const counts = {
    ...noCounts,
  };
  const records = prepared<[string, string], StatusRecord>(
    db,
    `SELECT status, count(*) AS n, coalesce(sum(${NOTED}), 0) AS noted, count(checked_at) AS checked FROM items
       WHERE ${wanted} GROUP BY status`,
  ).all(batchId, JSON.stringify(itemIds));
  for (const { status, n, noted, checked } of records) {
    counts[status] += n;
    counts.total += n;
    counts.noted += noted;
    counts.checked += checked;
  }
  return counts;
}

function negated(counts: BatchCounts): BatchCounts {
  const { total, queued, running, done, failed, cancelled, removed, noted, checked } = counts;
  return {
    total: -total,
    queued: -queued,
    running: -running,
    done: -done,
    failed: -failed,
    cancelled: -cancelled,
    removed: -removed,
    noted: -noted,
    checked: -checked,
  };
}
