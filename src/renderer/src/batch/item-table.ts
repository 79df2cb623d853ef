import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ItemFilter, ItemRow, ItemStatus } from '../../../shared/batch-data.ts';
import type { Bridge } from '../../../shared/contract.ts';
import type { Problem } from '../../../shared/problem.ts';
import {
  type ItemPages,
  indexOfItem,
  PAGE_SIZE,
  pagesBetween,
  rowAt,
  withChangedRows,
  withPage,
} from './item-pages.ts';

/** At most this many reads at once, so that dragging the scroll bar across 100,000 rows asks for what it ends on. */
const MAX_READS = 3;
/** Rows read beyond what is on the screen, so that steady scrolling meets no gaps. */
const AHEAD = 50;
/** In a filtered list every finished file may shift the rows, so it is read again; this often at most. */
const REFRESH_EVERY_MS = 500;

export interface Cursor {
  readonly index: number;
  /** Null until the row has been read. */
  readonly itemId: number | null;
}

export interface ItemTableState {
  readonly batchId: string | null;
  readonly filter: ItemFilter;
  readonly total: number;
  readonly pages: ItemPages;
  readonly cursor: Cursor | null;
  readonly problem: Problem | null;
}

export interface ItemTable {
  readonly store: StoreApi<ItemTableState>;
  /** Shows a list from its beginning. */
  open(batchId: string | null, filter: ItemFilter, total: number): void;
  /** Tells which rows are on the screen, so that they are read. */
  show(first: number, last: number): void;
  /** Takes over what a progress event told. */
  update(total: number, changed: readonly ItemRow[]): void;
  /** Reads again what is on the screen now, and the remainder when it comes into view. */
  refresh(): void;
  moveTo(index: number | null): void;
  retry(): void;
}

function conditionOf(filter: ItemFilter): { readonly status?: ItemStatus; readonly noted?: true } {
  if (filter === 'all') return {};
  return filter === 'noted' ? { noted: true } : { status: filter };
}

export function createItemTable(bridge: Bridge): ItemTable {
  const store = createStore<ItemTableState>(() => ({
    batchId: null,
    filter: 'all',
    total: 0,
    pages: new Map(),
    cursor: null,
    problem: null,
  }));
  /** Counts lists that were opened; a read of an earlier one is dropped when it arrives. */
  let list = 0;
  let shown = { first: 0, last: -1 };
  const reading = new Set<number>();
  const stale = new Set<number>();
  /** Rows that changed while their page was being read: they are newer than what the read brings. */
  const changedMeanwhile = new Map<number, ItemRow>();
  let refreshTimer: ReturnType<typeof setTimeout> | null = null;

  function lastIndex(): number {
    return Math.min(shown.last, store.getState().total - 1);
  }

  function readWhatIsShown(): void {
    const { batchId, pages, problem, total } = store.getState();
    if (batchId === null || problem !== null || lastIndex() < shown.first) return;
    const onScreen = new Set(pagesBetween(shown.first, lastIndex()));
    const first = Math.max(0, shown.first - AHEAD);
    const last = Math.min(lastIndex() + AHEAD, total - 1);
    for (const page of pagesBetween(first, last)) {
      if (reading.size >= MAX_READS) return;
      const wanted = !pages.has(page) || (stale.has(page) && onScreen.has(page));
      if (wanted && !reading.has(page)) void read(batchId, page);
    }
  }

  async function read(batchId: string, page: number): Promise<void> {
    const forList = list;
    const { filter } = store.getState();
    reading.add(page);
    stale.delete(page);
    const result = await bridge.request('batch.items', {
      batchId,
      ...conditionOf(filter),
      offset: page * PAGE_SIZE,
      limit: PAGE_SIZE,
    });
    if (forList !== list) return;
    reading.delete(page);
    if (result.ok) takePage(page, result.value);
    else store.setState({ problem: result.error });
    readWhatIsShown();
  }

  function takePage(page: number, rows: readonly ItemRow[]): void {
    const { pages, filter, cursor } = store.getState();
    let next = withPage(pages, page, rows);
    if (filter === 'all') next = withChangedRows(next, changedMeanwhile.values());
    if (reading.size === 0) changedMeanwhile.clear();
    store.setState({ pages: next, cursor: cursor && relocated(cursor, next) });
  }

  /** The selection stays with its file when a filtered list moves under it. */
  function relocated(cursor: Cursor, pages: ItemPages): Cursor {
    const here = rowAt(pages, cursor.index);
    if (cursor.itemId === null) return { index: cursor.index, itemId: here?.id ?? null };
    if (here?.id === cursor.itemId) return cursor;
    const index = indexOfItem(pages, cursor.itemId);
    return index === null ? cursor : { index, itemId: cursor.itemId };
  }

  function refreshSoon(): void {
    refreshTimer ??= setTimeout(() => {
      refreshTimer = null;
      refresh();
    }, REFRESH_EVERY_MS);
  }

  function refresh(): void {
    for (const page of store.getState().pages.keys()) stale.add(page);
    for (const page of reading) stale.add(page);
    readWhatIsShown();
  }

  function isShort(page: number, total: number): boolean {
    const rows = store.getState().pages.get(page);
    return rows !== undefined && rows.length < Math.min(PAGE_SIZE, total - page * PAGE_SIZE);
  }

  return {
    store,
    open(batchId, filter, total) {
      list += 1;
      shown = { first: 0, last: AHEAD - 1 };
      reading.clear();
      stale.clear();
      changedMeanwhile.clear();
      if (refreshTimer !== null) clearTimeout(refreshTimer);
      refreshTimer = null;
      store.setState({ batchId, filter, total, pages: new Map(), cursor: null, problem: null });
      readWhatIsShown();
    },
    show(first, last) {
      shown = { first: Math.max(0, first), last };
      readWhatIsShown();
    },
    update(total, changed) {
      const { filter, pages } = store.getState();
      if (filter === 'all') {
        if (reading.size > 0) {
          for (const row of changed) {
            if (reading.has(Math.floor(row.position / PAGE_SIZE))) changedMeanwhile.set(row.id, row);
          }
        }
        store.setState({ total, pages: withChangedRows(pages, changed) });
        // Rows are added while folders are being read: a page on the screen has more of them now.
        if (pagesBetween(shown.first, lastIndex()).some((page) => isShort(page, total))) refreshSoon();
      } else {
        store.setState({ total });
        refreshSoon();
      }
      readWhatIsShown();
    },
    refresh,
    moveTo(index) {
      const { pages, total } = store.getState();
      if (index === null || total === 0) return store.setState({ cursor: null });
      const inside = Math.min(Math.max(0, index), total - 1);
      store.setState({ cursor: { index: inside, itemId: rowAt(pages, inside)?.id ?? null } });
    },
    retry() {
      store.setState({ problem: null });
      readWhatIsShown();
    },
  };
}
