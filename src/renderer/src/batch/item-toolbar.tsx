import { Columns3, Search, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { Batch, ItemFilter } from '../../../shared/batch-data.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { Input } from '../ui/field.tsx';
import { formatCount, formatNumber } from '../ui/format.ts';
import { isEscape } from '../ui/input-method.ts';
import { Popover } from '../ui/popover.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { isMac, matchesShortcut } from '../ui/shortcut.ts';
import { filterNames, filterTotal } from './batch-words.ts';
import { batches } from './batches.ts';
import { layoutOf } from './item-column-layout.ts';
import { columnsOf } from './item-columns.ts';
import { itemSelection } from './item-selection.ts';
import styles from './item-toolbar.module.css';
import { SelectedFiles } from './selected-files.tsx';
import { lineChoices, setTableLines, tableLines } from './table-lines.ts';

const SEARCH_DELAY_MS = 150;
const alwaysShown: readonly ItemFilter[] = ['all', 'done', 'failed', 'queued'];
const shownWhenMet = ['cancelled', 'noted', 'removed'] as const;

interface ItemToolbarProps {
  readonly batch: Batch;
  readonly onLeave: () => void;
}

/** Which files are shown, and how. */
export function ItemToolbar({ batch, onLeave }: ItemToolbarProps) {
  const selected = useStore(itemSelection, ({ ids }) => ids);
  return (
    <div className={styles.toolbar}>
      {selected.size > 0 ? <SelectedFiles batch={batch} ids={selected} /> : <StatusFilter batch={batch} />}
      <div className={styles.right}>
        <FilterCount />
        <TableSearch key={batch.id} onLeave={onLeave} />
        <ViewOptions batch={batch} />
      </div>
    </div>
  );
}

function StatusFilter({ batch: { counts } }: { readonly batch: Batch }) {
  const filter = useStore(batches.table.store, (state) => state.view.only);
  const filters = [...alwaysShown, ...shownWhenMet.filter((other) => counts[other] > 0 || filter === other)];
  return (
    <Segmented
      label="Files to show"
      value={filter}
      onChange={(next) => batches.filter(next)}
      options={filters.map((value) => ({
        value,
        label: (
          <>
            {filterNames[value]}
            <span className={styles.count}>{formatNumber(filterTotal(counts, value))}</span>
          </>
        ),
      }))}
    />
  );
}

/** How many files a search or filters leave, and the way out of them. */
function FilterCount() {
  const view = useStore(batches.table.store, (state) => state.view);
  const shown = useStore(batches.table.store, (state) => state.order?.length);
  if (view.filters.length === 0 && view.search.trim() === '') return null;
  return (
    <>
      <output className={styles.shown}>{shown === undefined ? '' : formatCount(shown, 'file')}</output>
      {view.filters.length > 0 && (
        <Button size="small" icon={<X />} onClick={() => batches.table.look({ filters: [] })}>
          {formatCount(view.filters.length, 'filter')}
        </Button>
      )}
    </>
  );
}

function TableSearch({ onLeave }: Pick<ItemToolbarProps, 'onLeave'>) {
  const inputRef = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const isFileOpen = useStore(batches.store, (state) => state.detail.status !== 'closed');
  useEffect(() => {
    const search = setTimeout(() => {
      if (batches.table.store.getState().view.search !== typed) batches.table.look({ search: typed });
    }, SEARCH_DELAY_MS);
    return () => clearTimeout(search);
  }, [typed]);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      // In an open file it searches that file's results.
      if (event.defaultPrevented || isFileOpen || !matchesShortcut(event, 'Mod+F')) return;
      event.preventDefault();
      inputRef.current?.focus();
      inputRef.current?.select();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [isFileOpen]);
  return (
    <div className={styles.search}>
      <Search aria-hidden />
      <Input
        ref={inputRef}
        type="search"
        aria-label="Search the table"
        placeholder={`Search (${isMac ? '⌘' : 'Ctrl+'}F)`}
        maxLength={500}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          const leaves = isEscape(event.nativeEvent) || event.key === 'ArrowDown';
          if (!leaves) return;
          event.preventDefault();
          if (event.key === 'Escape') setTyped('');
          onLeave();
        }}
      />
      {typed !== '' && (
        <IconButton
          label="Clear the search"
          icon={<X />}
          size="small"
          className={styles.clear}
          onClick={() => {
            setTyped('');
            inputRef.current?.focus();
          }}
        />
      )}
    </div>
  );
}

/** Which columns there are, and how tall a row is. */
function ViewOptions({ batch: { recipe, llm } }: Pick<ItemToolbarProps, 'batch'>) {
  const only = useStore(batches.table.store, (state) => state.view.only);
  const { lines } = useStore(tableLines);
  const layout = layoutOf(recipe.id);
  const { hidden } = useStore(layout.store);
  const columns = columnsOf({ recipe, llm, filter: only }).filter(({ pinned }) => !pinned);
  return (
    <Popover
      label="Columns and rows"
      align="end"
      trigger={<IconButton label="Columns and rows" variant="secondary" icon={<Columns3 />} />}
    >
      <div className={styles.options}>
        <section aria-label="Lines per row">
          <h4 className={styles.title}>Lines per row</h4>
          <Segmented
            label="Lines per row"
            value={String(lines)}
            onChange={(next) => setTableLines(lineChoices.find((choice) => String(choice) === next) ?? 1)}
            options={lineChoices.map((choice) => ({ value: String(choice), label: String(choice) }))}
          />
        </section>
        <section aria-label="Columns">
          <h4 className={styles.title}>Columns</h4>
          <div className={styles.columns}>
            {columns.map(({ id, title }) => (
              <Checkbox
                key={id}
                label={title}
                checked={!hidden.includes(id)}
                onChange={(shown) => layout.setShown(id, shown)}
              />
            ))}
          </div>
          <Button size="small" variant="ghost" onClick={() => layout.reset()}>
            Reset all columns
          </Button>
        </section>
      </div>
    </Popover>
  );
}
