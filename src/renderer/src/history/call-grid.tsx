import { Copy, PanelRightOpen } from 'lucide-react';
import { type RefObject, useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { CallRow } from '../../../shared/call-data.ts';
import { copyText } from '../ui/copy-text.ts';
import { formatCount } from '../ui/format.ts';
import { toLines } from '../ui/grid/copy-rows.ts';
import { Grid } from '../ui/grid/grid.tsx';
import type { GridColumn } from '../ui/grid/grid-column.ts';
import { nothingSelected, type RowOrder } from '../ui/grid/row-selection.ts';
import { useWidth } from '../ui/width.ts';
import { callCells, callColumnLayout, callColumns, callLayoutFor, callText } from './call-columns.tsx';
import { CallListEnd } from './call-list-end.tsx';
import { history } from './calls.ts';
import { canGrow } from './history-store.ts';

/** Requests the next page when this many rows are left below. */
const AHEAD = 40;

interface CallGridProps {
  readonly rows: readonly CallRow[];
  readonly gridRef: RefObject<HTMLDivElement | null>;
}

/** The calls, newest first. */
export function CallGrid({ rows, gridRef }: CallGridProps) {
  const selectedId = useStore(history.store, (state) => state.selectedId);
  const isOpen = useStore(history.store, (state) => state.detail.status !== 'closed');
  const growing = useStore(history.store, canGrow);
  const list = useStore(history.store, (state) => state.list);
  const layout = useWidth(gridRef, callLayoutFor);
  const columns = callColumns(layout);
  const order = useMemo(() => orderOf(rows), [rows]);
  const [selection, select] = useState(nothingSelected);
  const [shownTo, setShownTo] = useState(-1);
  useEffect(() => {
    if (shownTo >= rows.length - AHEAD) void history.more();
  }, [shownTo, rows.length]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: of another list, other rows are selected
  useEffect(() => select(nothingSelected), [list]);
  // After a crash of the page the list is at the row where it was.
  const [startAt] = useState(() => rows.findIndex(({ id }) => id === history.store.getState().topId));

  const chosen = (): readonly CallRow[] =>
    selection.ids.size > 0
      ? rows.filter(({ id }) => selection.ids.has(id))
      : rows.filter(({ id }) => id === selectedId);
  const copy = (shown: readonly GridColumn[], columnId: string | null) => {
    const picked = columnId === null ? shown : shown.filter(({ id }) => id === columnId);
    const lines = chosen().map((call) => picked.map(({ id }) => callText(call, id)));
    copyText(columnId === null ? toLines(lines) : (lines[0]?.[0] ?? ''));
  };
  return (
    <Grid
      label="Calls, newest first"
      gridRef={gridRef}
      columns={columns}
      layout={callColumnLayout}
      order={order}
      rowAt={(index) => rows[index]}
      listKey={list}
      growing={growing}
      cells={callCells}
      cursor={selectedId === null ? -1 : order.indexOf(selectedId)}
      onCursor={(index) => history.select(rows[index]?.id ?? null)}
      isOpen={isOpen}
      onOpen={(index) => openRow(rows[index])}
      onClose={() => history.close()}
      selection={selection}
      onSelect={select}
      menu={(index, shown, columnId) => [
        {
          label: 'Open',
          icon: <PanelRightOpen />,
          shortcut: 'Enter',
          disabled: selection.ids.size > 1,
          onSelect: () => openRow(rows[index]),
        },
        null,
        ...(columnId === null || selection.ids.size > 1
          ? []
          : [{ label: 'Copy cell', icon: <Copy />, onSelect: () => copy(shown, columnId) }]),
        {
          label: selection.ids.size > 1 ? `Copy ${formatCount(selection.ids.size, 'row')}` : 'Copy row',
          icon: <Copy />,
          shortcut: 'Mod+C',
          onSelect: () => copy(shown, null),
        },
      ]}
      onCopy={copy}
      onShow={(_first, last) => setShownTo(last)}
      onScroll={(scrollTop, rowHeight) =>
        history.setTop(scrollTop < rowHeight / 2 ? null : (rows[Math.round(scrollTop / rowHeight)]?.id ?? null))
      }
      startAt={Math.max(0, startAt)}
    >
      <CallListEnd />
    </Grid>
  );
}

function openRow(row: CallRow | undefined): void {
  if (row !== undefined) void history.open(row.id);
}

function orderOf(rows: readonly CallRow[]): RowOrder {
  return {
    length: rows.length,
    at: (index) => rows[index]?.id,
    indexOf: (id) => rows.findIndex((row) => row.id === id),
  };
}
