import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { cx } from '../ui/cx.ts';
import { columnWidths, setColumnWidth } from './column-widths.ts';
import { type Column, type ColumnId, MAX_COLUMN_WIDTH, MIN_COLUMN_WIDTH } from './item-columns.ts';
import styles from './item-grid.module.css';

interface ColumnHeaderProps {
  readonly columns: readonly Column[];
}

/** The names of the columns; their edges are dragged, or moved by arrows. Tab leads to one edge, up and down to the others. */
export function ColumnHeader({ columns }: ColumnHeaderProps) {
  const [lastReached, setReachable] = useState<ColumnId>('file');
  // Another filter may have no such edge.
  const reachable = columns.slice(0, -1).some(({ id }) => id === lastReached) ? lastReached : 'file';
  return (
    // biome-ignore lint/a11y/useSemanticElements: see ItemGrid
    // biome-ignore lint/a11y/useFocusableInteractive: focus stays on the grid
    <div role="row" aria-rowindex={1} className={styles.header}>
      {columns.map(({ id, title: name, end }, place) => {
        return (
          // biome-ignore lint/a11y/useSemanticElements: see ItemGrid
          // biome-ignore lint/a11y/useFocusableInteractive: focus stays on the grid
          <div
            key={id}
            role="columnheader"
            aria-colindex={place + 1}
            // Without it the name of the edge would be part of the column's.
            aria-label={name}
            className={cx(styles.cell, styles.name, id === 'file' && styles.file, end && styles.end)}
            title={name}
          >
            <span>{name}</span>
            {/* The last column ends with the table. */}
            {place < columns.length - 1 && (
              <ColumnEdge id={id} name={name} reachable={id === reachable} onFocus={() => setReachable(id)} />
            )}
          </div>
        );
      })}
    </div>
  );
}

interface ColumnEdgeProps {
  readonly id: ColumnId;
  readonly name: string;
  /** Whether Tab leads to it: one edge of them all. */
  readonly reachable: boolean;
  readonly onFocus: () => void;
}

function ColumnEdge({ id, name, reachable, onFocus }: ColumnEdgeProps) {
  const chosen = useStore(columnWidths, (widths) => widths[id]);
  /** As it is laid out; a column without a width of its own takes what is left. */
  const [shown, setShown] = useState<number>(MIN_COLUMN_WIDTH);
  const drag = useRef<{ readonly x: number; readonly width: number } | null>(null);
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { x: event.clientX, width: widthAt(event.currentTarget) };
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const edge = event.currentTarget;
    const step = event.shiftKey ? 40 : 8;
    if (event.key === 'ArrowRight') setColumnWidth(id, widthAt(edge) + step);
    else if (event.key === 'ArrowLeft') setColumnWidth(id, widthAt(edge) - step);
    else if (event.key === 'ArrowDown') edgeBeside(edge, 1)?.focus();
    else if (event.key === 'ArrowUp') edgeBeside(edge, -1)?.focus();
    else if (event.key === 'Home') setColumnWidth(id, MIN_COLUMN_WIDTH);
    else if (event.key === 'End') setColumnWidth(id, MAX_COLUMN_WIDTH);
    else if (event.key === 'Enter') setColumnWidth(id, null);
    else return;
    event.preventDefault();
  };
  const width = chosen ?? shown;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that is moved is no <hr>
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={`Width of ${name}`}
      aria-valuemin={MIN_COLUMN_WIDTH}
      aria-valuemax={MAX_COLUMN_WIDTH}
      aria-valuenow={width}
      aria-valuetext={`${width} pixels`}
      title="Drag, or use the arrow keys; double-click or Enter resets"
      tabIndex={reachable ? 0 : -1}
      className={styles.edge}
      onFocus={(event) => {
        setShown(Math.round(widthAt(event.currentTarget)));
        event.currentTarget.scrollIntoView({ block: 'nearest', inline: 'nearest' });
        onFocus();
      }}
      onPointerDown={onPointerDown}
      onPointerMove={(event) => {
        if (drag.current !== null) setColumnWidth(id, drag.current.width + event.clientX - drag.current.x);
      }}
      onLostPointerCapture={() => {
        drag.current = null;
      }}
      onDoubleClick={() => setColumnWidth(id, null)}
      onKeyDown={onKeyDown}
    />
  );
}

function widthAt(edge: HTMLElement): number {
  return edge.parentElement?.getBoundingClientRect().width ?? MIN_COLUMN_WIDTH;
}

/** The edge of the column before or after, in the same header. */
function edgeBeside(edge: HTMLElement, by: 1 | -1): HTMLElement | undefined {
  const edges = [...(edge.closest('[role="row"]')?.querySelectorAll<HTMLElement>('[role="separator"]') ?? [])];
  return edges[edges.indexOf(edge) + by];
}
