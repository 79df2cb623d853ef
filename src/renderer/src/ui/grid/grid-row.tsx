import { type CSSProperties, type MouseEvent, memo, type ReactNode } from 'react';
import { cx } from '../cx.ts';
import type { ColumnRange } from './columns-in-sight.ts';
import styles from './grid.module.css';
import type { GridColumn } from './grid-column.ts';

/** A cell of a row. */
export interface GridCell {
  /** Unique in its row. */
  readonly id: string;
  /** Place of its first column, from 0. */
  readonly column: number;
  readonly span: number;
  readonly end?: boolean | undefined;
  readonly pinned?: boolean | undefined;
  readonly className?: string | undefined;
  readonly dir?: 'rtl' | undefined;
  readonly title?: string | undefined;
  readonly content: ReactNode;
}

interface GridRowProps<Row> {
  readonly id: string;
  readonly row: Row;
  /** As `columns` it stays the same over renders. */
  readonly cells: (row: Row, columns: readonly GridColumn[]) => readonly GridCell[];
  readonly columns: readonly GridColumn[];
  /** Of the columns, those that are drawn beside the pinned ones. */
  readonly sight: ColumnRange;
  readonly index: number;
  readonly top: number;
  readonly lines: number;
  readonly selected: boolean;
  readonly active: boolean;
  /** The column whose cell the cursor is on, if it is in this row. */
  readonly activeColumn: string | null;
  readonly onPress: (index: number, event: MouseEvent) => void;
}

/** Drawn again only when something of its own changed: progress events touch a few rows each, ten times a second. */
export const GridRow = memo(function GridRow<Row>(props: GridRowProps<Row>) {
  const { id, row, cells, columns, sight, index, top, lines, selected, active, activeColumn, onPress } = props;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table element cannot hold rows that exist only in sight
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the grid
    // biome-ignore lint/a11y/useFocusableInteractive: focus stays on the grid (aria-activedescendant)
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      data-index={index}
      data-active={active || undefined}
      className={styles.row}
      style={{ transform: `translateY(${top}px)` }}
      onClick={(event) => onPress(index, event)}
    >
      {cells(row, columns).map((cell) => {
        const here = holds(cell, columns, activeColumn);
        if (!here && !isInSight(cell, sight)) return null;
        return <Cell key={cell.id} cell={cell} lines={lines} id={here ? `${id}-cell` : undefined} />;
      })}
    </div>
  );
}) as <Row>(props: GridRowProps<Row>) => ReactNode;

function isInSight({ column, span, pinned }: GridCell, { from, to }: ColumnRange): boolean {
  return pinned === true || (column <= to && column + span > from);
}

/** Whether a cell stands in a column, of those that it may reach over. */
function holds({ column, span }: GridCell, columns: readonly GridColumn[], id: string | null): boolean {
  return id !== null && columns.slice(column, column + span).some((other) => other.id === id);
}

interface CellProps {
  readonly cell: GridCell;
  readonly lines: number;
  /** Set if the cursor is on it. */
  readonly id: string | undefined;
}

function Cell({ cell, lines, id }: CellProps) {
  const { column, span, end, pinned, className, dir, title, content } = cell;
  // Its place by number: cells before it may not be drawn.
  const style: CSSProperties = { gridColumn: `${column + 1} / span ${span}` };
  return (
    // biome-ignore lint/a11y/useSemanticElements: see above
    // biome-ignore lint/a11y/useFocusableInteractive: see above
    <div
      id={id}
      role="gridcell"
      aria-colindex={column + 1}
      aria-colspan={span === 1 ? undefined : span}
      className={cx(styles.cell, pinned && styles.pinned, end && styles.end, id && styles.here, className)}
      dir={dir}
      title={title}
      style={style}
    >
      {lines > 1 && typeof content === 'string' ? (
        <span className={styles.lines} data-cut>
          {content}
        </span>
      ) : (
        content
      )}
    </div>
  );
}
