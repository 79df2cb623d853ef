import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ItemRow } from '../../../shared/batch-data.ts';
import type { Bridge } from '../../../shared/contract.ts';
import {
  type ColumnFacet,
  type ItemColumn,
  type ItemView,
  isWholeTable,
  wholeTable,
} from '../../../shared/item-view.ts';
import type { Problem } from '../../../shared/problem.ts';
import type { Result } from '../../../shared/result.ts';
import type { RowOrder } from '../ui/grid/row-selection.ts';
import { createRowCache, type RowCache } from './row-cache.ts';

/** While a batch runs its rows move, so a view is read again; this often at most. */
const REFRESH_EVERY_MS = 500;
/** A view that takes long to read is read less often: it may take this share of the time. */
const READ_SHARE = 0.25;
/** Rows asked for at once: receiving more of them would block a frame. */
const AT_ONCE = 200;

export interface Cursor {
  readonly index: number;
  /** Null until the list has been read. */
  readonly itemId: number | null;
}

export interface ItemTableState {
  readonly batchId: string | null;
  readonly view: ItemView;
  /** Which of the lists that were opened is shown: each from its beginning. */
  readonly list: number;
  /** The ids of its rows in order; null until they have been read. */
  readonly order: RowOrder | null;
  /** Grows with every change of a row in memory. */
  readonly revision: number;
  readonly cursor: Cursor | null;
  readonly problem: Problem | null;
}

export interface ItemTable {
  readonly store: StoreApi<ItemTableState>;
  /** Shows a batch's table from its beginning. */
  open(batchId: string | null, only?: ItemView['only']): void;
  /** Shows other rows of it, or in another order. The cursor stays with its file if that is among them. */
  look(change: Partial<ItemView>): void;
  /** A row that is in memory. */
  row(itemId: number): ItemRow | undefined;
  /** Rows wherever they are, some at a time, so that the window goes on; without those that are gone. */
  rowsOf(itemIds: readonly number[]): AsyncGenerator<readonly ItemRow[]>;
  /** What is in a column of the shown batch. */
  facet(column: ItemColumn, view: ItemView): Promise<Result<ColumnFacet, Problem>>;
  /** Tells which rows are on the screen, so that they are read. */
  show(first: number, last: number): void;
  /** Takes over what a progress event told. */
  update(total: number, changed: readonly ItemRow[]): void;
  /** Reads the list again, and the rows that are on the screen; the remainder when it comes into view. */
  refresh(): void;
  moveTo(index: number | null): void;
  /** Moves to a file, once the list has been read. */
  moveToItem(itemId: number): void;
  retry(): void;
}

export function createItemTable(bridge: Bridge): ItemTable {
  const store = createStore<ItemTableState>(() => ({
    batchId: null,
    view: wholeTable,
    list: 0,
    order: null,
    revision: 0,
    cursor: null,
    problem: null,
  }));
  const { getState: get, setState: set } = store;
  const rows: RowCache = createRowCache(bridge, {
    order: () => get().order,
    onRows: () => set({ revision: get().revision + 1 }),
    onProblem: (problem) => set({ problem }),
  });
  /** Counts lists that were opened; a read of an earlier one is dropped when it arrives. */
  let list = 0;
  let reading = false;
  let changedMeanwhile = false;
  let refreshTimer: ReturnType<typeof setTimeout> | null = null;
  let refreshAfterMs = REFRESH_EVERY_MS;

  async function readOrder(): Promise<void> {
    if (reading) {
      changedMeanwhile = true;
      return;
    }
    reading = true;
    do {
      changedMeanwhile = false;
      await readOnce();
    } while (changedMeanwhile);
    reading = false;
  }

  async function readOnce(): Promise<void> {
    const { batchId, view } = get();
    const forList = list;
    if (batchId === null) return;
    const startedAt = performance.now();
    const result = await bridge.request('batch.view', { batchId, ...queryOf(view) });
    refreshAfterMs = Math.max(REFRESH_EVERY_MS, (performance.now() - startedAt) / READ_SHARE);
    if (forList !== list) return;
    if (!result.ok) return set({ problem: result.error });
    takeOrder(result.value);
  }

  function takeOrder(ids: Int32Array): void {
    const { order, cursor } = get();
    const same = order !== null && isSame(order, ids);
    const next = same
      ? order
      : { length: ids.length, at: (at: number) => ids[at], indexOf: (id: number) => ids.indexOf(id) };
    set({ order: next, list, cursor: same ? cursor : relocated(cursor, next) });
    rows.readShown();
  }

  function refreshSoon(): void {
    refreshTimer ??= setTimeout(() => {
      refreshTimer = null;
      void readOrder();
    }, refreshAfterMs);
  }

  function begin(change: Pick<ItemTableState, 'batchId' | 'view' | 'cursor'>): void {
    if (refreshTimer !== null) clearTimeout(refreshTimer);
    refreshTimer = null;
    refreshAfterMs = REFRESH_EVERY_MS;
    list += 1;
    set({ ...change, problem: null });
    void readOrder();
  }

  return {
    store,
    open(batchId, only = 'all') {
      rows.clear();
      set({ order: null });
      begin({ batchId, view: { ...wholeTable, only }, cursor: null });
    },
    look: (change) => begin({ batchId: get().batchId, view: { ...get().view, ...change }, cursor: get().cursor }),
    row: rows.get,
    async *rowsOf(itemIds) {
      for (let from = 0; from < itemIds.length; from += AT_ONCE) {
        const some = itemIds.slice(from, from + AT_ONCE);
        const known = some.flatMap((id) => rows.get(id) ?? []);
        if (known.length === some.length) yield known;
        else {
          const result = await bridge.request('batch.rows', { itemIds: some });
          if (result.ok) yield result.value;
          else set({ problem: result.error });
        }
      }
    },
    facet: (column, view) => bridge.request('batch.facet', { batchId: get().batchId ?? '', ...queryOf(view), column }),
    show: rows.show,
    update(total, changed) {
      rows.take(changed);
      const { view, order } = get();
      // As it was found, only new files change the list; else any change of a row may move it.
      const moves = isWholeTable(view) ? order?.length !== total : changed.length > 0;
      if (moves) refreshSoon();
    },
    refresh() {
      rows.markStale();
      void readOrder();
    },
    moveTo(index) {
      const { order } = get();
      if (index === null || order === null || order.length === 0) return set({ cursor: null });
      const inside = Math.min(Math.max(0, index), order.length - 1);
      set({ cursor: { index: inside, itemId: order.at(inside) ?? null } });
    },
    moveToItem(itemId) {
      const { order } = get();
      const cursor = { index: 0, itemId };
      set({ cursor: order === null ? cursor : relocated(cursor, order) });
    },
    retry() {
      set({ problem: null });
      void readOrder();
    },
  };
}

/** The cursor stays with its file when the list moves under it, and in its place when the file leaves the list. */
function relocated(cursor: Cursor | null, order: RowOrder): Cursor | null {
  if (cursor === null || order.length === 0) return null;
  const index = cursor.itemId === null ? -1 : order.indexOf(cursor.itemId);
  if (index >= 0) return { index, itemId: cursor.itemId };
  const inside = Math.min(cursor.index, order.length - 1);
  return { index: inside, itemId: order.at(inside) ?? null };
}

function isSame(order: RowOrder, ids: Int32Array): boolean {
  if (order.length !== ids.length) return false;
  return ids.every((id, index) => order.at(index) === id);
}

/** As it is sent: a schema's type has lists that can be changed. */
function queryOf({ filters, ...view }: ItemView) {
  return {
    ...view,
    locale: navigator.language,
    filters: filters.map(({ values, gaps, proofs, ticks, ...filter }) => ({
      ...filter,
      ...(values === undefined ? {} : { values: [...values] }),
      ...(gaps === undefined ? {} : { gaps: [...gaps] }),
      ...(proofs === undefined ? {} : { proofs: [...proofs] }),
      ...(ticks === undefined ? {} : { ticks: [...ticks] }),
    })),
  };
}
