import { Copy, FolderOpen, PanelRightOpen } from 'lucide-react';
import { type RefObject, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { Batch, ItemRow } from '../../../shared/batch-data.ts';
import { copyText } from '../ui/copy-text.ts';
import { formatCount } from '../ui/format.ts';
import { toLines } from '../ui/grid/copy-rows.ts';
import { Grid } from '../ui/grid/grid.tsx';
import type { GridColumn } from '../ui/grid/grid-column.ts';
import { nothingSelected, type RowOrder } from '../ui/grid/row-selection.ts';
import { batches } from './batches.ts';
import { itemCells } from './item-cells.tsx';
import { layoutOf } from './item-column-layout.ts';
import { cellText, columnsOf } from './item-columns.ts';
import { indexOfItem, rowAt } from './item-pages.ts';
import type { ItemTable } from './item-table.ts';

/** Of failed files in a narrow window: a reason with its advice takes three lines there. */
const FAILED_LINES = 2;

interface ItemGridProps {
  readonly table: ItemTable;
  readonly batch: Pick<Batch, 'name' | 'llm' | 'recipe'>;
  readonly gridRef: RefObject<HTMLDivElement | null>;
  /** The file whose detail is shown; the cursor takes the pane with it. */
  readonly openId: number | null;
  readonly onOpen: (itemId: number) => void;
  readonly onClose: () => void;
}

/** The live table of a batch: only pages in sight are read. */
export function ItemGrid({ table, batch, gridRef, openId, onOpen, onClose }: ItemGridProps) {
  const { name, llm, recipe } = batch;
  const total = useStore(table.store, (state) => state.total);
  const filter = useStore(table.store, (state) => state.filter);
  const pages = useStore(table.store, (state) => state.pages);
  const cursor = useStore(table.store, (state) => state.cursor);
  const columns = useMemo(() => columnsOf({ recipe, llm, filter }), [recipe, llm, filter]);
  const cells = useMemo(() => itemCells(name, llm), [name, llm]);
  const order = useMemo(
    (): RowOrder => ({
      length: total,
      at: (index) => rowAt(pages, index)?.id,
      indexOf: (id) => indexOfItem(pages, id) ?? -1,
    }),
    [total, pages],
  );
  const [selection, select] = useState(nothingSelected);
  const open = (index: number) => {
    table.moveTo(index);
    const id = order.at(index);
    if (id !== undefined) onOpen(id);
  };
  const chosen = (): readonly ItemRow[] => {
    const ids = selection.ids.size > 0 ? [...selection.ids] : cursor === null ? [] : [cursor.itemId ?? -1];
    return ids.flatMap((id) => rowAt(pages, order.indexOf(id)) ?? []);
  };
  const copy = (shown: readonly GridColumn[], columnId: string | null) => {
    const picked = columnId === null ? shown : shown.filter(({ id }) => id === columnId);
    const lines = chosen().map((row) => picked.map(({ id }) => cellText(row, id, llm)));
    copyText(columnId === null ? toLines(lines) : (lines[0]?.[0] ?? ''));
  };
  const several = selection.ids.size > 1;
  return (
    <Grid
      label={`Files of ${name}`}
      gridRef={gridRef}
      columns={columns}
      layout={layoutOf(recipe.id)}
      linesSideways={filter === 'failed' ? FAILED_LINES : 1}
      order={order}
      rowAt={(index) => rowAt(pages, index)}
      listKey={filter}
      cells={cells}
      cursor={cursor?.index ?? -1}
      onCursor={(index) => table.moveTo(index)}
      isOpen={openId !== null}
      onOpen={open}
      onClose={onClose}
      selection={selection}
      onSelect={select}
      menu={(index, shown, columnId) => [
        { label: 'Open', icon: <PanelRightOpen />, shortcut: 'Enter', disabled: several, onSelect: () => open(index) },
        {
          label: 'Show in folder',
          icon: <FolderOpen />,
          disabled: several,
          onSelect: () => void batches.revealItem(order.at(index) ?? -1),
        },
        null,
        ...(columnId === null || several
          ? []
          : [{ label: 'Copy cell', icon: <Copy />, onSelect: () => copy(shown, columnId) }]),
        {
          label: several ? `Copy ${formatCount(selection.ids.size, 'row')}` : 'Copy row',
          icon: <Copy />,
          shortcut: 'Mod+C',
          onSelect: () => copy(shown, null),
        },
      ]}
      onCopy={copy}
      onShow={(first, last) => table.show(first, last)}
    />
  );
}
