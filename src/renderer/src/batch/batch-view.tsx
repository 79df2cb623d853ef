import { type RefObject, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { Batch } from '../../../shared/batch-data.ts';
import { hasPagePictures } from '../../../shared/page-picture.ts';
import { registerContext } from '../platform/commands.ts';
import { useTarget } from '../platform/navigation-store.ts';
import { Button } from '../ui/button.tsx';
import { DetailSplit } from '../ui/detail-split.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Skeleton } from '../ui/progress.tsx';
import { SplitPane } from '../ui/split-pane.tsx';
import { VisuallyHidden } from '../ui/visually-hidden.tsx';
import { batchContext } from './batch-context.ts';
import { batchDialog } from './batch-dialog.ts';
import { BatchEmpty } from './batch-empty.tsx';
import { BatchHeader } from './batch-header.tsx';
import { BatchList } from './batch-list.tsx';
import { BatchNotes } from './batch-notes.tsx';
import { BatchPlanView } from './batch-plan.tsx';
import { BatchProgress } from './batch-progress.tsx';
import styles from './batch-view.module.css';
import { emptyViewWords, isBusy, stateWords } from './batch-words.ts';
import { batches } from './batches.ts';
import { comparing } from './compare.ts';
import { CompareView } from './compare-view.tsx';
import { CompareWithDialog } from './compare-with.tsx';
import { ItemDetailPane } from './item-detail.tsx';
import { ItemGrid } from './item-grid.tsx';
import { ItemToolbar } from './item-toolbar.tsx';
import { closeEditor } from './recipe-actions.ts';
import { RecipeEditor } from './recipe-editor.tsx';
import { recipes } from './recipes.ts';
import { RunAgainDialog } from './run-again.tsx';
import { WatchDialog } from './watch-dialog.tsx';

/** Files in, results out: the batches, and the work of the chosen one. */
export function BatchView() {
  const list = useStore(batches.store, (state) => state.batches);
  const problem = useStore(batches.store, (state) => state.problem);
  const selectedId = useStore(batches.store, (state) => state.selectedId);
  useEffect(() => batches.connect(), []);
  useEffect(() => recipes.connect(), []);
  useEffect(() => registerContext('batch', batchContext), []);
  useTarget('batch', ({ batchId, itemId }) => {
    if (batchId !== undefined) batches.select(batchId);
    if (itemId !== undefined) void batches.showItem(itemId);
  });

  if (list === null) {
    return (
      <div className={styles.waiting}>
        {problem === null ? (
          <Skeleton lines={6} />
        ) : (
          <ErrorNote problem={problem} actions={<Button onClick={() => void batches.load()}>Try again</Button>} />
        )}
      </div>
    );
  }
  if (list.length === 0) return <BatchEmpty />;
  const batch = list.find(({ id }) => id === selectedId);
  return (
    <SplitPane id="batches" label="Batches" initial={220} min={160} pane={<BatchList list={list} />}>
      {batch === undefined ? <Skeleton lines={6} /> : <Chosen list={list} batch={batch} />}
    </SplitPane>
  );
}

/** The batch, or two of them while they are compared. */
function Chosen({ list, batch }: { readonly list: readonly Batch[]; readonly batch: Batch }) {
  const sides = useStore(comparing.store, (state) => state.sides);
  const left = list.find(({ id }) => id === sides?.leftId);
  const right = list.find(({ id }) => id === sides?.rightId);
  const isCompared = left !== undefined && right !== undefined;
  const wasCompared = useRef(false);
  useEffect(() => {
    // The keys go on where the comparison was begun.
    if (wasCompared.current && !isCompared) document.querySelector<HTMLElement>('main [role="grid"]')?.focus();
    wasCompared.current = isCompared;
  }, [isCompared]);
  return (
    <>
      {left === undefined || right === undefined ? (
        <Work key={batch.id} batch={batch} />
      ) : (
        <CompareView key={`${left.id} ${right.id}`} left={left} right={right} />
      )}
      <BatchDialog batch={batch} />
    </>
  );
}

function BatchDialog({ batch }: { readonly batch: Batch }) {
  const choice = useStore(batchDialog, ({ open }) => (open?.batchId === batch.id ? open.choice : null));
  if (choice === 'again') return <RunAgainDialog batch={batch} />;
  if (choice === 'watch') return <WatchDialog batch={batch} />;
  return choice === 'compare' ? <CompareWithDialog batch={batch} /> : null;
}

function Work({ batch }: { readonly batch: Batch }) {
  const detail = useStore(batches.store, (state) => state.detail);
  const [withText, setWithText] = useState(false);
  const edits = useStore(recipes.store, (state) => state.editing !== null);
  const hasPages = detail.status === 'ready' && hasPagePictures(detail.item.format);
  const gridRef = useRef<HTMLDivElement>(null);
  // The note above says it; a table of nothing would only repeat it.
  const nothing = batch.status === 'finished' && batch.counts.total === 0;
  const close = () => {
    if (edits) return closeEditor();
    setWithText(false);
    batches.closeItem();
    gridRef.current?.focus();
  };
  return (
    <DetailSplit
      id="batch-file"
      label={edits ? 'Recipe' : 'File in full'}
      pane={
        edits ? (
          <RecipeEditor batch={batch} onClose={close} />
        ) : detail.status === 'closed' ? null : (
          <ItemDetailPane batch={batch} withText={withText} onWithText={setWithText} onClose={close} />
        )
      }
      wide={withText && !edits && (hasPages ? 'most' : true)}
      onClose={close}
    >
      <BatchHeader batch={batch} />
      <BatchNotes batch={batch} />
      {batch.status === 'ready' && <BatchPlanView batch={batch} />}
      {(!nothing || batch.skipped > 0) && <BatchProgress batch={batch} />}
      {!nothing && (
        <>
          <ItemToolbar batch={batch} onLeave={() => gridRef.current?.focus()} />
          <Files batch={batch} gridRef={gridRef} onClose={close} covered={edits} />
        </>
      )}
      <VisuallyHidden>
        <StateAnnouncer batch={batch} />
      </VisuallyHidden>
    </DetailSplit>
  );
}

function StateAnnouncer({ batch }: { readonly batch: Batch }) {
  const waits = useStore(batches.store, (state) => state.pace.get(batch.id)?.waiting != null);
  return <span role="status">{stateWords(quiet(batch), waits)}</span>;
}

/** While a batch runs only its state is announced, not every count. */
function quiet(batch: Batch): Batch {
  return isBusy(batch.status) ? { ...batch, counts: { ...batch.counts, done: 0, failed: 0 } } : batch;
}

interface FilesProps {
  readonly batch: Batch;
  readonly gridRef: RefObject<HTMLDivElement | null>;
  readonly onClose: () => void;
  readonly covered: boolean;
}

function Files({ batch, gridRef, onClose, covered }: FilesProps) {
  const { view, total, problem } = useTableState();
  const detail = useStore(batches.store, (state) => state.detail);
  if (problem !== null) {
    return (
      <div className={styles.waiting}>
        <ErrorNote problem={problem} actions={<Button onClick={() => batches.table.retry()}>Try again</Button>} />
      </div>
    );
  }
  if (total === 0 && batch.status !== 'collecting') return <p className={styles.none}>{emptyViewWords(view)}</p>;
  return (
    <ItemGrid
      table={batches.table}
      batch={batch}
      gridRef={gridRef}
      openId={detail.status === 'closed' ? null : detail.itemId}
      onOpen={openItem}
      onClose={onClose}
      covered={covered}
    />
  );
}

const openItem = (itemId: number) => void batches.openItem(itemId);

/** Each by itself: rows change with every event and concern the grid only. */
function useTableState() {
  const view = useStore(batches.table.store, (state) => state.view);
  /** Null until it is known. */
  const total = useStore(batches.table.store, (state) => state.order?.length ?? null);
  const problem = useStore(batches.table.store, (state) => state.problem);
  return { view, total, problem };
}
