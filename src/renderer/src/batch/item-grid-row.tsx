import { memo } from 'react';
import type { ItemRow } from '../../../shared/batch-data.ts';
import { cx } from '../ui/cx.ts';
import { FileName } from '../ui/file-name.tsx';
import { StatusIcon } from '../ui/status-icon.tsx';
import { directionOf } from '../ui/text-direction.ts';
import { answerValue, type Column, cellsOf, cellText } from './item-columns.ts';
import styles from './item-grid.module.css';
import { NoteMark } from './note-mark.tsx';

interface ItemGridRowProps {
  readonly id: string;
  readonly row: ItemRow;
  readonly llm: boolean;
  /** The same over renders. */
  readonly columns: readonly Column[];
  /** Name of the batch, which is the folder that was dropped. */
  readonly root: string;
  readonly index: number;
  readonly top: number;
  readonly selected: boolean;
  readonly onPress: (index: number) => void;
}

/** Drawn again only when its own file changed: ten progress events a second touch a few rows each. */
export const ItemGridRow = memo(function ItemGridRow({
  id,
  row,
  llm,
  columns,
  root,
  index,
  top,
  selected,
  onPress,
}: ItemGridRowProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table element cannot hold rows that exist only in sight
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the grid
    // biome-ignore lint/a11y/useFocusableInteractive: focus stays on the grid (aria-activedescendant)
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={styles.row}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => onPress(index)}
    >
      {cellsOf(row, columns).map((cell) => (
        // biome-ignore lint/a11y/useSemanticElements: see above
        // biome-ignore lint/a11y/useFocusableInteractive: see above
        <div
          key={cell.id}
          role="gridcell"
          aria-colindex={cell.column + 1}
          aria-colspan={cell.span === 1 ? undefined : cell.span}
          className={cx(styles.cell, styles[cell.question === undefined ? cell.id : 'answer'], cell.end && styles.end)}
          dir={directionOf(writtenIn(row, cell))}
          style={cell.span === 1 ? undefined : { gridColumn: `span ${cell.span}` }}
        >
          <Contents row={row} column={cell} llm={llm} root={root} />
        </div>
      ))}
    </div>
  );
});

/** What was written by others, in a script of its own. */
function writtenIn(row: ItemRow, { id, question }: Column): string | null {
  if (id === 'file') return row.name.slice(row.name.lastIndexOf('/') + 1);
  const value = question === undefined ? null : answerValue(row, question);
  if (value?.type === 'text') return value.text;
  return value?.type === 'list' ? (value.items[0] ?? null) : null;
}

interface ContentsProps {
  readonly row: ItemRow;
  readonly column: Column;
  readonly llm: boolean;
  readonly root: string;
}

function Contents({ row, column, llm, root }: ContentsProps) {
  switch (column.id) {
    case 'file':
      return <FileName name={row.name} root={root} />;
    case 'status':
      return (
        <>
          <StatusIcon status={row.status} />
          <NoteMark notes={row.notes} />
        </>
      );
    case 'error':
      return (
        <span className={styles.reason} data-cut>
          {cellText(row, column, llm)}
        </span>
      );
    default:
      return cellText(row, column, llm);
  }
}
