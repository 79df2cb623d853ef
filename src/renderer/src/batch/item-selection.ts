import { createStore } from 'zustand/vanilla';
import { copyText } from '../ui/copy-text.ts';
import { formatCount } from '../ui/format.ts';
import { toLines } from '../ui/grid/copy-rows.ts';
import type { GridColumn } from '../ui/grid/grid-column.ts';
import { idsOf, keepListed, nothingSelected, type RowOrder, type RowSelection } from '../ui/grid/row-selection.ts';
import { showToast } from '../ui/toast.tsx';
import { batches } from './batches.ts';
import { cellText } from './item-columns.ts';
import type { ItemTable } from './item-table.ts';

/** Copying so many rows takes long enough that its end is told. */
const MANY = 1_000;

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
  return idsOf(order).filter((id) => ids.has(id));
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
  const pages = itemIds.length > 1 ? [toLines([columns.map(({ title }) => title)])] : [];
  for await (const rows of table.rowsOf(itemIds)) {
    pages.push(toLines(rows.map((row) => columns.map(({ id }) => cellText(row, id, llm)))));
  }
  const copied = copyText(pages.join('\n'));
  if (!copied) showToast({ title: `${formatCount(itemIds.length, 'row')} could not be copied.`, problem: true });
  else if (itemIds.length > MANY) showToast({ title: `${formatCount(itemIds.length, 'row')} copied` });
}
