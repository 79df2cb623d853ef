import type { ItemRow } from '../../../shared/batch-data.ts';
import type { Bridge } from '../../../shared/contract.ts';
import type { Problem } from '../../../shared/problem.ts';
import type { RowOrder } from '../ui/grid/row-selection.ts';

/** Rows of one request. */
const AT_ONCE = 100;
/**
 * A list that is dragged by, a screen or more at a time, is read this often and where it stops: the rows between would
 * be out of sight again before they were drawn, and receiving them takes longer than a frame may.
 */
const FLYING_MS = 100;
/** Rows read beyond what is on the screen, so that steady scrolling meets no gaps. */
const AHEAD = 50;
/** Enough to scroll back without a wait; some 4 MB of rows. */
const MAX_ROWS = 6_000;

interface RowCacheParts {
  readonly order: () => RowOrder | null;
  /** Rows came or changed. */
  readonly onRows: () => void;
  readonly onProblem: (problem: Problem) => void;
}

/**
 * The part of a batch's table that is in memory. A batch may hold 100,000 files, so rows come when they are looked at
 * and go when they are far away.
 */
export interface RowCache {
  get(itemId: number): ItemRow | undefined;
  /** Tells which rows are on the screen. */
  show(first: number, last: number): void;
  readShown(): void;
  /** Takes over rows that changed. */
  take(changed: readonly ItemRow[]): void;
  /** All rows are read again when they are looked at. */
  markStale(): void;
  clear(): void;
}

export function createRowCache(bridge: Bridge, { order, onRows, onProblem }: RowCacheParts): RowCache {
  const rows = new Map<number, ItemRow>();
  const stale = new Set<number>();
  const reading = new Set<number>();
  /** Rows that changed while they were being read: newer than what the read brings. */
  const changedMeanwhile = new Set<number>();
  /** Rows that were not there any more when they were read; the next list is without them. */
  const gone = new Set<number>();
  let shown = { first: 0, last: AHEAD - 1 };
  let isReading = false;
  let flying = false;
  let jumpedAt = Number.NEGATIVE_INFINITY;
  let readAt = Number.NEGATIVE_INFINITY;
  let later: ReturnType<typeof setTimeout> | null = null;
  /** Counts batches; a read of an earlier one is dropped when it arrives. */
  let batch = 0;

  function wanted(): readonly number[] {
    const list = order();
    if (list === null) return [];
    const ids: number[] = [];
    const add = (index: number, alsoStale: boolean) => {
      const id = list.at(index);
      if (id === undefined || reading.has(id) || gone.has(id)) return;
      if (!rows.has(id) || (alsoStale && stale.has(id))) ids.push(id);
    };
    // What is looked at comes first.
    for (let index = shown.first; index <= shown.last; index += 1) add(index, true);
    for (let away = 1; away <= AHEAD; away += 1) {
      add(shown.last + away, false);
      if (shown.first - away >= 0) add(shown.first - away, false);
    }
    return ids;
  }

  function readShown(): void {
    if (isReading || later !== null) return;
    const now = performance.now();
    if (flying && now < readAt + FLYING_MS) {
      later = setTimeout(readLanded, readAt + FLYING_MS - now);
      return;
    }
    const ids = wanted().slice(0, AT_ONCE);
    if (ids.length === 0) return;
    readAt = now;
    void read(ids);
  }

  function readLanded(): void {
    later = null;
    flying = false;
    readShown();
  }

  async function read(itemIds: readonly number[]): Promise<void> {
    const forBatch = batch;
    isReading = true;
    for (const id of itemIds) {
      reading.add(id);
      stale.delete(id);
    }
    const result = await bridge.request('batch.rows', { itemIds: [...itemIds] });
    if (forBatch !== batch) return;
    isReading = false;
    for (const id of itemIds) reading.delete(id);
    if (!result.ok) return onProblem(result.error);
    for (const id of itemIds) gone.add(id);
    for (const row of result.value) {
      gone.delete(row.id);
      if (!changedMeanwhile.has(row.id)) rows.set(row.id, row);
    }
    for (const id of itemIds) changedMeanwhile.delete(id);
    if (rows.size > MAX_ROWS) forgetFarRows();
    onRows();
    readShown();
  }

  function forgetFarRows(): void {
    const list = order();
    const near = new Set<number | undefined>();
    for (let index = shown.first - MAX_ROWS / 4; index < shown.last + MAX_ROWS / 4; index += 1) {
      near.add(list?.at(index));
    }
    for (const id of rows.keys()) if (!near.has(id)) rows.delete(id);
  }

  return {
    get: (itemId) => rows.get(itemId),
    show(first, last) {
      const now = performance.now();
      const jumped = first > shown.last || last < shown.first;
      flying = jumped && now < jumpedAt + FLYING_MS;
      if (jumped) jumpedAt = now;
      shown = { first: Math.max(0, first), last };
      readShown();
    },
    readShown,
    take(changed) {
      let any = false;
      for (const row of changed) {
        if (reading.has(row.id)) changedMeanwhile.add(row.id);
        if (!rows.has(row.id) && !reading.has(row.id)) continue;
        rows.set(row.id, row);
        any = true;
      }
      if (any) onRows();
    },
    markStale() {
      for (const id of rows.keys()) stale.add(id);
      gone.clear();
    },
    clear() {
      batch += 1;
      isReading = false;
      flying = false;
      if (later !== null) clearTimeout(later);
      later = null;
      shown = { first: 0, last: AHEAD - 1 };
      for (const ids of [rows, stale, reading, changedMeanwhile, gone]) ids.clear();
    },
  };
}
