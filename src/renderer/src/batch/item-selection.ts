import { createStore } from 'zustand/vanilla';
import { copyText } from '../ui/copy-text.ts';
import { toLines } from '../ui/grid/copy-rows.ts';
import type { GridColumn } from '../ui/grid/grid-column.ts';
import { keepListed, nothingSelected, type RowOrder, type RowSelection } from '../ui/grid/row-selection.ts';
import { batches } from './batches.ts';
import { cellText } from './item-columns.ts';
import type { ItemTable } from './item-table.ts';

/** The selected files of the batch that is shown. What leaves the list leaves the selection: nobody sees it there. */
export const itemSelection = createStore<RowSelection>(() => nothingSelected);

batches.table.store.subscribe((state, before) => {
  if (state.batchId !== before.batchId) itemSelection.setState(nothingSelected);
  else if (state.order !== before.order && state.order !== null)
    itemSelection.setState(keepListed(itemSelection.getState(), state.order));
});

/** The selected files in the order of the table; without any, the one under the cursor. */
export function selectedIds(order: RowOrder, cursor: number | undefined): readonly number[] {
  const { ids } = itemSelection.getState();
  if (ids.size === 0) return cursor === undefined ? [] : [cursor];
  return [...ids].sort((a, b) => order.indexOf(a) - order.indexOf(b));
}

export function copyCell(table: ItemTable, itemId: number, columnId: string, llm: boolean): void {
  const row = table.row(itemId);
  if (row !== undefined) copyText(cellText(row, columnId, llm));
}

/** Rows with the columns that are shown, under their titles where there are several. */
export async function copyFiles(
  table: ItemTable,
  itemIds: readonly number[],
  columns: readonly GridColumn[],
  llm: boolean,
): Promise<void> {
  const rows = await table.rowsOf(itemIds);
  const lines = rows.map((row) => columns.map(({ id }) => cellText(row, id, llm)));
  copyText(toLines(lines.length > 1 ? [columns.map(({ title }) => title), ...lines] : lines));
}
