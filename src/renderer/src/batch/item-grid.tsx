import { type KeyboardEvent, type RefObject, useMemo } from 'react';
import { useStore } from 'zustand';
import type { Batch } from '../../../shared/batch-data.ts';
import type { ItemColumn, ItemView } from '../../../shared/item-view.ts';
import type { Recipe } from '../../../shared/recipe.ts';
import { Grid } from '../ui/grid/grid.tsx';
import type { GridColumn } from '../ui/grid/grid-column.ts';
import type { RowOrder } from '../ui/grid/row-selection.ts';
import { matchesShortcut } from '../ui/shortcut.ts';
import { checkItems, removeItems } from './batch-edits.ts';
import { ColumnFilterPanel } from './column-filter.tsx';
import type { NumberKind } from './column-histogram.tsx';
import { startCorrecting } from './correcting.ts';
import { itemCells } from './item-cells.tsx';
import { layoutOf } from './item-column-layout.ts';
import { columnsOf, itemColumn, questionOf } from './item-columns.ts';
import styles from './item-grid.module.css';
import { itemMenu } from './item-menu.tsx';
import { copyCell, copyFiles, itemSelection, selectedIds } from './item-selection.ts';
import type { ItemTable } from './item-table.ts';
import { tableLines } from './table-lines.ts';

/** Of failed files in a narrow window: a reason with its advice takes three lines there. */
const FAILED_LINES = 2;
const noRows: RowOrder = { length: 0, at: () => undefined, indexOf: () => -1 };

interface ItemGridProps {
  readonly table: ItemTable;
  readonly batch: Batch;
  readonly gridRef: RefObject<HTMLDivElement | null>;
  /** The file whose detail is shown; the cursor takes the pane with it. */
  readonly openId: number | null;
  readonly onOpen: (itemId: number) => void;
  readonly onClose: () => void;
  /** The recipe is being edited beside it. */
  readonly covered: boolean;
}

/** The live table of a batch: only rows in sight are read. */
export function ItemGrid({ table, batch, gridRef, openId, onOpen, onClose, covered }: ItemGridProps) {
  const { name, dropped, llm, recipe } = batch;
  const view = useStore(table.store, (state) => state.view);
  const list = useStore(table.store, (state) => state.list);
  const order = useStore(table.store, (state) => state.order) ?? noRows;
  const cursor = useStore(table.store, (state) => state.cursor);
  // Rows are in the table, not in its state.
  useStore(table.store, (state) => state.revision);
  const selection = useStore(itemSelection);
  const { lines } = useStore(tableLines);
  const columns = useMemo(() => columnsOf({ recipe, llm, filter: view.only }), [recipe, llm, view.only]);
  const cells = useMemo(() => itemCells(dropped, llm), [dropped, llm]);
  const filters = useMemo(() => filtersOf(view, columns, recipe), [view, columns, recipe]);
  const open = (index: number) => {
    table.moveTo(index);
    const id = order.at(index);
    if (id !== undefined) onOpen(id);
  };
  const copy = (shown: readonly GridColumn[], columnId: string | null) => {
    const id = order.at(cursor?.index ?? -1);
    if (columnId !== null && id !== undefined) copyCell(table, id, columnId, llm);
    else void copyFiles(table, selectedIds(order, id), shown, llm);
  };
  /** Ticks what is selected, or takes the ticks away where all of it has one. */
  const tick = () => {
    const ids = selectedIds(order, order.at(cursor?.index ?? -1));
    const all = ids.every((id) => (table.row(id)?.checkedAt ?? null) !== null);
    if (ids.length > 0) void checkItems(batch.id, ids, !all);
  };
  const remove = () => {
    const ids = selectedIds(order, order.at(cursor?.index ?? -1));
    if (ids.length > 0) void removeItems(batch.id, ids);
  };
  /** Opens the file at the answer of that cell; null if nothing in it can be corrected. */
  const correctionOf = (index: number, columnId: string | null) => {
    const row = table.row(order.at(index) ?? -1);
    const question = columnId === null ? null : questionOf(columnId);
    if (row === undefined || question === null || selection.ids.size > 1) return null;
    if (!row.answers.some((answer) => answer.question === question)) return null;
    return () => {
      startCorrecting(row.id, question);
      open(index);
    };
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.target !== gridRef.current || view.only === 'removed') return;
    if (matchesShortcut(event, 'K')) tick();
    else if (matchesShortcut(event, 'Delete')) remove();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the grid has the focus; its keys come by here
    <div className={styles.byKey} onKeyDown={onKey}>
      <Grid
        label={`Files of ${name}`}
        gridRef={gridRef}
        columns={columns}
        layout={layoutOf(recipe.id)}
        lines={lines}
        linesSideways={view.only === 'failed' ? FAILED_LINES : 1}
        order={order}
        rowAt={(index) => table.row(order.at(index) ?? -1)}
        listKey={list}
        steady
        cells={cells}
        cursor={cursor?.index ?? -1}
        onCursor={(index) => table.moveTo(index)}
        isOpen={openId !== null}
        onOpen={open}
        onClose={onClose}
        selection={selection}
        onSelect={(next) => itemSelection.setState(next)}
        sort={view.sort}
        onSort={(sort) => {
          const column = sort === null ? null : itemColumn(sort.column);
          table.look({ sort: sort === null || column === null ? null : { column, descending: sort.descending } });
        }}
        filters={filters}
        menu={(index, shown, columnId) =>
          itemMenu({
            batch,
            itemIds: selectedIds(order, order.at(index)),
            row: table.row(order.at(index) ?? -1),
            areRemoved: view.only === 'removed',
            onOpen: () => open(index),
            onRemove: () => void removeItems(batch.id, selectedIds(order, order.at(index))),
            onTick: tick,
            onCopy: () => copy(shown, null),
            onCopyCell: columnId === null ? null : () => copy(shown, columnId),
            onCorrect: correctionOf(index, columnId),
          })
        }
        onCopy={copy}
        onEdit={(columnId) => correctionOf(cursor?.index ?? -1, columnId)?.()}
        covered={covered}
        onShow={(first, last) => table.show(first, last)}
      />
    </div>
  );
}

/** Everything but the name can be filtered by what is in it; a status also by the buttons above the table. */
function filtersOf(view: ItemView, columns: readonly GridColumn[], recipe: Recipe) {
  const filtered = columns.flatMap(({ id }): readonly ItemColumn[] => {
    const column = itemColumn(id);
    return column === null || column === 'file' ? [] : [column];
  });
  return {
    columns: new Map(
      filtered.map((column) => [column as string, view.filters.some((filter) => filter.column === column)]),
    ),
    render: (columnId: string) => {
      const column = itemColumn(columnId);
      return column === null ? null : (
        <ColumnFilterPanel key={column} column={column} kind={numberKind(column, recipe)} />
      );
    },
  };
}

function numberKind(column: ItemColumn, { questions }: Recipe): NumberKind {
  if (column === 'time') return 'duration';
  const asked = questions.find(({ id }) => id === questionOf(column));
  return asked?.answer.type === 'date' ? 'date' : 'number';
}
