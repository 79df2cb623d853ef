import { useEffect, useEffectEvent, useLayoutEffect, useRef } from 'react';
import type { GridProps } from './grid-props.ts';
import { type RowWindow, showRow, useRowWindow } from './use-row-window.ts';
import { useSteadyScroll } from './use-steady-scroll.ts';

/** Height of the header, which stays on top of the rows while they scroll. */
export const HEADER = 30;

/** Which rows are drawn. */
export interface RowsInSight extends RowWindow {
  readonly scrollTo: (index: number) => void;
}

type Rows = Pick<
  GridProps<never>,
  'gridRef' | 'order' | 'listKey' | 'steady' | 'cursor' | 'isOpen' | 'startAt' | 'onShow'
>;

/** Draws the rows in sight, and brings the one under the cursor into it when it becomes another. */
export function useRowsInSight(props: Rows, rowHeight: number): RowsInSight {
  const { gridRef, order, listKey, steady, cursor, isOpen, startAt = 0, onShow } = props;
  const { first, last } = useRowWindow({ gridRef, count: order.length, rowHeight, headerHeight: HEADER, startAt });
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
  const scrollTo = (index: number) => showRow(gridRef.current, index, rowHeight, HEADER);
  const showCursor = useEffectEvent(() => {
    if (cursor >= 0) scrollTo(cursor);
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

  return { first, last, scrollTo };
}
