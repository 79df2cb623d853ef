import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { ColumnLayout } from './column-layout.ts';
import styles from './grid.module.css';
import { MAX_COLUMN_WIDTH, MIN_COLUMN_WIDTH } from './grid-column.ts';

interface ColumnEdgeProps {
  readonly id: string;
  readonly title: string;
  readonly layout: ColumnLayout;
  /** Whether Tab leads to it: one edge of them all. */
  readonly reachable: boolean;
  readonly onFocus: () => void;
}

/** The edge of a column, dragged or moved by arrows. Tab leads to one edge, up and down to the others. */
export function ColumnEdge({ id, title, layout, reachable, onFocus }: ColumnEdgeProps) {
  const chosen = useStore(layout.store, ({ widths }) => widths[id]);
  /** As it is laid out; a column without a width of its own takes what is left. */
  const [shown, setShown] = useState<number>(MIN_COLUMN_WIDTH);
  const drag = useRef<{ readonly x: number; readonly width: number } | null>(null);
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    event.stopPropagation();
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { x: event.clientX, width: widthAt(event.currentTarget) };
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const edge = event.currentTarget;
    const step = event.shiftKey ? 40 : 8;
    if (event.key === 'ArrowRight') layout.setWidth(id, widthAt(edge) + step);
    else if (event.key === 'ArrowLeft') layout.setWidth(id, widthAt(edge) - step);
    else if (event.key === 'ArrowDown') edgeBeside(edge, 1)?.focus();
    else if (event.key === 'ArrowUp') edgeBeside(edge, -1)?.focus();
    else if (event.key === 'Home') layout.setWidth(id, MIN_COLUMN_WIDTH);
    else if (event.key === 'End') layout.setWidth(id, MAX_COLUMN_WIDTH);
    else if (event.key === 'Enter') layout.setWidth(id, null);
    else return;
    event.preventDefault();
  };
  const width = chosen ?? shown;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that is moved is no <hr>
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={`Width of ${title}`}
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
        if (drag.current !== null) layout.setWidth(id, drag.current.width + event.clientX - drag.current.x);
      }}
      onLostPointerCapture={() => {
        drag.current = null;
      }}
      // The end of a drag is a click, too, which would sort by the column.
      onClick={(event) => event.stopPropagation()}
      onDoubleClick={() => layout.setWidth(id, null)}
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
