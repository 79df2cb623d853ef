import { createStore, type StoreApi } from 'zustand/vanilla';
import { type BatchComparison, type ComparisonView, rowsOfView } from '../../../shared/batch-comparison.ts';
import type { ItemRow } from '../../../shared/batch-data.ts';
import type { Bridge } from '../../../shared/contract.ts';
import type { Problem } from '../../../shared/problem.ts';
import type { RowOrder } from '../ui/grid/row-selection.ts';
import { createRowCache } from './row-cache.ts';

/** A batch that runs changes all the time; it is compared anew at most this often. */
const REFRESH_EVERY_MS = 2_000;

/** The batches that are compared, by their ids. */
export interface ComparedSides {
  readonly leftId: string;
  readonly rightId: string;
}

/** A file as both batches have it; null where one does not. */
export interface ComparedRow {
  /** Its place in the comparison. */
  readonly row: number;
  readonly left: ItemRow | null;
  readonly right: ItemRow | null;
}

export interface CompareState {
  /** Null while nothing is compared. */
  readonly sides: ComparedSides | null;
  /** Null until it is known. */
  readonly comparison: BatchComparison | null;
  readonly view: ComparisonView;
  /** Places of the rows that are shown, in order. */
  readonly order: RowOrder;
  /** Counts the lists that were shown: each from its beginning. */
  readonly list: number;
  /** Grows with every row that came into memory. */
  readonly revision: number;
  /** The row under the cursor; -1 for none. */
  readonly cursor: number;
  readonly isOpen: boolean;
  readonly problem: Problem | null;
}

export interface CompareStore {
  readonly store: StoreApi<CompareState>;
  /** Follows changes of the two batches, until the returned function is called. */
  connect(): () => void;
  open(leftId: string, rightId: string): void;
  close(): void;
  look(view: Partial<ComparisonView>): void;
  row(index: number): ComparedRow | undefined;
  show(first: number, last: number): void;
  moveTo(cursor: number): void;
  openRow(cursor: number): void;
  closeRow(): void;
  refresh(): Promise<void>;
}

const noRows: RowOrder = { length: 0, at: () => undefined, indexOf: () => -1 };
const wholeComparison: ComparisonView = { only: 'all', question: null };

export function createCompareStore(bridge: Bridge): CompareStore {
  const store = createStore<CompareState>(() => ({
    sides: null,
    comparison: null,
    view: wholeComparison,
    order: noRows,
    list: 0,
    revision: 0,
    cursor: -1,
    isOpen: false,
    problem: null,
  }));
  const { getState: get, setState: set } = store;
  const cacheOf = (side: 'left' | 'right') =>
    createRowCache(bridge, {
      order: () => sideOrder(get(), side),
      onRows: () => set({ revision: get().revision + 1 }),
      onProblem: (problem) => set({ problem }),
    });
  const caches = { left: cacheOf('left'), right: cacheOf('right') };
  /** Kept the same while its sides are, so that a row is not drawn again for nothing. */
  const drawn = new Map<number, ComparedRow>();
  let timer: ReturnType<typeof setTimeout> | null = null;

  const clear = () => {
    caches.left.clear();
    caches.right.clear();
    drawn.clear();
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };

  async function refresh(): Promise<void> {
    const { sides } = get();
    if (sides === null) return;
    const result = await bridge.request('batch.compare', sides);
    if (get().sides !== sides) return;
    if (!result.ok) return set({ problem: result.error });
    caches.left.markStale();
    caches.right.markStale();
    const row = get().order.at(get().cursor);
    const order = orderOf(result.value, get().view);
    set({ comparison: result.value, problem: null, order, cursor: row === undefined ? -1 : order.indexOf(row) });
    caches.left.readShown();
    caches.right.readShown();
  }

  const refreshSoon = (batchId: string) => {
    const { sides } = get();
    if (sides === null || (sides.leftId !== batchId && sides.rightId !== batchId)) return;
    timer ??= setTimeout(() => {
      timer = null;
      void refresh();
    }, REFRESH_EVERY_MS);
  };

  return {
    store,
    connect() {
      const ends = [
        bridge.on('batch.progress', ({ batch }) => refreshSoon(batch.id)),
        bridge.on('batch.changed', ({ batchId }) => refreshSoon(batchId)),
      ];
      void refresh();
      return () => {
        for (const end of ends) end();
      };
    },
    open(leftId, rightId) {
      clear();
      const list = get().list + 1;
      const sides = { leftId, rightId };
      set({ ...store.getInitialState(), sides, list });
      void refresh();
    },
    close() {
      clear();
      set({ ...store.getInitialState(), list: get().list });
    },
    look(change) {
      const { comparison, view, list } = get();
      const next = { ...view, ...change };
      const order = comparison === null ? noRows : orderOf(comparison, next);
      set({ view: next, order, list: list + 1, cursor: -1, isOpen: false });
      caches.left.readShown();
      caches.right.readShown();
    },
    row(index) {
      const { order, comparison } = get();
      const row = order.at(index);
      if (row === undefined || comparison === null) return undefined;
      const left = sideRow(caches.left.get, comparison.left[row]);
      const right = sideRow(caches.right.get, comparison.right[row]);
      if (left === undefined || right === undefined) return undefined;
      const known = drawn.get(row);
      if (known?.left === left && known.right === right) return known;
      const fresh = { row, left, right };
      drawn.set(row, fresh);
      return fresh;
    },
    show(first, last) {
      caches.left.show(first, last);
      caches.right.show(first, last);
    },
    moveTo: (cursor) => set({ cursor }),
    openRow: (cursor) => set({ cursor, isOpen: true }),
    closeRow: () => set({ isOpen: false }),
    refresh,
  };
}

/** Null where the batch does not have the file; undefined while it is being read. */
function sideRow(get: (itemId: number) => ItemRow | undefined, itemId: number | undefined): ItemRow | null | undefined {
  return itemId === undefined || itemId === 0 ? null : get(itemId);
}

function orderOf(comparison: BatchComparison, view: ComparisonView): RowOrder {
  const rows = rowsOfView(comparison, view);
  return { length: rows.length, at: (index) => rows[index], indexOf: (row) => rows.indexOf(row) };
}

/** The files of one side in the order of the rows. */
function sideOrder({ comparison, order }: CompareState, side: 'left' | 'right'): RowOrder | null {
  if (comparison === null) return null;
  const idAt = (index: number) => comparison[side][order.at(index) ?? -1];
  return { length: order.length, at: (index) => idAt(index) || undefined, indexOf: () => -1 };
}
