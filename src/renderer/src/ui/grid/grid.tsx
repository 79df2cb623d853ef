import { type MouseEvent, useId, useState } from 'react';
import { showCutText } from '../cut-text.ts';
import { slotOf } from '../row-slots.ts';
import { moveColumn } from './column-menu.tsx';
import styles from './grid.module.css';
import { GridHeader } from './grid-header.tsx';
import { GridMenus, menuAtCursor, menuAtPointer, NO_OVERLAYS } from './grid-menus.tsx';
import type { GridProps } from './grid-props.ts';
import { GridRow, PendingRow } from './grid-row.tsx';
import { nothingSelected } from './row-selection.ts';
import { nextSort, useGridCursor } from './use-grid-cursor.ts';
import { useGridLayout } from './use-grid-layout.ts';
import { HEADER, useRowsInSight } from './use-rows-in-sight.ts';

/**
 * A table that draws only the rows in sight. One focus stop: arrows move a cursor from row to row, into a row's cells
 * and up into the header, which screen readers follow by aria-activedescendant. The focus itself never moves to a row,
 * which could scroll away under it.
 */
export function Grid<Row>(props: GridProps<Row>) {
  const { gridRef, layout, order, rowAt, cells, cursor, onCursor, selection, onSelect, sort = null, onSort } = props;
  const idPrefix = useId();
  const [overlays, setOverlays] = useState(NO_OVERLAYS);
  const look = useGridLayout(props);
  const { columns, lines, sight } = look;
  const rows = useRowsInSight(props, look.rowHeight);
  const { columnId, inHeader, onPress, onKeyDown } = useGridCursor(props, look, rows, () => openMenu());

  const place = columns.findIndex(({ id }) => id === columnId);
  const cursorShown = cursor >= rows.first && cursor <= rows.last;
  const cursorRow = `${idPrefix}${cursor}${columnId === null ? '' : '-cell'}`;
  const activeId = inHeader ? `${idPrefix}head-${place}` : cursorShown ? cursorRow : undefined;
  const openMenu = () => {
    const menu = menuAtCursor(cursor, columns[place], inHeader, activeId);
    if (menu !== null) setOverlays((open) => ({ ...open, menu }));
  };
  const onContextMenu = (event: MouseEvent<HTMLDivElement>) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    const menu = menuAtPointer(event, columns);
    const id = order.at(menu?.index ?? -1);
    // By the key for it, the browser names the grid itself.
    if (menu === null || id === undefined) return event.target === event.currentTarget ? openMenu() : undefined;
    if (!selection.ids.has(id)) {
      onSelect(nothingSelected);
      onCursor(menu.index);
    }
    setOverlays((open) => ({ ...open, menu }));
  };

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
        data-several={selection.ids.size > 0 || undefined}
        className={styles.grid}
        style={look.style}
        onKeyDown={onKeyDown}
        onContextMenu={onContextMenu}
        onPointerOver={showCutText}
        onScroll={({ currentTarget }) => {
          look.scrolledTo(currentTarget.scrollLeft);
          props.onScroll?.(currentTarget.scrollTop, look.rowHeight);
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
        <div className={styles.space} role="rowgroup" style={{ height: rows.height }}>
          {rows.visible.map(({ index, start }) => {
            const row = rowAt(index);
            const id = order.at(index);
            const key = slotOf(index, rows.visible.length);
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
                lines={lines}
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
      <GridMenus grid={props} columns={columns} open={overlays} onChange={setOverlays} />
    </div>
  );
}
