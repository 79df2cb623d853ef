/** How many files of a batch are in which state. */
import type { Database } from 'better-sqlite3';
import { type BatchCounts, type ItemStatus, noCounts } from '../../../shared/batch-data.ts';
import { prepared } from '../prepared.ts';

/** Files that were read with something to know about it, as a condition: to the letter that of their index. */
export const NOTED = "(status = 'done' OR status = 'failed') AND notes <> '[]'";

export interface ItemTotals {
  readonly counts: BatchCounts;
  readonly bytes: number;
}

export function countItems(db: Database, batchId: string): ItemTotals {
  const counts: Record<keyof BatchCounts, number> = {
    ...noCounts,
    noted: countNoted(db, batchId),
    checked: countChecked(db, batchId),
  };
  let bytes = 0;
  const rows = prepared<[string], { status: ItemStatus; n: number; bytes: number | null }>(
    db,
    'SELECT status, count(*) AS n, sum(bytes) AS bytes FROM items WHERE batch_id = ? GROUP BY status',
  ).all(batchId);
  for (const row of rows) {
    counts[row.status] = row.n;
    if (row.status === 'removed') continue;
    counts.total += row.n;
    bytes += row.bytes ?? 0;
  }
  return { counts, bytes };
}

function countNoted(db: Database, batchId: string): number {
  const row = prepared<[string], { n: number }>(
    db,
    `SELECT count(*) AS n FROM items INDEXED BY items_noted WHERE batch_id = ? AND ${NOTED}`,
  ).get(batchId);
  return row?.n ?? 0;
}

/** How many files of a batch are ticked. */
export function countChecked(db: Database, batchId: string): number {
  const row = prepared<[string], { n: number }>(
    db,
    `SELECT count(*) AS n FROM items INDEXED BY items_checked
       WHERE batch_id = ? AND status <> 'removed' AND checked_at IS NOT NULL`,
  ).get(batchId);
  return row?.n ?? 0;
}
