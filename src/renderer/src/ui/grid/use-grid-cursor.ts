import { type KeyboardEvent, type MouseEvent, useCallback, useLayoutEffect, useRef, useState } from 'react';
import { isMac } from '../shortcut.ts';
import { sum } from './grid-column.ts';
import type { GridSort } from './grid-header.tsx';
import { type GridAction, gridAction } from './grid-keys.ts';
import type { GridProps } from './grid-props.ts';
import { nothingSelected, selectAll, selectTo, toggleRow } from './row-selection.ts';
import type { GridLayout } from './use-grid-layout.ts';
import { HEADER, type RowsInSight } from './use-rows-in-sight.ts';

/** Where the cursor is beside its row, and what keys and clicks do. */
export interface GridCursor {
  /** The column that it is on; null for the row as a whole. */
  readonly columnId: string | null;
  readonly inHeader: boolean;
  /** The same over renders, so that a row is not drawn again for it. */
  readonly onPress: (index: number, event: MouseEvent) => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLDivElement>) => void;
}

type CursorProps = Pick<
  GridProps<never>,
  | 'gridRef'
  | 'order'
  | 'cursor'
  | 'onCursor'
  | 'isOpen'
  | 'onOpen'
  | 'onClose'
  | 'selection'
  | 'onSelect'
  | 'sort'
  | 'onSort'
  | 'onCopy'
  | 'onEdit'
>;

/** @param onMenu opens the menu of where the cursor is. */
export function useGridCursor(
  props: CursorProps,
  layout: GridLayout,
  rows: RowsInSight,
  onMenu: () => void,
): GridCursor {
  const { gridRef, order, cursor, onCursor, isOpen, onOpen, onClose, selection, onSelect, sort, onSort } = props;
  const { columns, rowHeight } = layout;
  const [columnId, setColumnId] = useState<string | null>(null);
  const [inHeader, setInHeader] = useState(false);
  const cursorId = order.at(cursor);

  const press = (index: number, event: MouseEvent) => {
    const id = order.at(index);
    if (id === undefined || !isWithin(event)) return;
    setColumnId(null);
    setInHeader(false);
    const mod = isMac ? event.metaKey : event.ctrlKey;
    if (event.shiftKey) onSelect(selectTo(selection, order, cursorId, index, mod));
    else if (mod) onSelect(toggleRow(selection, id, cursorId));
    else onSelect(nothingSelected);
    if (event.shiftKey || mod) onCursor(index);
    else onOpen(index);
  };
  const lastPress = useRef(press);
  useLayoutEffect(() => {
    lastPress.current = press;
  });
  const onPress = useCallback((index: number, event: MouseEvent) => lastPress.current(index, event), []);

  const moveToRow = (index: number, extend: boolean) => {
    setInHeader(false);
    if (extend) onSelect(selectTo(selection, order, cursorId, index));
    else if (selection.ids.size > 0) onSelect(nothingSelected);
    if (isOpen && !extend) onOpen(index);
    else onCursor(index);
    rows.scrollTo(index);
  };
  const moveToColumn = (by: -1 | 1 | 'first' | 'last') => {
    const place = columns.findIndex(({ id }) => id === columnId);
    if (!inHeader && cursor < 0) return;
    const to = by === 'first' ? 0 : by === 'last' ? columns.length - 1 : Math.min(columns.length - 1, place + by);
    // From the first cell it leads back to the row as a whole.
    setColumnId(to < 0 ? (inHeader ? columnId : null) : (columns[to]?.id ?? null));
    showColumn(gridRef.current, layout, Math.max(0, to));
  };
  const act = (action: GridAction): boolean => {
    switch (action.to) {
      case 'row':
        moveToRow(action.index, action.extend);
        return true;
      case 'header':
        setInHeader(true);
        setColumnId(columnId ?? columns[0]?.id ?? null);
        return true;
      case 'column':
        moveToColumn(action.by);
        return true;
      case 'open': {
        const column = columns.find(({ id }) => id === columnId);
        if (!inHeader && cursor >= 0) onOpen(cursor);
        else if (inHeader && column?.sortable) onSort?.(nextSort(sort ?? null, column.id));
        return true;
      }
      case 'close':
        if (selection.ids.size > 0) onSelect(nothingSelected);
        else if (isOpen) onClose();
        else return false;
        return true;
      case 'all':
        onSelect(selectAll(order));
        return true;
      case 'toggle':
        if (cursorId !== undefined) onSelect(toggleRow(selection, cursorId, undefined));
        return true;
      case 'edit':
        if (columnId === null || props.onEdit === undefined) return false;
        props.onEdit(columnId);
        return true;
      case 'copy':
        if (cursor < 0 && selection.ids.size === 0) return false;
        props.onCopy(columns, selection.ids.size > 0 ? null : columnId);
        return true;
      case 'menu':
        onMenu();
        return true;
    }
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    // Keys on the column edges are theirs.
    if (event.target !== event.currentTarget) return;
    const page = Math.max(1, Math.floor((event.currentTarget.clientHeight - HEADER) / rowHeight) - 1);
    const inCell = columnId !== null;
    const action = gridAction(event, { index: cursor, inHeader, inCell, count: order.length, page });
    if (action !== null && act(action)) event.preventDefault();
  };
  return { columnId, inHeader, onPress, onKeyDown };
}

/** Ascending first, then descending, then as the rows are. */
export function nextSort(sort: GridSort | null, column: string): GridSort | null {
  if (sort?.column !== column) return { column, descending: false };
  return sort.descending ? null : { column, descending: true };
}

/** Scrolls sideways as far as a column needs, beside the pinned ones. */
function showColumn(grid: HTMLElement | null, { widths, columns }: GridLayout, place: number): void {
  if (grid === null || columns[place]?.pinned) return;
  const pinned = sum(widths.filter((_, other) => columns[other]?.pinned));
  const start = sum(widths.slice(0, place));
  const end = start + (widths[place] ?? 0);
  if (start - pinned < grid.scrollLeft) grid.scrollLeft = start - pinned;
  else if (end > grid.scrollLeft + grid.clientWidth) grid.scrollLeft = end - grid.clientWidth;
}

/** React bubbles events from a row's menu to the row, although the menu is elsewhere in the document. */
function isWithin({ currentTarget, target }: MouseEvent): boolean {
  return target instanceof Node && currentTarget.contains(target);
}
