import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useEffectEvent,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useStore } from 'zustand';
import { showCutText } from '../cut-text.ts';
import { MenuAt, type MenuEntry } from '../menu.tsx';
import { PopoverAt } from '../popover.tsx';
import { slotOf } from '../row-slots.ts';
import { isMac } from '../shortcut.ts';
import { useWidth } from '../width.ts';
import type { ColumnLayout } from './column-layout.ts';
import { columnMenu, moveColumn } from './column-menu.tsx';
import { ALL_COLUMNS, columnsInSight, SIGHT_STEP } from './columns-in-sight.ts';
import styles from './grid.module.css';
import { fitWidths, type GridColumn, sum } from './grid-column.ts';
import { GridHeader, type GridSort } from './grid-header.tsx';
import { type GridAction, gridAction } from './grid-keys.ts';
import { type GridCell, GridRow, PendingRow } from './grid-row.tsx';
import { nothingSelected, type RowOrder, type RowSelection, selectAll, selectTo, toggleRow } from './row-selection.ts';
import { useColumns } from './use-columns.ts';
import { useSteadyScroll } from './use-steady-scroll.ts';

const HEADER = 30;

/** What a column can be filtered by. */
export interface GridFilters {
  /** Columns that have a filter, and whether it is set. */
  readonly columns: ReadonlyMap<string, boolean>;
  readonly render: (columnId: string) => ReactNode;
}

export interface GridProps<Row> {
  readonly label: string;
  readonly gridRef: RefObject<HTMLDivElement | null>;
  readonly columns: readonly GridColumn[];
  readonly layout: ColumnLayout;
  /** Lines of a row. */
  readonly lines?: number;
  /** At least so many where the table scrolls sideways. */
  readonly linesSideways?: number;
  /** The ids of all rows; another one whenever they change. */
  readonly order: RowOrder;
  /** Undefined while it is being read. */
  readonly rowAt: (index: number) => Row | undefined;
  /** Names the list: of another one the beginning is shown. */
  readonly listKey: string | number;
  /** Keeps what is looked at in its place when rows move. */
  readonly steady?: boolean;
  /** If more rows than are listed exist. */
  readonly growing?: boolean;
  /** The cells of a row. Stays the same over renders, or every row is drawn again. */
  readonly cells: (row: Row, columns: readonly GridColumn[]) => readonly GridCell[];
  /** The row that keys start from; -1 for none. */
  readonly cursor: number;
  readonly onCursor: (index: number) => void;
  /** Whether the row under the cursor is shown in full elsewhere; moving the cursor then opens the next. */
  readonly isOpen: boolean;
  readonly onOpen: (index: number) => void;
  readonly onClose: () => void;
  readonly selection: RowSelection;
  readonly onSelect: (selection: RowSelection) => void;
  readonly sort?: GridSort | null;
  readonly onSort?: (sort: GridSort | null) => void;
  readonly filters?: GridFilters;
  /** What can be done with a row, or with all that are selected; the column is that of the cell. */
  readonly menu: (
    index: number,
    columns: readonly GridColumn[],
    columnId: string | null,
  ) => readonly (MenuEntry | null)[];
  readonly onCopy: (columns: readonly GridColumn[], columnId: string | null) => void;
  /** Which rows are drawn. */
  readonly onShow?: (first: number, last: number) => void;
  readonly onScroll?: (scrollTop: number, rowHeight: number) => void;
  /** The row that is first at the beginning. */
  readonly startAt?: number;
  /** Below the last row. */
  readonly children?: ReactNode;
}

type OpenMenu =
  | { readonly of: 'row'; readonly at: DOMRect; readonly index: number; readonly columnId: string | null }
  | { readonly of: 'column'; readonly at: DOMRect; readonly column: GridColumn };

/**
 * A table that draws only the rows in sight. One focus stop: arrows move a cursor from row to row, into a row's cells
 * and up into the header, which screen readers follow by aria-activedescendant. The focus itself never moves to a row,
 * which could scroll away under it.
 */
export function Grid<Row>(props: GridProps<Row>) {
  const { label, gridRef, layout, order, rowAt, listKey, cells, cursor, selection, onSelect, isOpen } = props;
  const { onCursor, onOpen, onClose, sort = null, onSort, filters, onShow, lines = 1, linesSideways = 1 } = props;
  const idPrefix = useId();
  const columns = useColumns(props.columns, layout);
  const chosen = useStore(layout.store, ({ widths }) => widths);
  const room = useWidth(gridRef, sameWidth);
  const widths = useMemo(() => fitWidths(columns, chosen, room), [columns, chosen, room]);
  const tableWidth = sum(widths);
  const sideways = room > 0 && tableWidth > room;
  const [left, setLeft] = useState(0);
  const sight = useMemo(
    () => (sideways ? columnsInSight(widths, left, room) : ALL_COLUMNS),
    [sideways, widths, left, room],
  );
  const shownLines = sideways ? Math.max(lines, linesSideways) : lines;
  const rowHeight = 12 + 20 * shownLines;

  const [columnId, setColumnId] = useState<string | null>(null);
  const [inHeader, setInHeader] = useState(false);
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const [filtered, setFiltered] = useState<GridColumn | null>(null);

  const virtualizer = useVirtualizer({
    count: order.length,
    estimateSize: () => rowHeight,
    getScrollElement: () => gridRef.current,
    overscan: 12,
    // The heading stays on top of the rows while they scroll.
    scrollMargin: HEADER,
    scrollPaddingStart: HEADER,
    initialOffset: (props.startAt ?? 0) * rowHeight,
  });
  const { measure, scrollToIndex } = virtualizer;
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of another height are laid out anew
  useLayoutEffect(() => measure(), [measure, rowHeight]);
  const visible = virtualizer.getVirtualItems();
  const first = visible[0]?.index ?? 0;
  const last = visible.at(-1)?.index ?? -1;
  const tellShown = useEffectEvent((from: number, to: number) => onShow?.(from, to));
  useEffect(() => tellShown(first, last), [first, last]);

  useSteadyScroll({
    gridRef,
    order,
    listKey: props.steady ? listKey : Number.NaN,
    cursor,
    rowHeight,
    headerHeight: HEADER,
  });
  const showCursor = useEffectEvent(() => {
    if (cursor >= 0) scrollToIndex(cursor, { align: 'auto' });
  });
  const cursorId = order.at(cursor);
  // Another surface may lead to a row. A list that moves keeps its place: the row stays the same then.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another row is what it waits for
  useEffect(() => showCursor(), [cursorId]);
  const listInSight = useRef(listKey);
  const showList = useEffectEvent(() => {
    if (listInSight.current === listKey) return;
    listInSight.current = listKey;
    gridRef.current?.scrollTo({ top: 0 });
    // It may be a list that was read to find the row.
    if (isOpen) showCursor();
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs on each new list
  useLayoutEffect(() => showList(), [listKey]);

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
  // Kept the same over renders, so that a row is not drawn again for it.
  const onPress = useCallback((index: number, event: MouseEvent) => lastPress.current(index, event), []);

  const moveToRow = (index: number, extend: boolean) => {
    setInHeader(false);
    if (extend) onSelect(selectTo(selection, order, cursorId, index));
    else if (selection.ids.size > 0) onSelect(nothingSelected);
    if (isOpen && !extend) onOpen(index);
    else onCursor(index);
    scrollToIndex(index, { align: 'auto' });
  };
  const moveToColumn = (by: -1 | 1 | 'first' | 'last') => {
    const place = columns.findIndex(({ id }) => id === columnId);
    if (!inHeader && cursor < 0) return;
    const to = by === 'first' ? 0 : by === 'last' ? columns.length - 1 : Math.min(columns.length - 1, place + by);
    // From the first cell it leads back to the row as a whole.
    setColumnId(to < 0 ? (inHeader ? columnId : null) : (columns[to]?.id ?? null));
    showColumn(gridRef.current, widths, columns, Math.max(0, to));
  };
  const sortBy = onSort === undefined ? null : (column: GridColumn) => onSort(nextSort(sort, column.id));
  const openMenu = () => {
    const column = columns.find(({ id }) => id === columnId);
    const marked = document.getElementById(activeId ?? '');
    if (marked === null) return;
    const at = marked.getBoundingClientRect();
    if (inHeader && column !== undefined) setMenu({ of: 'column', at, column });
    else if (!inHeader) setMenu({ of: 'row', at, index: cursor, columnId });
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
        else if (inHeader && column?.sortable) sortBy?.(column);
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
      case 'copy':
        if (cursor < 0 && selection.ids.size === 0) return false;
        props.onCopy(columns, selection.ids.size > 0 ? null : columnId);
        return true;
      case 'menu':
        openMenu();
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
  const onContextMenu = (event: MouseEvent<HTMLDivElement>) => {
    if (event.defaultPrevented || !(event.target instanceof Element)) return;
    event.preventDefault();
    const row = event.target.closest<HTMLElement>('[role="row"][data-index]');
    const index = Number(row?.dataset.index ?? -1);
    const id = order.at(index);
    // By the key for it, the browser names the grid itself.
    if (row === null || id === undefined) return event.target === event.currentTarget ? openMenu() : undefined;
    if (!selection.ids.has(id)) {
      onSelect(nothingSelected);
      onCursor(index);
    }
    const cell = Number(event.target.closest('[role="gridcell"]')?.getAttribute('aria-colindex') ?? 0);
    setMenu({
      of: 'row',
      at: new DOMRect(event.clientX, event.clientY),
      index,
      columnId: columns[cell - 1]?.id ?? null,
    });
  };
  const menuEntries = (): readonly (MenuEntry | null)[] => {
    if (menu === null) return [];
    if (menu.of === 'row') return props.menu(menu.index, columns, menu.columnId);
    const { column } = menu;
    const onFilter = filters?.columns.has(column.id) ? () => setFiltered(column) : null;
    return columnMenu({ column, all: props.columns, shown: columns, layout, sort, onSort: onSort ?? null, onFilter });
  };

  const cursorShown = cursor >= first && cursor <= last;
  const headerPlace = columns.findIndex(({ id }) => id === columnId);
  const activeId = inHeader
    ? `${idPrefix}head-${headerPlace}`
    : cursorShown
      ? `${idPrefix}${cursor}${columnId === null ? '' : '-cell'}`
      : undefined;
  const style = {
    '--columns': widths.map((width) => `${width}px`).join(' '),
    '--table-width': `${tableWidth}px`,
    '--visible-width': room === 0 ? '100000px' : `${room}px`,
    '--row-height': `${rowHeight}px`,
    '--lines': shownLines,
    ...Object.fromEntries(columns.map((_, place) => [`--start-${place}`, `${sum(widths.slice(0, place))}px`])),
  } as CSSProperties;
  return (
    <div className={styles.frame}>
      {/* biome-ignore lint/a11y/useSemanticElements: a table element cannot hold rows that exist only in sight */}
      <div
        ref={gridRef}
        role="grid"
        aria-label={label}
        aria-multiselectable
        aria-rowcount={props.growing ? -1 : order.length + 1}
        aria-colcount={columns.length}
        aria-activedescendant={activeId}
        tabIndex={0}
        data-focus="inside"
        data-sideways={sideways || undefined}
        data-several={selection.ids.size > 0 || undefined}
        className={styles.grid}
        style={style}
        onKeyDown={onKeyDown}
        onContextMenu={onContextMenu}
        onPointerOver={showCutText}
        onScroll={({ currentTarget }) => {
          setLeft(Math.floor(currentTarget.scrollLeft / SIGHT_STEP) * SIGHT_STEP);
          props.onScroll?.(currentTarget.scrollTop, rowHeight);
        }}
      >
        <GridHeader
          idPrefix={idPrefix}
          columns={columns}
          layout={layout}
          sort={sort}
          filters={filters?.columns ?? null}
          activeColumn={inHeader ? columnId : null}
          onSort={sortBy}
          onFilter={setFiltered}
          onMove={(id, before) => moveColumn(layout, columns, id, before)}
          onMenu={(column, event) => {
            event.preventDefault();
            setMenu({ of: 'column', at: new DOMRect(event.clientX, event.clientY), column });
          }}
        />
        {/* biome-ignore lint/a11y/useSemanticElements: see above */}
        <div className={styles.space} role="rowgroup" style={{ height: virtualizer.getTotalSize() }}>
          {visible.map(({ index, start }) => {
            const row = rowAt(index);
            const id = order.at(index);
            const key = slotOf(index, visible.length);
            const top = start - HEADER;
            if (row === undefined || id === undefined) return <PendingRow key={key} index={index} top={top} />;
            const active = index === cursor && !inHeader;
            return (
              <GridRow
                key={key}
                id={`${idPrefix}${index}`}
                row={row}
                cells={cells}
                columns={columns}
                sight={sight}
                index={index}
                top={top}
                lines={shownLines}
                selected={selection.ids.size > 0 ? selection.ids.has(id) : index === cursor}
                active={active}
                activeColumn={active ? columnId : null}
                onPress={onPress}
              />
            );
          })}
        </div>
        {props.children}
      </div>
      <MenuAt
        label={menu?.of === 'column' ? `Column ${menu.column.title}` : 'Row'}
        at={menu?.at ?? null}
        entries={menuEntries()}
        onClose={() => setMenu(null)}
        focusAfter={gridRef}
      />
      {filters !== undefined && (
        <PopoverAt
          label={`Filter ${filtered?.title ?? ''}`}
          anchor={filtered === null ? null : headOf(gridRef.current, columns, filtered.id)}
          onClose={() => setFiltered(null)}
          focusAfter={gridRef}
        >
          {filtered !== null && filters.render(filtered.id)}
        </PopoverAt>
      )}
    </div>
  );
}

const sameWidth = (width: number) => width;

/** Ascending first, then descending, then as the rows are. */
function nextSort(sort: GridSort | null, column: string): GridSort | null {
  if (sort?.column !== column) return { column, descending: false };
  return sort.descending ? null : { column, descending: true };
}

function headOf(grid: HTMLElement | null, columns: readonly GridColumn[], id: string): Element | null {
  const place = columns.findIndex((column) => column.id === id);
  return grid?.querySelectorAll('[role="columnheader"]')[place] ?? null;
}

/** Scrolls sideways as far as a column needs, beside the pinned ones. */
function showColumn(
  grid: HTMLElement | null,
  widths: readonly number[],
  columns: readonly GridColumn[],
  place: number,
): void {
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
