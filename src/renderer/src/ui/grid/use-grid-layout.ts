import { type CSSProperties, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { useWidth } from '../width.ts';
import { ALL_COLUMNS, type ColumnRange, columnsInSight, SIGHT_STEP } from './columns-in-sight.ts';
import { fitWidths, type GridColumn, sum } from './grid-column.ts';
import type { GridProps } from './grid-props.ts';
import { useColumns } from './use-columns.ts';

/** Where everything of a grid stands. */
export interface GridLayout {
  readonly columns: readonly GridColumn[];
  readonly widths: readonly number[];
  /** Whether it is wider than there is room. */
  readonly sideways: boolean;
  readonly sight: ColumnRange;
  /** Lines of a row. */
  readonly lines: number;
  readonly rowHeight: number;
  readonly style: CSSProperties;
  readonly scrolledTo: (scrollLeft: number) => void;
}

type Sizes = Pick<GridProps<never>, 'gridRef' | 'columns' | 'layout' | 'lines' | 'linesSideways'>;

export function useGridLayout({ gridRef, columns: all, layout, lines = 1, linesSideways = 1 }: Sizes): GridLayout {
  const columns = useColumns(all, layout);
  const chosen = useStore(layout.store, ({ widths }) => widths);
  const room = useWidth(gridRef, sameWidth);
  const widths = useMemo(() => fitWidths(columns, chosen, room), [columns, chosen, room]);
  const tableWidth = sum(widths);
  const sideways = room > 0 && tableWidth > room;
  const [left, setLeft] = useState(0);
  const sight = useMemo(
    () => (sideways ? columnsInSight(widths, left, room) : ALL_COLUMNS),
    [sideways, widths, left, room],
  );
  const shownLines = sideways ? Math.max(lines, linesSideways) : lines;
  const rowHeight = 12 + 20 * shownLines;
  const style = {
    '--columns': widths.map((width) => `${width}px`).join(' '),
    '--table-width': `${tableWidth}px`,
    '--visible-width': room === 0 ? '100000px' : `${room}px`,
    '--row-height': `${rowHeight}px`,
    '--lines': shownLines,
    // One line is filled to its end; several are easier to read in whole words.
    '--word-break': shownLines === 1 ? 'break-all' : 'normal',
    ...Object.fromEntries(columns.map((_, place) => [`--start-${place}`, `${sum(widths.slice(0, place))}px`])),
  } as CSSProperties;
  return {
    columns,
    widths,
    sideways,
    sight,
    lines: shownLines,
    rowHeight,
    style,
    scrolledTo: (scrollLeft) => setLeft(Math.floor(scrollLeft / SIGHT_STEP) * SIGHT_STEP),
  };
}

const sameWidth = (width: number) => width;
