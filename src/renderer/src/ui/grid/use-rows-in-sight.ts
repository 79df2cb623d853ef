import { useVirtualizer, type VirtualItem } from '@tanstack/react-virtual';
import { useEffect, useEffectEvent, useLayoutEffect, useRef } from 'react';
import type { GridProps } from './grid-props.ts';
import { useSteadyScroll } from './use-steady-scroll.ts';

/** Height of the header, which stays on top of the rows while they scroll. */
export const HEADER = 30;

/** Which rows are drawn, and where. */
export interface RowsInSight {
  readonly visible: readonly VirtualItem[];
  readonly first: number;
  readonly last: number;
  readonly height: number;
  readonly scrollTo: (index: number) => void;
}

type Rows = Pick<
  GridProps<never>,
  'gridRef' | 'order' | 'listKey' | 'steady' | 'cursor' | 'isOpen' | 'startAt' | 'onShow'
>;

/** Draws the rows in sight, and brings the one under the cursor into it when it becomes another. */
export function useRowsInSight(props: Rows, rowHeight: number): RowsInSight {
  const { gridRef, order, listKey, steady, cursor, isOpen, startAt = 0, onShow } = props;
  const virtualizer = useVirtualizer({
    count: order.length,
    estimateSize: () => rowHeight,
    getScrollElement: () => gridRef.current,
    overscan: 12,
    scrollMargin: HEADER,
    scrollPaddingStart: HEADER,
    initialOffset: startAt * rowHeight,
  });
  const { measure, scrollToIndex } = virtualizer;
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of another height are laid out anew
  useLayoutEffect(() => measure(), [measure, rowHeight]);
  const visible = virtualizer.getVirtualItems();
  const first = visible[0]?.index ?? 0;
  const last = visible.at(-1)?.index ?? -1;
  const tellShown = useEffectEvent((from: number, to: number) => onShow?.(from, to));
  useEffect(() => tellShown(first, last), [first, last]);

  useSteadyScroll({
    gridRef,
    order,
    listKey: steady ? listKey : Number.NaN,
    cursor,
    rowHeight,
    headerHeight: HEADER,
  });
  const showCursor = useEffectEvent(() => {
    if (cursor >= 0) scrollToIndex(cursor, { align: 'auto' });
  });
  const cursorId = order.at(cursor);
  // Another surface may lead to a row. A list that moves keeps its place: the row stays the same then.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another row is what it waits for
  useEffect(() => showCursor(), [cursorId]);
  const listInSight = useRef(listKey);
  const showList = useEffectEvent(() => {
    if (listInSight.current === listKey) return;
    listInSight.current = listKey;
    gridRef.current?.scrollTo({ top: 0 });
    // It may be a list that was read to find the row.
    if (isOpen) showCursor();
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs on each new list
  useLayoutEffect(() => showList(), [listKey]);

  return {
    visible,
    first,
    last,
    height: virtualizer.getTotalSize(),
    scrollTo: (index) => scrollToIndex(index, { align: 'auto' }),
  };
}
