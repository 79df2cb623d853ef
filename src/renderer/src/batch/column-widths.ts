import { createStore } from 'zustand/vanilla';
import { type ColumnId, type ColumnWidths, MAX_COLUMN_WIDTH, MIN_COLUMN_WIDTH } from './item-columns.ts';

const storageKey = 'docket.batch.columns';

function readWidths(): ColumnWidths {
  const widths: { [Id in ColumnId]?: number } = {};
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '{}');
    for (const [id, width] of Object.entries(stored ?? {})) {
      if (typeof width === 'number' && width >= MIN_COLUMN_WIDTH && width <= MAX_COLUMN_WIDTH) {
        widths[id as ColumnId] = width;
      }
    }
  } catch {
    // Not what this version wrote: the defaults do.
  }
  return widths;
}

/** Widths that the user gave to columns, kept over restarts. */
export const columnWidths = createStore<ColumnWidths>(() => (typeof localStorage === 'undefined' ? {} : readWidths()));

/** `null` gives the column its own width back. */
export function setColumnWidth(id: ColumnId, width: number | null): void {
  const { [id]: _before, ...others } = columnWidths.getState();
  const bounded = width === null ? null : Math.round(Math.min(MAX_COLUMN_WIDTH, Math.max(MIN_COLUMN_WIDTH, width)));
  const next: ColumnWidths = bounded === null ? others : { ...others, [id]: bounded };
  columnWidths.setState(next, true);
  localStorage.setItem(storageKey, JSON.stringify(next));
}
