import { ArrowLeft, Download } from 'lucide-react';
import { type KeyboardEvent, type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { agreementOf, type BatchComparison, sideNames, sumOf } from '../../../shared/batch-comparison.ts';
import type { Batch } from '../../../shared/batch-data.ts';
import { request } from '../platform/bridge.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { DetailSplit } from '../ui/detail-split.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { isEscape } from '../ui/input-method.ts';
import { Skeleton } from '../ui/progress.tsx';
import { showToast } from '../ui/toast.tsx';
import { tellProblem } from './batch-edits.ts';
import { comparing } from './compare.ts';
import { CompareDetail } from './compare-detail.tsx';
import { CompareGrid } from './compare-grid.tsx';
import { CompareToolbar } from './compare-toolbar.tsx';
import styles from './compare-view.module.css';
import { agreementWords, unpairedWords } from './compare-words.ts';

interface CompareViewProps {
  readonly left: Batch;
  readonly right: Batch;
}

/** Two batches cell by cell. */
export function CompareView({ left, right }: CompareViewProps) {
  const comparison = useStore(comparing.store, (state) => state.comparison);
  const problem = useStore(comparing.store, (state) => state.problem);
  const isOpen = useStore(comparing.store, (state) => state.isOpen);
  const gridRef = useRef<HTMLDivElement>(null);
  useEffect(() => comparing.connect(), []);
  const closeRow = () => {
    comparing.closeRow();
    gridRef.current?.focus();
  };
  const closeOnEscape = (event: KeyboardEvent) => {
    // An open file takes it for itself.
    if (!isEscape(event.nativeEvent) || event.defaultPrevented) return;
    event.preventDefault();
    comparing.close();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc ends the comparison wherever the focus is inside it
    <div style={{ display: 'contents' }} onKeyDown={closeOnEscape}>
      <DetailSplit
        id="batch-compare"
        label="Compared answers"
        pane={isOpen && comparison !== null ? <OpenRow {...{ left, right, comparison, onClose: closeRow }} /> : null}
        onClose={closeRow}
      >
        <Header left={left} right={right} />
        {problem !== null && (
          <ErrorNote problem={problem} actions={<Button onClick={() => void comparing.refresh()}>Try again</Button>} />
        )}
        {comparison === null ? (
          problem === null && <Skeleton lines={6} />
        ) : (
          <Compared comparison={comparison} right={right} gridRef={gridRef} onCloseRow={closeRow} />
        )}
      </DetailSplit>
    </div>
  );
}

function Header({ left, right }: CompareViewProps) {
  const [isExporting, setExporting] = useState(false);
  const names = sideNames(left, right);
  const save = async () => {
    setExporting(true);
    const { view } = comparing.store.getState();
    const result = await request('batch.exportComparison', { leftId: left.id, rightId: right.id, ...view });
    setExporting(false);
    if (!result.ok) tellProblem('Nothing was exported', result.error);
    else if (result.value !== null) showToast({ title: 'The comparison was saved', detail: result.value });
  };
  return (
    <header className={styles.header}>
      <IconButton label="Back to the batch" icon={<ArrowLeft />} onClick={comparing.close} />
      <h2 className={styles.title}>
        <Side letter="A" batch={left} name={names[0]} /> <span className={styles.and}>and</span>{' '}
        <Side letter="B" batch={right} name={names[1]} />
      </h2>
      <Button
        icon={<Download />}
        busy={isExporting}
        title="Export what is shown, both answers beside each other, as CSV"
        onClick={() => void save()}
      >
        Export CSV
      </Button>
    </header>
  );
}

function Side({ letter, batch, name }: { letter: string; batch: Batch; name: string }) {
  return (
    <span className={styles.side}>
      <b>{letter}</b> {batch.name} <span className={styles.told}>({name})</span>
    </span>
  );
}

interface ComparedProps {
  readonly comparison: BatchComparison;
  readonly right: Batch;
  readonly gridRef: RefObject<HTMLDivElement | null>;
  readonly onCloseRow: () => void;
}

function Compared({ comparison, right, gridRef, onCloseRow }: ComparedProps) {
  const agreements = useMemo(() => agreementOf(comparison), [comparison]);
  const unpaired = unpairedWords(comparison.onlyLeft, comparison.onlyRight);
  const isEmpty = useStore(comparing.store, (state) => state.order.length === 0);
  // The button that led here is gone with its view.
  useEffect(() => gridRef.current?.focus(), [gridRef]);
  if (comparison.questions.length === 0) {
    return <p className={styles.none}>These batches have no question in common. {unpaired}</p>;
  }
  return (
    <>
      <div className={styles.summary}>
        <p role="status">{agreementWords(sumOf(agreements))}</p>
        {unpaired !== null && <p className={styles.told}>{unpaired}</p>}
      </div>
      <CompareToolbar comparison={comparison} agreements={agreements} />
      {isEmpty ? (
        <p className={styles.none}>No file.</p>
      ) : (
        <CompareGrid comparison={comparison} root={right.dropped} gridRef={gridRef} onCloseRow={onCloseRow} />
      )}
    </>
  );
}

interface OpenRowProps extends CompareViewProps {
  readonly comparison: BatchComparison;
  readonly onClose: () => void;
}

function OpenRow({ left, right, comparison, onClose }: OpenRowProps) {
  const cursor = useStore(comparing.store, (state) => state.cursor);
  // Rows are in memory, not in the state.
  useStore(comparing.store, (state) => state.revision);
  const row = comparing.row(cursor);
  if (row === undefined) return <Skeleton lines={6} />;
  return (
    <CompareDetail
      comparison={comparison}
      row={row}
      root={right.dropped}
      leftId={left.id}
      rightId={right.id}
      onClose={onClose}
    />
  );
}
