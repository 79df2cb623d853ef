import { ChevronDown, CircleSlash, Copy, Download, FileMinus, ListX, RotateCcw, Undo2, X } from 'lucide-react';
import { useStore } from 'zustand';
import type { Batch } from '../../../shared/batch-data.ts';
import { allWithoutPagesLabel } from '../../../shared/damaged-pages.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { formatCount, formatNumber } from '../ui/format.ts';
import { nothingSelected } from '../ui/grid/row-selection.ts';
import { Menu } from '../ui/menu.tsx';
import { removeItems, restoreItems, retryFiles } from './batch-edits.ts';
import { isBusy } from './batch-words.ts';
import { batches, damagedFiles } from './batches.ts';
import { damagedAmong } from './damaged-files.ts';
import { entriesOf } from './export-entries.tsx';
import { columnsOf } from './item-columns.ts';
import { copyFiles, itemSelection, selectedIds } from './item-selection.ts';
import styles from './item-toolbar.module.css';

interface SelectedFilesProps {
  readonly batch: Batch;
  readonly ids: ReadonlySet<number>;
}

/** What can be done with the selected files, in the place of the filter by status. */
export function SelectedFiles({ batch, ids }: SelectedFilesProps) {
  const order = useStore(batches.table.store, (state) => state.order);
  const only = useStore(batches.table.store, (state) => state.view.only);
  const damaged = damagedAmong(useStore(damagedFiles), [...ids]);
  if (order === null) return null;
  const { id, recipe, llm, status, counts } = batch;
  const busy = isBusy(status);
  const areRemoved = only === 'removed';
  const chosen = () => selectedIds(order, undefined);
  const words = `: ${formatNumber(ids.size)} selected`;
  return (
    <div className={styles.selected} role="toolbar" aria-label="Selected files">
      <strong role="status">{formatCount(ids.size, 'file')} selected</strong>
      {!areRemoved && !busy && counts.failed + counts.cancelled > 0 && (
        <Button
          size="small"
          icon={<RotateCcw />}
          title="Run those of them again that failed or were cancelled"
          onClick={() => void retryFiles(id, chosen())}
        >
          Retry
        </Button>
      )}
      {!areRemoved && !busy && damaged.length > 0 && (
        <Button
          size="small"
          icon={<FileMinus />}
          title={`${allWithoutPagesLabel(damaged.length, ids.size)}; what they are missing is noted`}
          onClick={() => void batches.readWithoutPages(id, damaged)}
        >
          Read without damaged pages
        </Button>
      )}
      {!areRemoved && counts.queued > 0 && (
        <Button
          size="small"
          icon={<CircleSlash />}
          title="Take those of them that wait out of the queue"
          onClick={() => void batches.skipItems(id, chosen())}
        >
          Skip
        </Button>
      )}
      <Button
        size="small"
        icon={<Copy />}
        onClick={() => void copyFiles(batches.table, chosen(), columnsOf({ recipe, llm, filter: only }), llm)}
      >
        Copy
      </Button>
      {!areRemoved && (
        <Menu
          align="start"
          trigger={
            <Button size="small" icon={<Download />}>
              Export
              <ChevronDown aria-hidden className={styles.chevron} />
            </Button>
          }
          entries={entriesOf(id, 'all', words, chosen)}
        />
      )}
      {areRemoved ? (
        <Button size="small" icon={<Undo2 />} onClick={() => void restoreItems(id, chosen())}>
          Bring back
        </Button>
      ) : (
        <Button
          size="small"
          icon={<ListX />}
          title="Take them out of this batch; the files stay where they are"
          onClick={() => void removeItems(id, chosen())}
        >
          Remove
        </Button>
      )}
      <IconButton
        size="small"
        label="Select none"
        shortcut="Esc"
        icon={<X />}
        onClick={() => itemSelection.setState(nothingSelected)}
      />
    </div>
  );
}
