import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CallDetail, CallRow, HistoryFacets } from '../../../shared/call-data.ts';
import type { Bridge } from '../../../shared/contract.ts';
import type { Problem } from '../../../shared/problem.ts';
import { append, countNewer, openBelow, prepend, update } from './call-list.ts';
import { emptyQuery, type HistoryQuery, isFiltered, toFilter } from './history-query.ts';

const PAGE = 100;
const LARGEST_PAGE = 500;
/** A longer list is replaced by one that starts where it ends, so that no list grows without bound. */
const MAX_ROWS = 20_000;
/** How many newer rows to show above a call that was navigated to. */
const ROWS_ABOVE = 10;
const SEARCH_DELAY_MS = 150;
const FACETS_EVERY_MS = 5_000;

export type CallDetailState =
  | { readonly status: 'closed' }
  | { readonly status: 'loading'; readonly callId: number }
  | { readonly status: 'ready'; readonly callId: number; readonly call: CallDetail }
  | { readonly status: 'failed'; readonly callId: number; readonly problem: Problem };

export interface HistoryState {
  readonly query: HistoryQuery;
  /** Newest first; null until the first page has been read. */
  readonly rows: readonly CallRow[] | null;
  /** Number of the current list. Each is read from its top. */
  readonly list: number;
  /** What to pass for the next page; null at the end. */
  readonly nextBefore: number | null;
  /** The list starts below this id; null if it starts with the newest call. */
  readonly startsBefore: number | null;
  readonly loading: 'all' | 'more' | null;
  readonly problem: Problem | null;
  /** Newer calls that are not in the list, because the user is reading further down. */
  readonly newer: number;
  /** There are more of them than `newer`. */
  readonly newerIsMore: boolean;
  readonly facets: HistoryFacets | null;
  /** How many calls match the filter, if the list has not been read to its end; null while they are not counted. */
  readonly counted: number | null;
  readonly selectedId: number | null;
  /** The first visible row; null while the list is scrolled to its top. */
  readonly topId: number | null;
  readonly detail: CallDetailState;
}

/** Where the user is in the history. */
export interface HistoryPlace extends Pick<HistoryState, 'query' | 'selectedId' | 'topId'> {
  readonly openId: number | null;
}

export interface HistoryStore {
  readonly store: StoreApi<HistoryState>;
  connect(): () => void;
  /**
   * Changes the query. Search text takes effect once the user pauses. Closes an open call, so that the list is visible.
   */
  ask(change: Partial<HistoryQuery>): void;
  clear(): void;
  /** Repeats what failed. */
  retry(): Promise<void>;
  more(): Promise<void>;
  /** New rows are added only while the top of the list is on screen, which is null. */
  setTop(topId: number | null): void;
  /** Goes to an earlier place once the list has been read. */
  restore(place: HistoryPlace): void;
  showNewest(): Promise<void>;
  showOlder(): Promise<void>;
  select(callId: number | null): void;
  open(callId: number): Promise<void>;
  /** Opens a call from another surface. Reads another list if the current one does not contain it. */
  show(callId: number): Promise<void>;
  close(): void;
}

interface Options {
  readonly now?: () => Date;
}

export function canGrow(state: HistoryState): boolean {
  return state.nextBefore !== null && (state.rows?.length ?? 0) < MAX_ROWS;
}

function isWhole({ nextBefore, startsBefore }: HistoryState): boolean {
  return nextBefore === null && startsBefore === null;
}

/** How many calls match; `orMore` if some were not counted. */
export function matchCount(state: HistoryState): { readonly count: number; readonly orMore: boolean } | null {
  const { rows, counted } = state;
  if (rows === null) return null;
  if (isWhole(state)) return { count: rows.length, orMore: false };
  return counted === null ? { count: rows.length, orMore: true } : { count: counted, orMore: false };
}

export function createHistoryStore(bridge: Bridge, { now = () => new Date() }: Options = {}): HistoryStore {
  const store = createStore<HistoryState>(() => ({
    query: emptyQuery,
    rows: null,
    list: 0,
    nextBefore: null,
    startsBefore: null,
    loading: null,
    problem: null,
    newer: 0,
    newerIsMore: false,
    facets: null,
    counted: null,
    selectedId: null,
    topId: null,
    detail: { status: 'closed' },
  }));
  const { getState: get, setState: set } = store;
  /** Number of the current list. Responses for an earlier one are dropped. */
  let list = 0;
  /** The query that the rows answer. While another one is being typed, none of its rows may be mixed in. */
  let answered: HistoryQuery | null = null;
  let failed: () => Promise<void> = () => readFrom(null);
  let searchTimer: ReturnType<typeof setTimeout> | null = null;
  let facetsTimer: ReturnType<typeof setTimeout> | null = null;
  let refreshing = false;
  let changedAgain = false;

  function page(before: number | null, limit = PAGE) {
    const filter = toFilter(get().query, now());
    return bridge.request('history.page', { ...filter, ...(before === null ? {} : { before }), limit });
  }

  async function readFrom(before: number | null, limit = PAGE, topId: number | null = null): Promise<void> {
    if (searchTimer !== null) clearTimeout(searchTimer);
    searchTimer = null;
    list += 1;
    const forList = list;
    const { query } = get();
    set({ loading: 'all' });
    const result = await page(before, limit);
    if (forList !== list) return;
    if (!result.ok) return fail(result.error, () => readFrom(before, limit, topId));
    const { rows, nextBefore } = result.value;
    answered = query;
    set({
      rows,
      list: forList,
      nextBefore,
      startsBefore: before,
      loading: null,
      problem: null,
      newer: 0,
      newerIsMore: false,
      counted: null,
      topId,
    });
    await count();
  }

  /** The page's first list contains the row that an earlier page had at its top, if there was one. */
  async function readFirst(): Promise<void> {
    const { topId } = get();
    if (topId === null) return readFrom(null);
    await readFrom(null, LARGEST_PAGE, topId);
    if (get().problem === null && get().topId === topId && !holds(topId)) await readFrom(topId + 1, PAGE, topId);
  }

  /** Counts matching calls, unless the list is complete and so counts itself. */
  async function count(): Promise<void> {
    const forList = list;
    const { query } = get();
    if (!isFiltered(query) || isWhole(get())) return;
    const result = await bridge.request('history.count', toFilter(query, now()));
    if (forList === list && result.ok) set({ counted: result.value });
  }

  function fail(problem: Problem, again: () => Promise<void>): void {
    failed = again;
    set({ loading: null, problem });
  }

  async function more(): Promise<void> {
    const { nextBefore, loading, query } = get();
    if (loading !== null || answered !== query || !canGrow(get())) return;
    const forList = list;
    set({ loading: 'more' });
    const result = await page(nextBefore);
    if (forList !== list) return;
    if (!result.ok) return fail(result.error, more);
    set({
      rows: append(get().rows ?? [], result.value.rows),
      nextBefore: result.value.nextBefore,
      loading: null,
      problem: null,
    });
  }

  /** Adds or counts new rows at the top, and updates rows that were open. */
  async function refresh(): Promise<void> {
    if (refreshing) {
      changedAgain = true;
      return;
    }
    refreshing = true;
    do {
      changedAgain = false;
      await readNewest();
    } while (changedAgain);
    refreshing = false;
  }

  async function readNewest(): Promise<void> {
    const { query, loading } = get();
    if (answered !== query) {
      // It is being read, or will be once typing pauses. Restarting on each event would never finish.
      if (loading !== 'all' && searchTimer === null) await (answered === null ? readFirst() : readFrom(null));
      return;
    }
    const forList = list;
    const result = await page(null);
    if (forList !== list || !result.ok) return;
    takeNewest(result.value.rows, result.value.nextBefore);
    const lowest = result.value.rows.at(-1)?.id ?? Number.NEGATIVE_INFINITY;
    const open = openBelow(get().rows ?? [], lowest);
    if (open === null) return;
    const outcomes = await page(open.before, Math.min(open.count, LARGEST_PAGE));
    if (forList === list && outcomes.ok) set({ rows: update(get().rows ?? [], outcomes.value.rows) });
  }

  function takeNewest(newest: readonly CallRow[], nextBefore: number | null): void {
    const { rows, startsBefore, topId } = get();
    if (rows === null) return;
    if (topId !== null || startsBefore !== null) {
      const newer = countNewer(rows, newest);
      set({
        rows: update(rows, newest),
        newer,
        newerIsMore: newer === newest.length && nextBefore !== null,
      });
      return;
    }
    const merged = prepend(rows, newest, nextBefore === null);
    // If only the page is left, the list continues where the page ends.
    const alone = merged.rows.length === newest.length;
    set({ rows: merged.rows, newer: 0, newerIsMore: false, ...(alone ? { nextBefore } : {}) });
  }

  async function readFacets(): Promise<void> {
    const result = await bridge.request('history.facets', undefined);
    if (result.ok) set({ facets: result.value });
  }

  function readFacetsSoon(): void {
    facetsTimer ??= setTimeout(() => {
      facetsTimer = null;
      void readFacets();
      void count();
    }, FACETS_EVERY_MS);
  }

  function followOpenCall(): void {
    const { detail } = get();
    if (detail.status === 'ready' && detail.call.status === 'open') void readDetail(detail.callId);
  }

  async function readDetail(callId: number): Promise<void> {
    const result = await bridge.request('history.detail', { callId });
    const { detail } = get();
    if (detail.status === 'closed' || detail.callId !== callId) return;
    set({
      detail: result.ok
        ? { status: 'ready', callId, call: result.value }
        : { status: 'failed', callId, problem: result.error },
    });
  }

  function open(callId: number): Promise<void> {
    const { detail } = get();
    if (detail.status === 'closed' || detail.callId !== callId) set({ detail: { status: 'loading', callId } });
    set({ selectedId: callId });
    return readDetail(callId);
  }

  const holds = (callId: number): boolean => get().rows?.some(({ id }) => id === callId) ?? false;

  async function bringIntoList(callId: number): Promise<void> {
    if (answered === get().query && holds(callId)) return;
    set({ query: emptyQuery });
    await readFrom(null);
    if (get().selectedId === callId && !holds(callId)) await readFrom(callId + ROWS_ABOVE);
  }

  return {
    store,
    connect() {
      const end = bridge.on('history.changed', () => {
        void refresh();
        readFacetsSoon();
        followOpenCall();
      });
      // The list keeps its position on return and only takes in what is new.
      void refresh();
      void readFacets();
      followOpenCall();
      return () => {
        end();
        if (searchTimer !== null) clearTimeout(searchTimer);
        if (facetsTimer !== null) clearTimeout(facetsTimer);
        searchTimer = null;
        facetsTimer = null;
      };
    },
    ask(change) {
      const onlySearch = Object.keys(change).every((key) => key === 'search');
      set({ query: { ...get().query, ...change }, detail: { status: 'closed' } });
      if (!onlySearch) return void readFrom(null);
      if (searchTimer !== null) clearTimeout(searchTimer);
      searchTimer = setTimeout(() => void readFrom(null), SEARCH_DELAY_MS);
    },
    clear() {
      set({ query: emptyQuery, detail: { status: 'closed' } });
      void readFrom(null);
    },
    retry: () => failed(),
    more,
    setTop(topId) {
      if (topId === get().topId) return;
      set({ topId });
      if (topId === null && get().newer > 0 && get().startsBefore === null) void refresh();
    },
    restore({ openId, ...place }) {
      set(place);
      if (openId !== null) void open(openId);
    },
    showNewest: () => readFrom(null),
    showOlder: () => readFrom(get().nextBefore),
    select: (callId) => set({ selectedId: callId }),
    open,
    show: async (callId) => {
      await Promise.all([open(callId), bringIntoList(callId)]);
    },
    close: () => set({ detail: { status: 'closed' } }),
  };
}
