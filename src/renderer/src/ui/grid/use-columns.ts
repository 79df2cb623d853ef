import {
  type ColumnDef,
  columnOrderingFeature,
  columnPinningFeature,
  columnVisibilityFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { type ColumnLayout, completeOrder } from './column-layout.ts';
import type { GridColumn } from './grid-column.ts';

const features = tableFeatures({ columnOrderingFeature, columnPinningFeature, columnVisibilityFeature });
/** Rows are read by the page as they come into sight, so the table is given none. */
const noRows: object[] = [];

/** A table's columns as the user arranged them. The same over renders while nothing about them changes. */
export function useColumns(columns: readonly GridColumn[], layout: ColumnLayout): readonly GridColumn[] {
  const order = useStore(layout.store, (state) => state.order);
  const hidden = useStore(layout.store, (state) => state.hidden);
  const definitions = useMemo(
    () => columns.map(({ id, title }): ColumnDef<typeof features, object> => ({ id, header: title })),
    [columns],
  );
  const state = useMemo(() => {
    const pinned = columns.filter((column) => column.pinned).map(({ id }) => id);
    const ids = columns.map(({ id }) => id);
    return {
      columnOrder: [...completeOrder(ids, order)],
      columnPinning: { start: pinned, end: [] },
      columnVisibility: Object.fromEntries(
        hidden.filter((id) => ids.includes(id) && !pinned.includes(id)).map((id) => [id, false]),
      ),
    };
  }, [columns, order, hidden]);
  const table = useTable({ features, columns: definitions, data: noRows, state });
  const shown = table
    .getVisibleLeafColumns()
    .map(({ id }) => id)
    .join('\n');
  return useMemo(
    () => shown.split('\n').flatMap((id) => columns.find((column) => column.id === id) ?? []),
    [shown, columns],
  );
}
