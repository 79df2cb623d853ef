import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useEffect,
  useEffectEvent,
  useId,
  useLayoutEffect,
  useRef,
} from 'react';
import { useStore } from 'zustand';
import type { CallRow } from '../../../shared/call-data.ts';
import { cx } from '../ui/cx.ts';
import { nextIndex } from '../ui/list-keys.ts';
import { slotOf } from '../ui/row-slots.ts';
import styles from './call-grid.module.css';
import { CallGridRow } from './call-grid-row.tsx';
import { CallListEnd } from './call-list-end.tsx';
import { history } from './calls.ts';
import { canGrow } from './history-store.ts';

const ROW = 32;
const HEADER = 30;
/** Requests the next page when this many rows are left below. */
const AHEAD = 40;

const columns: readonly { readonly name: string; readonly className: string | undefined }[] = [
  { name: 'Time', className: undefined },
  { name: 'Task', className: undefined },
  { name: 'Outcome', className: undefined },
  { name: 'Message', className: undefined },
  { name: 'Reply', className: styles.reply },
  { name: 'File', className: styles.file },
  { name: 'Model', className: styles.model },
  { name: 'Tokens', className: `${styles.end} ${styles.tokens}` },
  { name: 'Took', className: styles.end },
];

interface CallGridProps {
  readonly rows: readonly CallRow[];
  readonly gridRef: RefObject<HTMLDivElement | null>;
}

/** The calls, newest first. One tab stop; arrow keys move the selection, Enter opens it. */
export function CallGrid({ rows, gridRef }: CallGridProps) {
  const idPrefix = useId();
  const selectedId = useStore(history.store, (state) => state.selectedId);
  const isOpen = useStore(history.store, (state) => state.detail.status !== 'closed');
  const growing = useStore(history.store, canGrow);
  const virtualizer = useVirtualizer({
    count: rows.length,
    estimateSize: () => ROW,
    getScrollElement: () => gridRef.current,
    overscan: 12,
    scrollMargin: HEADER,
    scrollPaddingStart: HEADER,
  });
  const visible = virtualizer.getVirtualItems();
  const last = visible.at(-1)?.index ?? -1;
  useEffect(() => {
    if (last >= rows.length - AHEAD) void history.more();
  }, [last, rows.length]);

  const { scrollToIndex } = virtualizer;
  const showSelected = useEffectEvent(() => {
    const index = rows.findIndex((row) => row.id === selectedId);
    if (index >= 0) scrollToIndex(index, { align: 'auto' });
  });
  // Also when another surface navigates to a call.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs on each new selection
  useEffect(() => showSelected(), [selectedId]);

  const list = useStore(history.store, (state) => state.list);
  const listInSight = useRef(list);
  useLayoutEffect(() => {
    if (listInSight.current === list) return;
    listInSight.current = list;
    gridRef.current?.scrollTo({ top: 0 });
  }, [list, gridRef]);
  const showOpen = useEffectEvent(() => {
    if (isOpen) showSelected();
  });
  // After reading another list to find a call, scrolls to it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs on each new list
  useEffect(() => showOpen(), [list]);

  const isPlaced = useRef(false);
  const showTop = useEffectEvent(() => {
    if (isPlaced.current) return;
    isPlaced.current = true;
    const index = rows.findIndex(({ id }) => id === history.store.getState().topId);
    if (index > 0) scrollToIndex(index, { align: 'start' });
  });
  // After a crash of the page the list is at the row where it was.
  useEffect(() => showTop(), []);

  const open = useCallback((callId: number) => void history.open(callId), []);
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const active = rows.findIndex((row) => row.id === selectedId);
    const page = Math.max(1, Math.floor((event.currentTarget.clientHeight - HEADER) / ROW) - 1);
    const next = nextIndex(event, active, rows.length, page);
    const row = rows[next ?? active];
    if (next !== null && row !== undefined) {
      if (isOpen) open(row.id);
      else history.select(row.id);
    } else if (event.key === 'Enter' && row !== undefined && event.target === event.currentTarget) open(row.id);
    else if (event.key === 'Escape' && isOpen) history.close();
    else return;
    event.preventDefault();
  };
  const selectedShown = visible.some(({ index }) => rows[index]?.id === selectedId);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table element cannot hold virtual rows
    <div
      ref={gridRef}
      role="grid"
      aria-label="Calls, newest first"
      aria-rowcount={growing ? -1 : rows.length + 1}
      aria-colcount={columns.length}
      aria-activedescendant={selectedShown ? `${idPrefix}${selectedId}` : undefined}
      tabIndex={0}
      data-focus="inside"
      className={styles.grid}
      onKeyDown={onKeyDown}
      onScroll={({ currentTarget: { scrollTop } }) =>
        history.setTop(scrollTop < ROW / 2 ? null : (rows[Math.round(scrollTop / ROW)]?.id ?? null))
      }
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: focus stays on the grid */}
      <div role="row" aria-rowindex={1} className={styles.header}>
        {columns.map(({ name, className }) => (
          // biome-ignore lint/a11y/useSemanticElements: see above
          // biome-ignore lint/a11y/useFocusableInteractive: focus stays on the grid
          <div key={name} role="columnheader" className={cx(styles.headerCell, className)}>
            {name}
          </div>
        ))}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      <div role="rowgroup" className={styles.space} style={{ height: virtualizer.getTotalSize() }}>
        {visible.map(({ index, start }) => {
          const call = rows[index];
          if (call === undefined) return null;
          return (
            <CallGridRow
              key={slotOf(index, visible.length)}
              id={`${idPrefix}${call.id}`}
              call={call}
              index={index}
              top={start - HEADER}
              selected={call.id === selectedId}
              onPress={open}
            />
          );
        })}
      </div>
      <CallListEnd />
    </div>
  );
}
