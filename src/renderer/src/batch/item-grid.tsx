import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type CSSProperties,
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useEffect,
  useEffectEvent,
  useId,
  useLayoutEffect,
  useMemo,
} from 'react';
import { useStore } from 'zustand';
import type { Batch } from '../../../shared/batch-data.ts';
import { showCutText } from '../ui/cut-text.ts';
import { nextIndex } from '../ui/list-keys.ts';
import { Skeleton } from '../ui/progress.tsx';
import { slotOf } from '../ui/row-slots.ts';
import { useWidth } from '../ui/width.ts';
import { ColumnHeader } from './column-header.tsx';
import { columnWidths } from './column-widths.ts';
import { columnsOf, columnTemplate, smallestReasonStart, smallestTableWidth } from './item-columns.ts';
import styles from './item-grid.module.css';
import { ItemGridRow } from './item-grid-row.tsx';
import { rowAt } from './item-pages.ts';
import type { ItemTable } from './item-table.ts';

const ROW = 32;
const HEADER = 30;
/** Of failed files in a narrow window: a reason with its advice takes three lines there. */
const TALL_ROW = 48;

interface ItemGridProps {
  readonly table: ItemTable;
  readonly batch: Pick<Batch, 'name' | 'llm' | 'recipe'>;
  readonly gridRef: RefObject<HTMLDivElement | null>;
  /** The file whose detail is shown; the selection takes the pane with it. */
  readonly openId: number | null;
  readonly onOpen: (itemId: number) => void;
  readonly onClose: () => void;
}

/**
 * The live table: only rows in sight exist, and only pages in sight are read. One focus stop; arrows move the
 * selection, which screen readers follow by aria-activedescendant.
 */
export function ItemGrid({ table, batch, gridRef, openId, onOpen, onClose }: ItemGridProps) {
  const idPrefix = useId();
  const { name, llm, recipe } = batch;
  const total = useStore(table.store, (state) => state.total);
  const filter = useStore(table.store, (state) => state.filter);
  const pages = useStore(table.store, (state) => state.pages);
  const cursor = useStore(table.store, (state) => state.cursor);
  const widths = useStore(columnWidths);
  const columns = useMemo(() => columnsOf({ recipe, llm, filter }), [recipe, llm, filter]);
  const tableWidth = smallestTableWidth(widths, columns);
  const visibleWidth = useWidth(gridRef, roomFor);
  const sideways = tableWidth > visibleWidth;
  const rowHeight = sideways && filter === 'failed' ? TALL_ROW : ROW;
  const virtualizer = useVirtualizer({
    count: total,
    estimateSize: () => rowHeight,
    getScrollElement: () => gridRef.current,
    overscan: 12,
    // The heading stays on top of the rows while they scroll.
    scrollMargin: HEADER,
    scrollPaddingStart: HEADER,
  });
  const { measure } = virtualizer;
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of another height are laid out anew
  useLayoutEffect(() => measure(), [measure, rowHeight]);
  const rows = virtualizer.getVirtualItems();
  const first = rows[0]?.index ?? 0;
  const last = rows.at(-1)?.index ?? -1;

  useEffect(() => table.show(first, last), [table, first, last]);

  const { scrollToIndex } = virtualizer;
  const showCursor = useEffectEvent(() => {
    if (cursor !== null) scrollToIndex(cursor.index, { align: 'auto' });
  });
  // Another surface may lead to a file. A filtered list that moves keeps its place: the file stays the same then.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another file is what it waits for
  useEffect(() => showCursor(), [cursor?.itemId]);

  // Kept the same over renders, so that a row is not drawn again for it.
  const open = useCallback(
    (index: number) => {
      table.moveTo(index);
      const row = rowAt(table.store.getState().pages, index);
      if (row !== undefined) onOpen(row.id);
    },
    [table, onOpen],
  );
  const move = (index: number) => {
    if (openId === null) table.moveTo(index);
    else open(index);
    virtualizer.scrollToIndex(index, { align: 'auto' });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    // Keys on the column edges are theirs.
    if (event.target !== event.currentTarget) return;
    const page = Math.max(1, Math.floor((event.currentTarget.clientHeight - HEADER) / rowHeight) - 1);
    const next = nextIndex(event, cursor?.index ?? -1, total, page);
    if (next !== null) move(next);
    else if (event.key === 'Enter' && cursor !== null) open(cursor.index);
    else if (event.key === 'Escape' && openId !== null) onClose();
    else return;
    event.preventDefault();
  };

  const cursorShown = cursor !== null && cursor.index >= first && cursor.index <= last;
  const layout = {
    '--columns': columnTemplate(widths, columns),
    '--table-width': `${tableWidth}px`,
    '--reason-start': `${smallestReasonStart(widths, columns)}px`,
    '--visible-width': `${visibleWidth}px`,
    '--row': `${rowHeight}px`,
    '--reason-lines': rowHeight === TALL_ROW ? 3 : 2,
  } as CSSProperties;
  return (
    <div className={styles.frame}>
      {/* biome-ignore lint/a11y/useSemanticElements: a table element cannot hold rows that exist only in sight */}
      <div
        ref={gridRef}
        role="grid"
        aria-label={`Files of ${name}`}
        aria-rowcount={total + 1}
        aria-colcount={columns.length}
        aria-activedescendant={cursorShown ? `${idPrefix}${cursor.index}` : undefined}
        tabIndex={0}
        data-focus="inside"
        data-sideways={sideways || undefined}
        className={styles.grid}
        style={layout}
        onKeyDown={onKeyDown}
        onPointerOver={showCutText}
      >
        <ColumnHeader columns={columns} />
        {/* biome-ignore lint/a11y/useSemanticElements: see above */}
        <div className={styles.space} role="rowgroup" style={{ height: virtualizer.getTotalSize() }}>
          {rows.map(({ index, start }) => {
            const row = rowAt(pages, index);
            const top = start - HEADER;
            if (row === undefined) return <PendingRow key={slotOf(index, rows.length)} index={index} top={top} />;
            return (
              <ItemGridRow
                key={slotOf(index, rows.length)}
                id={`${idPrefix}${index}`}
                row={row}
                llm={llm}
                columns={columns}
                root={name}
                index={index}
                top={top}
                selected={cursor?.index === index}
                onPress={open}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** Hidden, or not measured yet: no table is too wide for that. */
const UNKNOWN_WIDTH = 100_000;

const roomFor = (width: number) => width || UNKNOWN_WIDTH;

/** Holds the place of a row that is being read. */
function PendingRow({ index, top }: { readonly index: number; readonly top: number }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see ItemGrid
    // biome-ignore lint/a11y/useFocusableInteractive: focus stays on the grid
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-busy
      className={styles.row}
      style={{ transform: `translateY(${top}px)` }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see ItemGrid */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: focus stays on the grid */}
      <div role="gridcell" className={styles.cell}>
        <Skeleton lines={1} />
      </div>
    </div>
  );
}
