import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useId, useRef } from 'react';
import { cx } from './cx.ts';
import { nextIndex } from './list-keys.ts';
import { type RowMenu, useRowMenu } from './row-menu.tsx';
import styles from './virtual-list.module.css';

interface VirtualRowsOptions {
  readonly count: number;
  readonly rowHeight: number;
  readonly scrollRef: RefObject<HTMLElement | null>;
}

/** The visible rows of a list with rows of equal height. */
function useVirtualRows({ count, rowHeight, scrollRef }: VirtualRowsOptions) {
  const virtualizer = useVirtualizer({
    count,
    estimateSize: () => rowHeight,
    getScrollElement: () => scrollRef.current,
    overscan: 8,
  });
  return {
    rows: virtualizer.getVirtualItems(),
    totalHeight: virtualizer.getTotalSize(),
    scrollToIndex: (index: number) => virtualizer.scrollToIndex(index, { align: 'auto' }),
  };
}

interface VirtualListProps {
  readonly label: string;
  readonly count: number;
  readonly rowHeight: number;
  /** The chosen row; -1 for none. */
  readonly active: number;
  readonly onActive: (index: number) => void;
  /** Called on Enter or a double click. */
  readonly onOpen?: ((index: number) => void) | undefined;
  /** Called for other keys, such as Delete, on the chosen row. */
  readonly onKey?: ((event: KeyboardEvent, index: number) => void) | undefined;
  readonly renderRow: (index: number) => ReactNode;
  /** What can be done with a row: on its button, a right click, or the key for it. */
  readonly menu?: ((index: number) => RowMenu | null) | undefined;
  /** A control that stands over a row, such as a field for its name: a row itself may hold none. */
  readonly over?: { readonly index: number; readonly control: ReactNode } | null | undefined;
  /** A stable key for a row; its index by default. */
  readonly rowKey?: ((index: number) => string | number) | undefined;
  /** Called with the last rendered row, so that the next page can be fetched in time. */
  readonly onEnd?: ((lastIndex: number) => void) | undefined;
  /** The list box, which takes the focus back from a control over it. */
  readonly listRef?: RefObject<HTMLDivElement | null> | undefined;
  readonly className?: string | undefined;
}

/**
 * A list box that renders only the rows in view. Arrow keys, Page Up/Down, Home and End move the choice, which screen
 * readers follow through aria-activedescendant. They read a row as one text, so what can be pressed stands over the
 * list box, not in it.
 */
export function VirtualList(props: VirtualListProps) {
  const { label, count, rowHeight, active, onActive, onOpen, onKey, renderRow, onEnd, over = null, className } = props;
  const scrollRef = useRef<HTMLDivElement>(null);
  const ownListRef = useRef<HTMLDivElement>(null);
  const listRef = props.listRef ?? ownListRef;
  const idPrefix = useId();
  const { rows, totalHeight, scrollToIndex } = useVirtualRows({ count, rowHeight, scrollRef });
  const keyOf = props.rowKey ?? ((index: number) => index);
  const menu = useRowMenu({ menu: props.menu, keys: new Map(rows.map(({ index }) => [keyOf(index), index])), listRef });
  const lastIndex = rows.at(-1)?.index ?? -1;

  useEffect(() => {
    if (lastIndex >= 0) onEnd?.(lastIndex);
  }, [lastIndex, onEnd]);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const page = Math.max(1, Math.floor((scrollRef.current?.clientHeight ?? 0) / rowHeight) - 1);
    const next = nextIndex(event, active, count, page);
    if (next !== null) {
      event.preventDefault();
      onActive(next);
      scrollToIndex(next);
    } else if (event.key === 'Enter' && active >= 0) {
      event.preventDefault();
      onOpen?.(active);
    } else {
      onKey?.(event, active);
    }
  };
  const overRow = (index: number, control: ReactNode) => (
    <div className={styles.over} style={{ height: rowHeight, transform: `translateY(${index * rowHeight}px)` }}>
      {control}
    </div>
  );
  return (
    <div ref={scrollRef} className={cx(styles.scroll, className)} {...menu.pointing}>
      <div className={styles.space}>
        <div
          ref={listRef}
          role="listbox"
          aria-label={label}
          aria-activedescendant={active >= 0 ? `${idPrefix}${active}` : undefined}
          tabIndex={0}
          className={styles.list}
          style={{ height: totalHeight }}
          onKeyDown={onKeyDown}
          onContextMenu={(event) => menu.onContextMenu(event, active)}
        >
          {rows.map((row) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the list box
            // biome-ignore lint/a11y/useFocusableInteractive: focus stays on the list box (aria-activedescendant)
            <div
              key={keyOf(row.index)}
              id={`${idPrefix}${row.index}`}
              data-index={row.index}
              role="option"
              aria-selected={row.index === active}
              aria-setsize={count}
              aria-posinset={row.index + 1}
              data-has-button={row.index === menu.buttonAt || undefined}
              className={styles.row}
              style={{ height: rowHeight, transform: `translateY(${row.start}px)` }}
              onClick={() => onActive(row.index)}
              onDoubleClick={() => onOpen?.(row.index)}
            >
              {renderRow(row.index)}
            </div>
          ))}
        </div>
        {menu.buttonAt !== null && menu.buttonAt !== over?.index && overRow(menu.buttonAt, menu.button)}
        {over !== null && overRow(over.index, over.control)}
      </div>
      {menu.atPointer}
    </div>
  );
}
