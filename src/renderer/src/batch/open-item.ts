import type { StoreApi } from 'zustand/vanilla';
import type { Bridge } from '../../../shared/contract.ts';
import { isWholeTable } from '../../../shared/item-view.ts';
import type { BatchState } from './batch-state.ts';
import type { ItemTable } from './item-table.ts';

/** The file of the table whose detail is open. */
export interface OpenItem {
  openItem(itemId: number): Promise<void>;
  /** Opens the file before or after the one under the cursor, as the table has them. */
  openBeside(by: 1 | -1): Promise<void>;
  /** Opens a file that another surface leads to, and its row. */
  showItem(itemId: number): Promise<void>;
  closeItem(): void;
}

interface OpenItemParts {
  readonly bridge: Bridge;
  readonly store: StoreApi<BatchState>;
  readonly table: ItemTable;
}

/** @returns also how the detail is read again, which may have changed. */
export function createOpenItem({ bridge, store, table }: OpenItemParts): OpenItem & { reread(): void } {
  const { getState: get, setState: set } = store;

  async function readItem(itemId: number): Promise<void> {
    const result = await bridge.request('batch.item', { itemId });
    const { detail } = get();
    if (detail.status === 'closed' || detail.itemId !== itemId) return;
    set({
      detail: result.ok
        ? { status: 'ready', itemId, item: result.value }
        : { status: 'failed', itemId, problem: result.error },
    });
  }

  function openItem(itemId: number): Promise<void> {
    const { detail } = get();
    if (detail.status === 'closed' || detail.itemId !== itemId) set({ detail: { status: 'loading', itemId } });
    return readItem(itemId);
  }

  return {
    reread() {
      const { detail } = get();
      if (detail.status !== 'closed') void readItem(detail.itemId);
    },
    openItem,
    openBeside(by) {
      const { order, cursor } = table.store.getState();
      const index = (cursor?.index ?? -1) + by;
      const itemId = order?.at(index);
      if (cursor === null || index < 0 || itemId === undefined) return Promise.resolve();
      table.moveTo(index);
      return openItem(itemId);
    },
    async showItem(itemId) {
      set({ detail: { status: 'loading', itemId } });
      await readItem(itemId);
      const { detail, selectedId } = get();
      if (detail.status !== 'ready' || detail.itemId !== itemId || detail.item.row.batchId !== selectedId) return;
      // It may not be among the rows that are shown.
      if (!isWholeTable(table.store.getState().view)) table.open(selectedId);
      table.moveToItem(itemId);
    },
    closeItem: () => set({ detail: { status: 'closed' } }),
  };
}
