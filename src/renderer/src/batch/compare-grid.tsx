import { Copy, PanelRightOpen } from 'lucide-react';
import { type RefObject, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { BatchComparison } from '../../../shared/batch-comparison.ts';
import { copyText } from '../ui/copy-text.ts';
import { createColumnLayout } from '../ui/grid/column-layout.ts';
import { toLines } from '../ui/grid/copy-rows.ts';
import { Grid } from '../ui/grid/grid.tsx';
import type { GridColumn } from '../ui/grid/grid-column.ts';
import { nothingSelected } from '../ui/grid/row-selection.ts';
import { comparing } from './compare.ts';
import { compareCells, compareColumns, pairOf } from './compare-cells.tsx';

/** A line for each side. */
const LINES = 2;
const layout = createColumnLayout('docket.batch.compare.columns');

interface CompareGridProps {
  readonly comparison: BatchComparison;
  readonly root: string;
  readonly gridRef: RefObject<HTMLDivElement | null>;
  readonly onCloseRow: () => void;
}

/** The files of both batches; only rows in sight are read. */
export function CompareGrid({ comparison, root, gridRef, onCloseRow }: CompareGridProps) {
  const order = useStore(comparing.store, (state) => state.order);
  const list = useStore(comparing.store, (state) => state.list);
  const cursor = useStore(comparing.store, (state) => state.cursor);
  const isOpen = useStore(comparing.store, (state) => state.isOpen);
  // Rows are in memory, not in the state.
  useStore(comparing.store, (state) => state.revision);
  const [selection, setSelection] = useState(nothingSelected);
  const columns = useMemo(() => compareColumns(comparison), [comparison]);
  const cells = useMemo(() => compareCells(comparison, root), [comparison, root]);
  const copy = (index: number, shown: readonly GridColumn[], columnId: string | null) => {
    const row = comparing.row(index);
    if (row === undefined) return;
    const chosen = shown.filter(({ id }) => id !== 'file' && (columnId === null || id === columnId));
    const name = (row.left ?? row.right)?.name ?? '';
    copyText(
      toLines([
        [name, ...chosen.map(({ id }) => pairOf(comparison, row, Number(id)).left.words)],
        [name, ...chosen.map(({ id }) => pairOf(comparison, row, Number(id)).right.words)],
      ]),
    );
  };
  return (
    <Grid
      label="Compared files"
      gridRef={gridRef}
      columns={columns}
      layout={layout}
      lines={LINES}
      order={order}
      rowAt={(index) => comparing.row(index)}
      listKey={list}
      cells={cells}
      cursor={cursor}
      onCursor={comparing.moveTo}
      isOpen={isOpen}
      onOpen={comparing.openRow}
      onClose={onCloseRow}
      selection={selection}
      onSelect={setSelection}
      menu={(index, shown, columnId) => [
        { label: 'Open', icon: <PanelRightOpen />, shortcut: 'Enter', onSelect: () => comparing.openRow(index) },
        {
          label: 'Copy both answers',
          icon: <Copy />,
          shortcut: 'Mod+C',
          onSelect: () => copy(index, shown, columnId),
        },
      ]}
      onCopy={(shown, columnId) => copy(cursor, shown, columnId)}
      onShow={comparing.show}
    />
  );
}
