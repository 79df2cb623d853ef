import { memo } from 'react';
import type { ItemRow } from '../../../shared/data.ts';
import { cx } from '../ui/cx.ts';
import { FileName } from '../ui/file-name.tsx';
import { StatusIcon } from '../ui/status-icon.tsx';
import { cellText, columnsOf } from './item-columns.ts';
import styles from './item-grid.module.css';
import type { ItemFilter } from './item-pages.ts';

interface ItemGridRowProps {
  readonly id: string;
  readonly row: ItemRow;
  readonly llm: boolean;
  readonly filter: ItemFilter;
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
  filter,
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
      {columnsOf(filter).map((column, place) => {
        const text = column.id === 'status' ? null : cellText(row, column.id, llm);
        return (
          // biome-ignore lint/a11y/useSemanticElements: see above
          // biome-ignore lint/a11y/useFocusableInteractive: see above
          <div
            key={column.id}
            role="gridcell"
            aria-colindex={place + 1}
            className={cx(styles.cell, styles[column.id], column.end && styles.end)}
          >
            {column.id === 'file' ? (
              <FileName name={row.name} root={root} />
            ) : (
              (text ?? <StatusIcon status={row.status} />)
            )}
          </div>
        );
      })}
    </div>
  );
});
