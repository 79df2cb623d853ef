import { type RefObject, useLayoutEffect, useRef } from 'react';
import type { RowOrder } from './row-selection.ts';

interface SteadyScroll {
  readonly gridRef: RefObject<HTMLElement | null>;
  readonly order: RowOrder;
  /** Names the list; another list is not the same one changed. */
  readonly listKey: string | number;
  readonly cursor: number;
  readonly rowHeight: number;
  readonly headerHeight: number;
}

/**
 * Keeps what is looked at in its place while rows come, go and move: the row under the cursor if it is in sight, else
 * the first in sight. A list at its top stays there.
 */
export function useSteadyScroll({ gridRef, order, listKey, cursor, rowHeight, headerHeight }: SteadyScroll): void {
  const before = useRef({ order, listKey, cursor, rowHeight });
  useLayoutEffect(() => {
    const last = before.current;
    before.current = { order, listKey, cursor, rowHeight };
    const grid = gridRef.current;
    if (grid === null || last.order === order || last.listKey !== listKey || last.rowHeight !== rowHeight) return;
    const top = Math.floor(grid.scrollTop / rowHeight);
    const bottom = Math.ceil((grid.scrollTop + grid.clientHeight - headerHeight) / rowHeight);
    const cursorInSight = last.cursor >= top && last.cursor < bottom;
    if (!cursorInSight && grid.scrollTop === 0) return;
    const index = cursorInSight ? last.cursor : top;
    const id = last.order.at(index);
    const now = id === undefined ? -1 : order.indexOf(id);
    if (now >= 0 && now !== index) grid.scrollTop += (now - index) * rowHeight;
  }, [gridRef, order, listKey, cursor, rowHeight, headerHeight]);
}
