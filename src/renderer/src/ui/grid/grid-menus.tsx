import type { Dispatch, MouseEvent, SetStateAction } from 'react';
import { MenuAt, type MenuEntry } from '../menu.tsx';
import { PopoverAt } from '../popover.tsx';
import { columnMenu } from './column-menu.tsx';
import type { GridColumn } from './grid-column.ts';
import type { GridProps } from './grid-props.ts';
import type { RowOrder } from './row-selection.ts';

export type OpenMenu =
  /** The row by its id: while the menu is open, it may move to another place. */
  | { readonly of: 'row'; readonly at: DOMRect; readonly id: number; readonly columnId: string | null }
  | { readonly of: 'column'; readonly at: DOMRect; readonly column: GridColumn };

/** What is open over a grid. */
export interface Overlays {
  readonly menu: OpenMenu | null;
  /** The column whose filter is open. */
  readonly filtered: GridColumn | null;
}

export const NO_OVERLAYS: Overlays = { menu: null, filtered: null };

type MenuProps = Pick<
  GridProps<never>,
  'gridRef' | 'columns' | 'layout' | 'order' | 'sort' | 'onSort' | 'filters' | 'menu'
>;

interface GridMenusProps {
  readonly grid: MenuProps;
  /** The columns that are shown. */
  readonly columns: readonly GridColumn[];
  readonly open: Overlays;
  readonly onChange: Dispatch<SetStateAction<Overlays>>;
}

/** The menus of rows and columns, and the columns' filters. */
export function GridMenus({ grid, columns, open: { menu, filtered }, onChange }: GridMenusProps) {
  const { gridRef, layout, sort = null, onSort = null, filters } = grid;
  const entries = (): readonly (MenuEntry | null)[] => {
    if (menu === null) return [];
    if (menu.of === 'row') return grid.menu(grid.order.indexOf(menu.id), columns, menu.columnId);
    const { column } = menu;
    const onFilter = filters?.columns.has(column.id) ? () => onChange((open) => ({ ...open, filtered: column })) : null;
    return columnMenu({ column, all: grid.columns, shown: columns, layout, sort, onSort, onFilter });
  };
  return (
    <>
      <MenuAt
        label={menu?.of === 'column' ? `Column ${menu.column.title}` : 'Row'}
        at={menu?.at ?? null}
        entries={entries()}
        onClose={() => onChange((open) => ({ ...open, menu: null }))}
        focusAfter={gridRef}
      />
      {filters !== undefined && (
        <PopoverAt
          label={`Filter ${filtered?.title ?? ''}`}
          anchor={filtered === null ? null : headOf(gridRef.current, columns, filtered.id)}
          onClose={() => onChange((open) => ({ ...open, filtered: null }))}
          focusAfter={gridRef}
        >
          {filtered !== null && filters.render(filtered.id)}
        </PopoverAt>
      )}
    </>
  );
}

/** The menu of the cell or column that the cursor is on. */
export function menuAtCursor(
  id: number | undefined,
  column: GridColumn | undefined,
  inHeader: boolean,
  activeId: string | undefined,
): OpenMenu | null {
  const marked = document.getElementById(activeId ?? '');
  if (marked === null) return null;
  const at = marked.getBoundingClientRect();
  if (!inHeader) return id === undefined ? null : { of: 'row', at, id, columnId: column?.id ?? null };
  return column === undefined ? null : { of: 'column', at, column };
}

/** The menu of the cell under the pointer; null if it is on none. */
export function menuAtPointer(
  event: MouseEvent,
  columns: readonly GridColumn[],
  order: RowOrder,
): (OpenMenu & { of: 'row' }) | null {
  const { target, clientX, clientY } = event;
  const row = target instanceof Element ? target.closest<HTMLElement>('[role="row"][data-index]') : null;
  if (row === null || !(target instanceof Element)) return null;
  const id = order.at(Number(row.dataset.index));
  if (id === undefined) return null;
  const cell = Number(target.closest('[role="gridcell"]')?.getAttribute('aria-colindex') ?? 0);
  const columnId = columns[cell - 1]?.id ?? null;
  return { of: 'row', at: new DOMRect(clientX, clientY), id, columnId };
}

function headOf(grid: HTMLElement | null, columns: readonly GridColumn[], id: string): Element | null {
  const place = columns.findIndex((column) => column.id === id);
  return grid?.querySelectorAll('[role="columnheader"]')[place] ?? null;
}
