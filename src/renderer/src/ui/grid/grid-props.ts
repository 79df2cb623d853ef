import type { ReactNode, RefObject } from 'react';
import type { MenuEntry } from '../menu.tsx';
import type { ColumnLayout } from './column-layout.ts';
import type { GridColumn } from './grid-column.ts';
import type { GridSort } from './grid-header.tsx';
import type { GridCell } from './grid-row.tsx';
import type { RowOrder, RowSelection } from './row-selection.ts';

/** What a column can be filtered by. */
export interface GridFilters {
  /** Columns that have a filter, and whether it is set. */
  readonly columns: ReadonlyMap<string, boolean>;
  readonly render: (columnId: string) => ReactNode;
}

export interface GridProps<Row> {
  readonly label: string;
  readonly gridRef: RefObject<HTMLDivElement | null>;
  readonly columns: readonly GridColumn[];
  readonly layout: ColumnLayout;
  /** Lines of a row. */
  readonly lines?: number;
  /** At least so many where the table scrolls sideways. */
  readonly linesSideways?: number;
  /** The ids of all rows; another one whenever they change. */
  readonly order: RowOrder;
  /** Undefined while it is being read. */
  readonly rowAt: (index: number) => Row | undefined;
  /** Names the list: of another one the beginning is shown. */
  readonly listKey: string | number;
  /** Keeps what is looked at in its place when rows move. */
  readonly steady?: boolean;
  /** If more rows than are listed exist. */
  readonly growing?: boolean;
  /** The cells of a row. Stays the same over renders, or every row is drawn again. */
  readonly cells: (row: Row, columns: readonly GridColumn[]) => readonly GridCell[];
  /** The row that keys start from; -1 for none. */
  readonly cursor: number;
  readonly onCursor: (index: number) => void;
  /** Whether the row under the cursor is shown in full elsewhere; moving the cursor then opens the next. */
  readonly isOpen: boolean;
  readonly onOpen: (index: number) => void;
  readonly onClose: () => void;
  readonly selection: RowSelection;
  readonly onSelect: (selection: RowSelection) => void;
  readonly sort?: GridSort | null;
  readonly onSort?: (sort: GridSort | null) => void;
  readonly filters?: GridFilters;
  /** What can be done with a row, or with all that are selected; the column is that of the cell. */
  readonly menu: (
    index: number,
    columns: readonly GridColumn[],
    columnId: string | null,
  ) => readonly (MenuEntry | null)[];
  /** F2 on a cell. */
  readonly onEdit?: (columnId: string) => void;
  /** Something was opened beside it: what hangs over it is closed. */
  readonly covered?: boolean;
  readonly onCopy: (columns: readonly GridColumn[], columnId: string | null) => void;
  /** Which rows are drawn. */
  readonly onShow?: (first: number, last: number) => void;
  readonly onScroll?: (scrollTop: number, rowHeight: number) => void;
  /** The row that is first at the beginning. */
  readonly startAt?: number;
  /** Below the last row. */
  readonly children?: ReactNode;
}
