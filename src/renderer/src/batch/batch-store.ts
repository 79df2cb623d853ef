import { createStore, type StoreApi } from 'zustand/vanilla';
import type {
  Batch,
  BatchProgress,
  ExportFilter,
  ItemFilter,
  ItemRow,
  LookedAgain,
} from '../../../shared/batch-data.ts';
import type { Bridge, RouteInput } from '../../../shared/contract.ts';
import type { ExportFormat } from '../../../shared/export-format.ts';
import type { Problem } from '../../../shared/problem.ts';
import type { Recipe } from '../../../shared/recipe.ts';
import type { Result } from '../../../shared/result.ts';
import { paceOf } from './batch-pace.ts';
import type { BatchAction, BatchState } from './batch-state.ts';
import { isBusy } from './batch-words.ts';
import { createItemTable, type ItemTable } from './item-table.ts';
import { createOpenItem, type OpenItem } from './open-item.ts';

type RunAgainRequest = RouteInput<'batch.runAgain'>;

export interface BatchStore extends OpenItem {
  readonly store: StoreApi<BatchState>;
  readonly table: ItemTable;
  /** Reads the list and follows the events, until the returned function is called. */
  connect(): () => void;
  load(): Promise<void>;
  select(batchId: string): void;
  filter(filter: ItemFilter): void;
  pick(what: 'files' | 'folder'): Promise<Batch | null>;
  createSample(): Promise<Batch | null>;
  /** Makes a batch over the files of another, and shows it. */
  runAgain(request: RunAgainRequest): Promise<Batch | null>;
  start(batchId: string): Promise<void>;
  /** Asks something else from now on. */
  changeRecipe(batchId: string, recipe: Recipe): Promise<void>;
  /** Adds what has come into its folder since, and runs that; null if it is refused. */
  lookAgain(batchId: string): Promise<LookedAgain | null>;
  stopLooking(batchId: string): Promise<void>;
  /** Runs some files of a batch that is ready: those named, or a few spread over it. */
  tryOut(batchId: string, itemIds?: readonly number[]): Promise<void>;
  cancel(batchId: string): Promise<void>;
  /** Has it asked at once whether the host is back that a batch waits for. */
  tryNow(batchId: string): Promise<void>;
  retryFailed(batchId: string): Promise<void>;
  retryItems(batchId: string, itemIds: readonly number[]): Promise<void>;
  /** Runs files again without their damaged pages. */
  readWithoutPages(batchId: string, itemIds: readonly number[]): Promise<void>;
  /** Takes files out of the queue. */
  skipItems(batchId: string, itemIds: readonly number[]): Promise<void>;
  remove(batchId: string): Promise<void>;
  /** Of the files of a filter, or only of `items`, by id and in that order. */
  exportAs(batchId: string, format: ExportFormat, only: ExportFilter, items?: readonly number[]): Promise<void>;
  revealExport(batchId: string): Promise<void>;
  stopExport(batchId: string): Promise<void>;
  /** Shows a file in the system's file manager. */
  revealItem(itemId: number): Promise<void>;
  setConcurrency(concurrency: number): Promise<void>;
  dismissNotice(): void;
}

/** A look at a folder that is over before that is not told of. */
const TOLD_AFTER_MS = 300;

interface Options {
  /** Runs a function before the next paint. */
  readonly schedule?: (run: () => void) => void;
  /** Of a monotonic clock, to count down by. */
  readonly uptime?: () => number;
}

export function createBatchStore(
  bridge: Bridge,
  { schedule = nextFrame, uptime = () => performance.now() }: Options = {},
): BatchStore {
  const store = createStore<BatchState>(() => ({
    batches: null,
    problem: null,
    pace: new Map(),
    selectedId: null,
    detail: { status: 'closed' },
    concurrency: null,
    doing: null,
    notice: null,
    exporting: null,
    looking: null,
  }));
  const table = createItemTable(bridge);
  const { reread, ...item } = createOpenItem({ bridge, store, table });
  const { getState: get, setState: set } = store;

  /** Progress that came since the last frame, by batch: the newest event, and every row that changed. */
  const waiting = new Map<string, { progress: BatchProgress; rows: Map<number, ItemRow> }>();
  /** Counts what was learnt of batches, so that a list which was read before an event does not undo it. */
  let clock = 0;
  const learntAt = new Map<string, number>();
  /** What is not answered yet, the newest last: an export goes on while another batch is started. */
  const underWay: BatchAction[] = [];
  let lookBegan = 0;

  function find(batchId: string | null): Batch | undefined {
    return get().batches?.find((batch) => batch.id === batchId);
  }

  function learn(batch: Batch): void {
    clock += 1;
    learntAt.set(batch.id, clock);
    const batches = get().batches ?? [];
    const known = batches.some((other) => other.id === batch.id);
    set({ batches: known ? batches.map((other) => (other.id === batch.id ? batch : other)) : [batch, ...batches] });
  }

  async function load(): Promise<void> {
    clock += 1;
    const asked = clock;
    const result = await bridge.request('batch.list', undefined);
    if (!result.ok) return set({ problem: result.error });
    const batches = result.value.map((batch) => {
      const learnt = (learntAt.get(batch.id) ?? 0) > asked;
      return (learnt && find(batch.id)) || batch;
    });
    set({ batches, problem: null });
    const selected = find(get().selectedId);
    if (selected === undefined) show(batches[0]);
    else table.update(selected.counts.total, []);
  }

  function show(batch: Batch | undefined): void {
    set({ selectedId: batch?.id ?? null, detail: { status: 'closed' } });
    table.open(batch?.id ?? null);
  }

  function select(batchId: string): void {
    if (batchId === get().selectedId) return;
    const batch = find(batchId);
    if (batch !== undefined) {
      show(batch);
      return;
    }
    // Made a moment ago elsewhere in the window: its list entry is on its way.
    set({ selectedId: batchId, detail: { status: 'closed' } });
    table.open(batchId);
    void load();
  }

  function follow(progress: BatchProgress): void {
    const entry = waiting.get(progress.batch.id) ?? { progress, rows: new Map() };
    entry.progress = progress;
    if (progress.batch.id === get().selectedId) for (const row of progress.changed) entry.rows.set(row.id, row);
    if (waiting.size === 0) schedule(applyProgress);
    waiting.set(progress.batch.id, entry);
  }

  function applyProgress(): void {
    const pace = new Map(get().pace);
    for (const [batchId, { progress, rows }] of waiting) {
      learn(progress.batch);
      pace.set(batchId, paceOf(progress, uptime()));
      if (batchId !== get().selectedId) continue;
      table.update(progress.batch.counts.total, [...rows.values()]);
      const { detail } = get();
      // At its end the files that were left changed all at once, which no event tells one by one.
      const ended = !isBusy(progress.batch.status);
      if (ended) table.refresh();
      if (detail.status !== 'closed' && (ended || rows.has(detail.itemId))) reread();
    }
    waiting.clear();
    set({ pace });
  }

  /** A failure is shown in the view, beside what it is about. */
  async function act<T>(
    doing: BatchAction,
    batchId: string | null,
    request: () => Promise<Result<T, Problem>>,
  ): Promise<Result<T, Problem>> {
    underWay.push(doing);
    set({ doing, notice: null });
    const result = await request();
    underWay.splice(underWay.lastIndexOf(doing), 1);
    set({ doing: underWay.at(-1) ?? null });
    if (!result.ok) set({ notice: { kind: 'problem', batchId, problem: result.error } });
    return result;
  }

  async function create(request: () => Promise<Result<Batch | null, Problem>>): Promise<Batch | null> {
    const result = await act('create', null, request);
    if (!result.ok || result.value === null) return null;
    learn(result.value);
    show(result.value);
    return result.value;
  }

  async function change(doing: BatchAction, batchId: string, request: () => Promise<Result<Batch, Problem>>) {
    const result = await act(doing, batchId, request);
    if (!result.ok) return;
    learn(result.value);
    if (batchId !== get().selectedId) return;
    table.refresh();
  }

  return {
    ...item,
    store,
    table,
    connect() {
      const ends = [
        bridge.on('batch.progress', follow),
        bridge.on('batch.changed', ({ batchId }) => {
          void load();
          if (batchId === get().selectedId) table.refresh();
        }),
        bridge.on('batch.exporting', (exporting) => {
          if (underWay.includes('export')) set({ exporting });
        }),
        bridge.on('batch.looking', (looking) => {
          // A note that is gone at once would only make the table jump.
          if (underWay.includes('look') && uptime() - lookBegan >= TOLD_AFTER_MS) set({ looking });
        }),
        bridge.on('settings.changed', ({ settings }) => set({ concurrency: settings.concurrency })),
      ];
      // After a pause, what was read before it may be out of date.
      void load();
      table.refresh();
      reread();
      void bridge.request('settings.get', undefined).then((result) => {
        if (result.ok) set({ concurrency: result.value.settings.concurrency });
      });
      return () => {
        for (const end of ends) end();
      };
    },
    load,
    select,
    filter: (filter) => table.look({ only: filter }),
    pick: (what) => create(() => bridge.request('batch.pick', { what })),
    createSample: () => create(() => bridge.request('batch.createSample', undefined)),
    runAgain: (request) => create(() => bridge.request('batch.runAgain', request)),
    start: (batchId) => change('start', batchId, () => bridge.request('batch.start', { batchId })),
    changeRecipe: (batchId, recipe) =>
      change('recipe', batchId, () => bridge.request('batch.changeRecipe', { batchId, recipe })),
    async lookAgain(batchId) {
      lookBegan = uptime();
      const result = await act('look', batchId, () => bridge.request('batch.lookAgain', { batchId }));
      set({ looking: null });
      if (!result.ok) return null;
      learn(result.value.batch);
      if (batchId === get().selectedId) table.refresh();
      return result.value;
    },
    async stopLooking(batchId) {
      await bridge.request('batch.stopLooking', { batchId });
    },
    tryOut: (batchId, itemIds) =>
      change('try', batchId, () =>
        bridge.request('batch.try', { batchId, ...(itemIds === undefined ? {} : { itemIds: [...itemIds] }) }),
      ),
    cancel: (batchId) => change('cancel', batchId, () => bridge.request('batch.cancel', { batchId })),
    async tryNow(batchId) {
      await bridge.request('batch.tryNow', { batchId });
    },
    retryItems: (batchId, itemIds) =>
      change('retry', batchId, () => bridge.request('batch.retryItems', { batchId, itemIds: [...itemIds] })),
    readWithoutPages: (batchId, itemIds) =>
      change('retry', batchId, () => bridge.request('batch.readWithoutPages', { batchId, itemIds: [...itemIds] })),
    skipItems: (batchId, itemIds) =>
      change('skip', batchId, () => bridge.request('batch.skipItems', { batchId, itemIds: [...itemIds] })),
    retryFailed: (batchId) => change('retry', batchId, () => bridge.request('batch.retryFailed', { batchId })),
    async remove(batchId) {
      const result = await act('remove', batchId, () => bridge.request('batch.remove', { batchId }));
      if (!result.ok) return;
      const batches = get().batches ?? [];
      const place = batches.findIndex((batch) => batch.id === batchId);
      const left = batches.filter((batch) => batch.id !== batchId);
      set({ batches: left });
      if (get().selectedId === batchId) show(left[Math.min(Math.max(0, place), left.length - 1)]);
    },
    async exportAs(batchId, format, only, items) {
      const chosen = items === undefined ? {} : { items: [...items] };
      const result = await act('export', batchId, () =>
        bridge.request('batch.export', { batchId, format, only, ...chosen }),
      );
      set({ exporting: null });
      if (result.ok && result.value !== null) set({ notice: { kind: 'saved', batchId, path: result.value } });
    },
    async revealExport(batchId) {
      await bridge.request('batch.revealExport', { batchId });
    },
    async stopExport(batchId) {
      await bridge.request('batch.stopExport', { batchId });
    },
    async revealItem(itemId) {
      const result = await bridge.request('batch.revealItem', { itemId });
      if (!result.ok) set({ notice: { kind: 'problem', batchId: get().selectedId, problem: result.error } });
    },
    async setConcurrency(concurrency) {
      const before = get().concurrency;
      set({ concurrency });
      const result = await bridge.request('batch.setConcurrency', { concurrency });
      if (result.ok) set({ concurrency: result.value });
      else set({ concurrency: before, notice: { kind: 'problem', batchId: get().selectedId, problem: result.error } });
    },
    dismissNotice: () => set({ notice: null }),
  };
}

function nextFrame(run: () => void): void {
  requestAnimationFrame(run);
}
