import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { cx } from '../ui/cx.ts';
import { setColumnWidth } from './column-widths.ts';
import { type ColumnId, columnName, columns, MAX_COLUMN_WIDTH, MIN_COLUMN_WIDTH } from './item-columns.ts';
import styles from './item-grid.module.css';

/** The names of the columns; their edges are dragged, or moved by arrows. */
export function ColumnHeader({ llm }: { readonly llm: boolean }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see ItemGrid
    // biome-ignore lint/a11y/useFocusableInteractive: focus stays on the grid
    <div role="row" aria-rowindex={1} className={styles.header}>
      {columns.map(({ id, end }, place) => {
        const name = columnName(id, llm);
        return (
          // biome-ignore lint/a11y/useSemanticElements: see ItemGrid
          // biome-ignore lint/a11y/useFocusableInteractive: focus stays on the grid
          <div
            key={id}
            role="columnheader"
            aria-colindex={place + 1}
            className={cx(styles.cell, styles.name, styles[id], end && styles.end)}
            title={name}
          >
            <span>{name}</span>
            <ColumnEdge id={id} name={name} />
          </div>
        );
      })}
    </div>
  );
}

function ColumnEdge({ id, name }: { readonly id: ColumnId; readonly name: string }) {
  const drag = useRef<{ readonly x: number; readonly width: number } | null>(null);
  const widthOf = (edge: HTMLElement) => edge.parentElement?.getBoundingClientRect().width ?? MIN_COLUMN_WIDTH;
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { x: event.clientX, width: widthOf(event.currentTarget) };
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = event.shiftKey ? 40 : 8;
    if (event.key === 'ArrowRight') setColumnWidth(id, widthOf(event.currentTarget) + step);
    else if (event.key === 'ArrowLeft') setColumnWidth(id, widthOf(event.currentTarget) - step);
    else if (event.key === 'Enter') setColumnWidth(id, null);
    else return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that is moved is no <hr>
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={`Width of ${name}`}
      aria-valuemin={MIN_COLUMN_WIDTH}
      aria-valuemax={MAX_COLUMN_WIDTH}
      aria-valuenow={MIN_COLUMN_WIDTH}
      aria-valuetext="Arrows change it, Enter resets it"
      tabIndex={-1}
      className={styles.edge}
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
