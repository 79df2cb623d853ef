import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react';
import { cx } from './cx.ts';
import styles from './split-pane.module.css';

/** More than half of the room; `two`, in a small window, as much as two columns need; `most`, all that the work can spare. */
export type Wide = boolean | 'two' | 'most';

interface SplitPaneProps {
  /** Key under which its width is remembered. */
  readonly id: string;
  /** The pane's accessible name, such as "Conversations". */
  readonly label: string;
  /** The resizable pane; null hides it. */
  readonly pane: ReactNode | null;
  /** The side of the pane. */
  readonly side?: 'start' | 'end' | undefined;
  readonly initial?: number | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  /** Makes the pane cover the work when there is no room for both. Its content keeps its state when this changes. */
  readonly over?: boolean | undefined;
  /** Gives the pane as much room as it may have, whatever its remembered width. */
  readonly wide?: Wide | undefined;
  readonly children: ReactNode;
}

const storageKey = (id: string) => `docket.pane.${id}`;

function readWidth(id: string, initial: number): number {
  const stored = Number(localStorage.getItem(storageKey(id)));
  return Number.isFinite(stored) && stored > 0 ? stored : initial;
}

/** A pane beside the work. Its edge can be dragged or moved with the arrow keys; the width is remembered. */
export function SplitPane({
  id,
  label,
  pane,
  side = 'start',
  initial = 260,
  min = 180,
  max = 480,
  over = false,
  wide = false,
  children,
}: SplitPaneProps) {
  const [width, setWidth] = useState(() => readWidth(id, initial));
  const drag = useRef<{ readonly x: number; readonly width: number } | null>(null);
  const direction = side === 'start' ? 1 : -1;

  const resize = (next: number) => {
    const bounded = Math.round(Math.min(max, Math.max(min, next)));
    setWidth(bounded);
    localStorage.setItem(storageKey(id), String(bounded));
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    // Uses the displayed width, because a small window makes the pane narrower than its stored width.
    const shown = event.currentTarget.parentElement
      ?.querySelector(`[data-pane="${id}"]`)
      ?.getBoundingClientRect().width;
    drag.current = { x: event.clientX, width: shown ?? width };
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (drag.current !== null) resize(drag.current.width + (event.clientX - drag.current.x) * direction);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = event.shiftKey ? 40 : 8;
    if (event.key === 'ArrowRight') resize(width + step * direction);
    else if (event.key === 'ArrowLeft') resize(width - step * direction);
    else if (event.key === 'Home') resize(min);
    else if (event.key === 'End') resize(max);
    else return;
    event.preventDefault();
  };

  const column = pane !== null && (
    <section
      className={cx(
        styles.pane,
        over && styles.over,
        wide !== false && styles.wide,
        wide === 'two' && styles.two,
        wide === 'most' && styles.most,
      )}
      data-pane={id}
      data-over={over || undefined}
      aria-label={label}
      style={over ? undefined : { width: wide ? '100%' : width, minWidth: `min(${min}px, 40%)` }}
    >
      {pane}
    </section>
  );
  const separator = pane !== null && !over && !wide && (
    // biome-ignore lint/a11y/useSemanticElements: a movable separator is not an <hr>
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={`Width of ${label}`}
      aria-valuenow={width}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      className={styles.separator}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onLostPointerCapture={() => {
        drag.current = null;
      }}
      onDoubleClick={() => resize(initial)}
      onKeyDown={onKeyDown}
    />
  );
  return (
    <div className={cx(styles.split, side === 'end' && styles.end)}>
      {side === 'start' && column}
      {side === 'start' && separator}
      <div className={styles.work}>{children}</div>
      {side === 'end' && separator}
      {side === 'end' && column}
    </div>
  );
}
