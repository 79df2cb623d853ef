import { ArrowDown, ArrowUp, ListFilter } from 'lucide-react';
import { type MouseEvent, type PointerEvent, useRef, useState } from 'react';
import { cx } from '../cx.ts';
import { ColumnEdge } from './column-edge.tsx';
import type { ColumnLayout } from './column-layout.ts';
import styles from './grid.module.css';
import type { GridColumn } from './grid-column.ts';

/** By which column rows are sorted. */
export interface GridSort {
  readonly column: string;
  readonly descending: boolean;
}

interface GridHeaderProps {
  readonly idPrefix: string;
  readonly columns: readonly GridColumn[];
  readonly layout: ColumnLayout;
  readonly sort: GridSort | null;
  /** Columns that can be filtered, and whether they are. */
  readonly filters: ReadonlyMap<string, boolean> | null;
  /** The column that the cursor is on, if it is in the header. */
  readonly activeColumn: string | null;
  readonly onSort: ((column: GridColumn) => void) | null;
  readonly onFilter: (column: GridColumn) => void;
  /** A column was dropped before another; `null` puts it last. */
  readonly onMove: (id: string, before: string | null) => void;
  readonly onMenu: (column: GridColumn, event: MouseEvent) => void;
}

/** The names of the columns. They are pressed to sort, dragged to be moved, and their edges dragged to be resized. */
export function GridHeader(props: GridHeaderProps) {
  const { idPrefix, columns, layout, sort, filters, activeColumn, onSort, onFilter, onMove, onMenu } = props;
  const first = columns[0]?.id ?? '';
  const [lastReached, setReachable] = useState(first);
  // It may be hidden by now.
  const reachable = columns.slice(0, -1).some(({ id }) => id === lastReached) ? lastReached : first;
  const drag = useColumnDrag(columns, onMove);
  return (
    // biome-ignore lint/a11y/useSemanticElements: see Grid
    // biome-ignore lint/a11y/useFocusableInteractive: focus stays on the grid
    <div role="row" aria-rowindex={1} className={styles.header}>
      {columns.map((column, place) => {
        const { id, title, end, pinned, sortable } = column;
        const sorted = sort?.column === id ? (sort.descending ? 'descending' : 'ascending') : undefined;
        const filter = filters?.get(id);
        return (
          // biome-ignore lint/a11y/useSemanticElements: see Grid
          // biome-ignore lint/a11y/useFocusableInteractive: focus stays on the grid
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the grid
          <div
            key={id}
            id={`${idPrefix}head-${place}`}
            role="columnheader"
            aria-colindex={place + 1}
            // Without it the name of the edge would be part of the column's.
            aria-label={title}
            aria-sort={sorted}
            data-drop={drag.dropAt === place || undefined}
            data-drop-end={(drag.dropAt === columns.length && place === columns.length - 1) || undefined}
            className={cx(
              styles.cell,
              styles.name,
              pinned && styles.pinned,
              end && styles.end,
              activeColumn === id && styles.here,
              sortable && onSort !== null && styles.sortable,
            )}
            title={title}
            onClick={() => sortable && !drag.wasDragged() && onSort?.(column)}
            onContextMenu={(event) => onMenu(column, event)}
            {...drag.handlers(column, place)}
          >
            <span className={styles.title}>{title}</span>
            {sorted !== undefined && (
              <span className={styles.sorted} aria-hidden>
                {sorted === 'ascending' ? <ArrowUp /> : <ArrowDown />}
              </span>
            )}
            {filter !== undefined && (
              <button
                type="button"
                className={cx(styles.filter, filter && styles.filtered)}
                aria-label={`Filter ${title}`}
                aria-pressed={filter}
                title={`Filter ${title}`}
                tabIndex={-1}
                onPointerDown={(event) => event.stopPropagation()}
                onClick={(event) => {
                  event.stopPropagation();
                  onFilter(column);
                }}
              >
                <ListFilter aria-hidden />
              </button>
            )}
            {/* The last column ends with the table. */}
            {place < columns.length - 1 && (
              <ColumnEdge
                id={id}
                title={title}
                layout={layout}
                reachable={id === reachable}
                onFocus={() => setReachable(id)}
              />
            )}
          </div>
        );
      })}
    </div>
  );
}

/** How far the pointer moves before a press becomes a drag. */
const DRAG_FROM_PX = 6;

interface Drag {
  readonly id: string;
  readonly x: number;
  moved: boolean;
}

function useColumnDrag(columns: readonly GridColumn[], onMove: GridHeaderProps['onMove']) {
  const drag = useRef<Drag | null>(null);
  /** A drag ends with a click on the same element, which is no press. */
  const dragged = useRef(false);
  const [dropAt, setDropAt] = useState<number | null>(null);
  const pinned = columns.filter((column) => column.pinned).length;

  const placeAt = (event: PointerEvent<HTMLElement>): number => {
    const heads = [...(event.currentTarget.parentElement?.children ?? [])];
    const middles = heads.map((head) => {
      const { left, width } = head.getBoundingClientRect();
      return left + width / 2;
    });
    const behind = middles.findIndex((middle) => event.clientX < middle);
    return Math.max(pinned, behind < 0 ? heads.length : behind);
  };
  return {
    dropAt,
    wasDragged: () => dragged.current,
    handlers: (column: GridColumn, place: number) => ({
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        dragged.current = false;
        if (event.button === 0 && column.pinned !== true)
          drag.current = { id: column.id, x: event.clientX, moved: false };
      },
      onPointerMove: (event: PointerEvent<HTMLElement>) => {
        const held = drag.current;
        if (held === null || held.id !== column.id) return;
        if (!held.moved && Math.abs(event.clientX - held.x) < DRAG_FROM_PX) return;
        if (!held.moved) event.currentTarget.setPointerCapture(event.pointerId);
        held.moved = true;
        dragged.current = true;
        setDropAt(placeAt(event));
      },
      onPointerUp: (event: PointerEvent<HTMLElement>) => {
        const held = drag.current;
        drag.current = null;
        setDropAt(null);
        if (held === null || !held.moved) return;
        const to = placeAt(event);
        if (to !== place && to !== place + 1) onMove(held.id, columns[to]?.id ?? null);
      },
      onPointerCancel: () => {
        drag.current = null;
        setDropAt(null);
      },
    }),
  };
}
