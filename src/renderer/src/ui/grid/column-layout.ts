import { createStore, type StoreApi } from 'zustand/vanilla';
import { type ColumnWidths, MAX_COLUMN_WIDTH, MIN_COLUMN_WIDTH } from './grid-column.ts';

/** What the user made of a table's columns. */
export interface ColumnLayoutState {
  readonly widths: ColumnWidths;
  /** Ids of columns in the user's order; empty for the table's own. */
  readonly order: readonly string[];
  readonly hidden: readonly string[];
}

/** The columns of one kind of table, kept over restarts. */
export interface ColumnLayout {
  readonly store: StoreApi<ColumnLayoutState>;
  /** `null` gives a column its own width back. */
  setWidth(id: string, width: number | null): void;
  setOrder(order: readonly string[]): void;
  setShown(id: string, shown: boolean): void;
  reset(): void;
}

const asDesigned: ColumnLayoutState = { widths: {}, order: [], hidden: [] };

/** @param before the key of widths that an older version kept; they count until something else is kept. */
export function createColumnLayout(storageKey: string, before: string | null = null): ColumnLayout {
  const store = createStore<ColumnLayoutState>(() => read(storageKey, before));
  const change = (changed: Partial<ColumnLayoutState>) => {
    store.setState(changed);
    localStorage.setItem(storageKey, JSON.stringify(store.getState()));
  };
  return {
    store,
    setWidth(id, width) {
      const { [id]: _before, ...others } = store.getState().widths;
      const bounded = width === null ? null : Math.round(Math.min(MAX_COLUMN_WIDTH, Math.max(MIN_COLUMN_WIDTH, width)));
      change({ widths: bounded === null ? others : { ...others, [id]: bounded } });
    },
    setOrder: (order) => change({ order }),
    setShown(id, shown) {
      const others = store.getState().hidden.filter((other) => other !== id);
      change({ hidden: shown ? others : [...others, id] });
    },
    reset: () => change(asDesigned),
  };
}

/** Anything that this version did not write counts for nothing. */
function read(storageKey: string, before: string | null): ColumnLayoutState {
  if (typeof localStorage === 'undefined') return asDesigned;
  try {
    const kept = localStorage.getItem(storageKey);
    if (kept === null && before !== null) return { ...asDesigned, widths: readOldWidths(before) };
    const stored: unknown = JSON.parse(kept ?? '{}');
    if (typeof stored !== 'object' || stored === null) return asDesigned;
    const { widths, order, hidden } = stored as Partial<Record<keyof ColumnLayoutState, unknown>>;
    return { widths: readWidths(widths), order: readIds(order), hidden: readIds(hidden) };
  } catch {
    return asDesigned;
  }
}

/** Then columns of questions had no prefix. */
function readOldWidths(key: string): ColumnWidths {
  const widths = readWidths(JSON.parse(localStorage.getItem(key) ?? '{}'));
  const questions = Object.entries(widths).map(([id, width]) => [`question:${id}`, width] as const);
  return { ...Object.fromEntries(questions), ...widths };
}

function readWidths(stored: unknown): ColumnWidths {
  const isWidth = (width: unknown) =>
    typeof width === 'number' && width >= MIN_COLUMN_WIDTH && width <= MAX_COLUMN_WIDTH;
  return Object.fromEntries(Object.entries(stored ?? {}).filter(([, width]) => isWidth(width)));
}

function readIds(stored: unknown): readonly string[] {
  return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string') : [];
}

/** The user's order, with columns that it does not know yet behind the one that they follow in the table's own. */
export function completeOrder(own: readonly string[], chosen: readonly string[]): readonly string[] {
  const order = chosen.filter((id) => own.includes(id));
  own.forEach((id, place) => {
    if (order.includes(id)) return;
    const before = own[place - 1];
    order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, id);
  });
  return order;
}
