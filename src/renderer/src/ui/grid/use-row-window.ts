import { type RefObject, useLayoutEffect, useState } from 'react';
import { flushSync } from 'react-dom';

/** Rows drawn above and below those in sight, so that a turn of the wheel meets no gap. */
const BEYOND = 6;

interface RowWindowOptions {
  readonly gridRef: RefObject<HTMLElement | null>;
  readonly count: number;
  readonly rowHeight: number;
  readonly headerHeight: number;
  /** The row that is first at the beginning. */
  readonly startAt: number;
}

/** The rows that are drawn, from the first to the last; `last` is before `first` if there are none. */
export interface RowWindow {
  readonly first: number;
  readonly last: number;
}

const nothing: RowWindow = { first: 0, last: -1 };

/**
 * Which rows of a grid are worth drawing. All are of the same height, so that this is a division: a library that
 * measures rows keeps an object for each of 100,000.
 */
export function useRowWindow({ gridRef, count, rowHeight, headerHeight, startAt }: RowWindowOptions): RowWindow {
  const [shown, setShown] = useState(nothing);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only where it begins
  useLayoutEffect(() => gridRef.current?.scrollTo({ top: startAt * rowHeight }), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: of fewer rows, the browser may have scrolled up
  useLayoutEffect(() => {
    const grid = gridRef.current;
    if (grid === null) return undefined;
    const look = () => setShown((before) => sameOr(before, windowOf(grid, rowHeight, headerHeight)));
    look();
    // At once: the frame that scrolls is to show them.
    const onScroll = () => flushSync(look);
    const observer = new ResizeObserver(look);
    observer.observe(grid);
    grid.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      observer.disconnect();
      grid.removeEventListener('scroll', onScroll);
    };
  }, [gridRef, rowHeight, headerHeight, count]);
  return { first: Math.min(shown.first, Math.max(0, count - 1)), last: Math.min(shown.last, count - 1) };
}

function windowOf(grid: HTMLElement, rowHeight: number, headerHeight: number): RowWindow {
  const { scrollTop, clientHeight } = grid;
  return {
    first: Math.max(0, Math.floor(scrollTop / rowHeight) - BEYOND),
    last: Math.ceil((scrollTop + clientHeight - headerHeight) / rowHeight) - 1 + BEYOND,
  };
}

function sameOr(before: RowWindow, now: RowWindow): RowWindow {
  return before.first === now.first && before.last === now.last ? before : now;
}

/** Scrolls as little as it takes to have a row in sight. */
export function showRow(grid: HTMLElement | null, index: number, rowHeight: number, headerHeight: number): void {
  if (grid === null) return;
  const top = index * rowHeight;
  const room = grid.clientHeight - headerHeight;
  if (top < grid.scrollTop) grid.scrollTop = top;
  else if (top + rowHeight > grid.scrollTop + room) grid.scrollTop = top + rowHeight - room;
}
