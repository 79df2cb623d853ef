import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  type SyntheticEvent,
  useEffect,
  useId,
  useRef,
} from 'react';
import { cx } from './cx.ts';
import { nextIndex } from './list-keys.ts';
import styles from './virtual-list.module.css';

interface VirtualRowsOptions {
  readonly count: number;
  readonly rowHeight: number;
  readonly scrollRef: RefObject<HTMLElement | null>;
  readonly overscan?: number | undefined;
}

/** The visible rows of a list with rows of equal height, for layouts that VirtualList does not fit. */
export function useVirtualRows({ count, rowHeight, scrollRef, overscan = 8 }: VirtualRowsOptions) {
  const virtualizer = useVirtualizer({
    count,
    estimateSize: () => rowHeight,
    getScrollElement: () => scrollRef.current,
    overscan,
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
  /** A stable key for a row; its index by default. */
  readonly rowKey?: ((index: number) => string | number) | undefined;
  /** Called with the last rendered row, so that the next page can be fetched in time. */
  readonly onEnd?: ((lastIndex: number) => void) | undefined;
  readonly className?: string | undefined;
}

/**
 * A list box that renders only the rows in view. Arrow keys, Page Up/Down, Home and End move the choice, which screen
 * readers follow through aria-activedescendant.
 */
export function VirtualList(props: VirtualListProps) {
  const { label, count, rowHeight, active, onActive, onOpen, onKey, renderRow, rowKey, onEnd, className } = props;
  const scrollRef = useRef<HTMLDivElement>(null);
  const idPrefix = useId();
  const { rows, totalHeight, scrollToIndex } = useVirtualRows({ count, rowHeight, scrollRef });
  const lastIndex = rows.at(-1)?.index ?? -1;

  useEffect(() => {
    if (lastIndex >= 0) onEnd?.(lastIndex);
  }, [lastIndex, onEnd]);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (!isWithin(event)) return;
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
  return (
    <div
      ref={scrollRef}
      role="listbox"
      aria-label={label}
      aria-activedescendant={active >= 0 ? `${idPrefix}${active}` : undefined}
      tabIndex={0}
      data-focus="inside"
      className={cx(styles.list, className)}
      onKeyDown={onKeyDown}
    >
      <div className={styles.space} style={{ height: totalHeight }}>
        {rows.map((row) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the list box
          // biome-ignore lint/a11y/useFocusableInteractive: focus stays on the list box (aria-activedescendant)
          <div
            key={rowKey?.(row.index) ?? row.index}
            id={`${idPrefix}${row.index}`}
            role="option"
            aria-selected={row.index === active}
            aria-setsize={count}
            aria-posinset={row.index + 1}
            className={styles.row}
            style={{ height: rowHeight, transform: `translateY(${row.start}px)` }}
            onClick={(event) => isWithin(event) && onActive(row.index)}
            onDoubleClick={(event) => isWithin(event) && onOpen?.(row.index)}
          >
            {renderRow(row.index)}
          </div>
        ))}
      </div>
    </div>
  );
}

/** React bubbles events from a row's menu to the row, although the menu is elsewhere in the document. */
function isWithin({ currentTarget, target }: SyntheticEvent): boolean {
  return target instanceof Node && currentTarget.contains(target);
}
