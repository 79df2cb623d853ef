import { type MouseEvent, useId, useState } from 'react';
import { showCutText } from '../cut-text.ts';
import { slotOf } from '../row-slots.ts';
import { moveColumn } from './column-menu.tsx';
import styles from './grid.module.css';
import { GridHeader } from './grid-header.tsx';
import { GridMenus, menuAtCursor, menuAtPointer, NO_OVERLAYS } from './grid-menus.tsx';
import type { GridProps } from './grid-props.ts';
import { GridRow } from './grid-row.tsx';
import { nothingSelected, type RowOrder } from './row-selection.ts';
import { nextSort, useGridCursor } from './use-grid-cursor.ts';
import { useGridLayout } from './use-grid-layout.ts';
import type { RowWindow } from './use-row-window.ts';
import { useRowsInSight } from './use-rows-in-sight.ts';

/**
 * A table that draws only the rows in sight. One focus stop: arrows move a cursor from row to row, into a row's cells
 * and up into the header, which screen readers follow by aria-activedescendant. The focus itself never moves to a row,
 * which could scroll away under it.
 */
export function Grid<Row>(props: GridProps<Row>) {
  const { gridRef, layout, order, rowAt, cells, cursor, onCursor, selection, onSelect, sort = null, onSort } = props;
  const idPrefix = useId();
  const [overlays, setOverlays] = useState(NO_OVERLAYS);
  const covered = props.covered ?? false;
  const [wasCovered, setWasCovered] = useState(covered);
  if (covered !== wasCovered) {
    setWasCovered(covered);
    setOverlays(NO_OVERLAYS);
  }
  // Its row is gone, and with it what the menu is about.
  if (overlays.menu?.of === 'row' && order.indexOf(overlays.menu.id) === -1)
    setOverlays((open) => ({ ...open, menu: null }));
  const look = useGridLayout(props);
  const { columns, lines, rowHeight, sight } = look;
  const rows = useRowsInSight(props, rowHeight);
  const { columnId, inHeader, onPress, onKeyDown } = useGridCursor(props, look, rows, () => openMenu());

  const place = columns.findIndex(({ id }) => id === columnId);
  const cursorShown = cursor >= rows.first && cursor <= rows.last;
  const cursorRow = `${idPrefix}${cursor}${columnId === null ? '' : '-cell'}`;
  const activeId = inHeader ? `${idPrefix}head-${place}` : cursorShown ? cursorRow : undefined;
  const openMenu = () => {
    const menu = menuAtCursor(order.at(cursor), columns[place], inHeader, activeId);
    if (menu !== null) setOverlays((open) => ({ ...open, menu }));
  };
  const onContextMenu = (event: MouseEvent<HTMLDivElement>) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    const menu = menuAtPointer(event, columns, order);
    // By the key for it, the browser names the grid itself.
    if (menu === null) return event.target === event.currentTarget ? openMenu() : undefined;
    if (!selection.ids.has(menu.id)) {
      onSelect(nothingSelected);
      onCursor(order.indexOf(menu.id));
    }
    setOverlays((open) => ({ ...open, menu }));
  };

  const inSight = rowsFrom(rows, order, rowAt);
  const waiting = inSight.some(({ row }) => row === undefined);
  const waitingStyle = { top: rows.first * rowHeight, height: inSight.length * rowHeight };
  return (
    <div className={styles.frame}>
      {/* biome-ignore lint/a11y/useSemanticElements: a table element cannot hold rows that exist only in sight */}
      <div
        ref={gridRef}
        role="grid"
        aria-label={props.label}
        aria-multiselectable
        aria-rowcount={props.growing ? -1 : order.length + 1}
        aria-colcount={columns.length}
        aria-activedescendant={activeId}
        tabIndex={0}
        data-focus="inside"
        data-sideways={look.sideways || undefined}
        aria-busy={waiting || undefined}
        data-several={selection.ids.size > 0 || undefined}
        className={styles.grid}
        style={look.style}
        onKeyDown={onKeyDown}
        onContextMenu={onContextMenu}
        onPointerOver={showCutText}
        onScroll={({ currentTarget }) => {
          look.scrolledTo(currentTarget.scrollLeft);
          props.onScroll?.(currentTarget.scrollTop, rowHeight);
        }}
      >
        <GridHeader
          idPrefix={idPrefix}
          columns={columns}
          layout={layout}
          sort={sort}
          filters={props.filters?.columns ?? null}
          activeColumn={inHeader ? columnId : null}
          onSort={onSort === undefined ? null : ({ id }) => onSort(nextSort(sort, id))}
          onFilter={(filtered) => setOverlays((open) => ({ ...open, filtered }))}
          onMove={(id, before) => moveColumn(layout, columns, id, before)}
          onMenu={(column, event) => {
            event.preventDefault();
            const at = new DOMRect(event.clientX, event.clientY);
            setOverlays((open) => ({ ...open, menu: { of: 'column', at, column } }));
          }}
        />
        {/* biome-ignore lint/a11y/useSemanticElements: see above */}
        <div className={styles.space} role="rowgroup" style={{ height: order.length * rowHeight }}>
          {inSight.map(({ index, id, row }) => {
            if (row === undefined) return null;
            const active = index === cursor && !inHeader;
            return (
              <GridRow
                key={slotOf(index, inSight.length)}
                id={`${idPrefix}${index}`}
                row={row}
                cells={cells}
                columns={columns}
                sight={sight}
                index={index}
                top={index * rowHeight}
                lines={lines}
                selected={selection.ids.size > 0 ? selection.ids.has(id) : index === cursor}
                active={active}
                activeColumn={active ? columnId : null}
                onPress={onPress}
              />
            );
          })}
          {waiting && <div key={rows.first} className={styles.waiting} style={waitingStyle} />}
        </div>
        {props.children}
      </div>
      <GridMenus grid={props} columns={columns} open={overlays} onChange={setOverlays} />
    </div>
  );
}

interface RowInSight<Row> {
  readonly index: number;
  readonly id: number;
  /** Undefined while it is being read. */
  readonly row: Row | undefined;
}

function rowsFrom<Row>(
  { first, last }: RowWindow,
  order: RowOrder,
  rowAt: (index: number) => Row | undefined,
): readonly RowInSight<Row>[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, place) => {
    const index = first + place;
    return { index, id: order.at(index) ?? -1, row: rowAt(index) };
  });
}
