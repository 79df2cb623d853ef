import type { CallRow } from '../../../shared/call-data.ts';

/** Lists are newest first, by descending id, without duplicates. These functions keep them so. */

export interface Merged {
  readonly rows: readonly CallRow[];
  /** How many rows were added at the top. */
  readonly added: number;
}

export function append(rows: readonly CallRow[], older: readonly CallRow[]): readonly CallRow[] {
  const last = rows.at(-1)?.id ?? Number.POSITIVE_INFINITY;
  return [...rows, ...older.filter((row) => row.id < last)];
}

/**
 * Puts the newest page before the known rows. If the page does not reach down to them, the rows between are unknown, so
 * only the page remains.
 */
export function prepend(rows: readonly CallRow[], newest: readonly CallRow[], isLastPage: boolean): Merged {
  const first = rows[0]?.id ?? Number.NEGATIVE_INFINITY;
  const lowest = newest.at(-1)?.id ?? Number.POSITIVE_INFINITY;
  const added = newest.filter((row) => row.id > first).length;
  if (isLastPage || rows.length === 0 || lowest > first) return { rows: newest, added };
  return { rows: [...newest, ...rows.filter((row) => row.id < lowest)], added };
}

/** Replaces rows that have changed. Keeps their order and number. */
export function update(rows: readonly CallRow[], fresh: readonly CallRow[]): readonly CallRow[] {
  const byId = new Map(fresh.map((row) => [row.id, row]));
  let changed = false;
  const next = rows.map((row) => {
    const other = byId.get(row.id);
    if (other === undefined || !differs(row, other)) return row;
    changed = true;
    return other;
  });
  return changed ? next : rows;
}

/** A row is written twice, as intent and as outcome, and never changes otherwise. */
function differs(row: CallRow, other: CallRow): boolean {
  return row.status !== other.status || row.latencyMs !== other.latencyMs || row.reply !== other.reply;
}

export function countNewer(rows: readonly CallRow[], newest: readonly CallRow[]): number {
  const first = rows[0]?.id ?? Number.NEGATIVE_INFINITY;
  return newest.filter((row) => row.id > first).length;
}

/** The range of ids below the newest page with rows that are still open. These are read again. */
export function openBelow(rows: readonly CallRow[], lowestFresh: number): { before: number; count: number } | null {
  const open = rows.flatMap((row, index) => (row.status === 'open' && row.id < lowestFresh ? [index] : []));
  const first = open[0];
  const last = open.at(-1);
  if (first === undefined || last === undefined) return null;
  const row = rows[first];
  return row === undefined ? null : { before: row.id + 1, count: last - first + 1 };
}
