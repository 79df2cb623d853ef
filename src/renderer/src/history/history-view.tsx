import { History as HistoryIcon } from 'lucide-react';
import { type RefObject, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { useTarget } from '../platform/navigation-store.ts';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { DetailSplit } from '../ui/detail-split.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { formatCount } from '../ui/format.ts';
import { Skeleton } from '../ui/progress.tsx';
import { CallDetailPane } from './call-detail.tsx';
import { CallGrid } from './call-grid.tsx';
import { history } from './calls.ts';
import { useSearchFocus } from './history-commands.ts';
import { HistoryFilters } from './history-filters.tsx';
import { isFiltered, queryOf } from './history-query.ts';
import styles from './history-view.module.css';

/** Every call ever made, readable without a network. */
export function HistoryView() {
  const isOpen = useStore(history.store, (state) => state.detail.status !== 'closed');
  const searchRef = useRef<HTMLInputElement>(null);
  const gridRef = useRef<HTMLDivElement>(null);
  useEffect(() => history.connect(), []);
  useSearchFocus(searchRef);
  useTarget('history', ({ callId, filter }) => {
    if (filter !== undefined) history.ask(queryOf(filter, new Date()));
    if (callId !== undefined) void history.show(callId);
  });
  const close = () => {
    history.close();
    gridRef.current?.focus();
  };
  const clear = () => {
    history.clear();
    searchRef.current?.focus();
  };
  return (
    <div className={styles.view}>
      <HistoryFilters searchRef={searchRef} onClear={clear} />
      <DetailSplit id="call" label="Call" pane={isOpen ? <CallDetailPane onClose={close} /> : null} onClose={close}>
        <Calls gridRef={gridRef} onClear={clear} />
      </DetailSplit>
    </div>
  );
}

interface CallsProps {
  readonly gridRef: RefObject<HTMLDivElement | null>;
  readonly onClear: () => void;
}

function Calls({ gridRef, onClear }: CallsProps) {
  const rows = useStore(history.store, (state) => state.rows);
  const problem = useStore(history.store, (state) => state.problem);
  const loading = useStore(history.store, (state) => state.loading);
  const query = useStore(history.store, (state) => state.query);
  if (rows === null) {
    return (
      <div className={styles.waiting}>
        {problem === null ? (
          <Skeleton lines={8} />
        ) : (
          <ErrorNote problem={problem} actions={<Button onClick={() => void history.retry()}>Try again</Button>} />
        )}
      </div>
    );
  }
  if (rows.length === 0 && problem === null) {
    return isFiltered(query) ? (
      <EmptyState
        icon={<HistoryIcon />}
        title="No matching calls"
        actions={<Button onClick={onClear}>Clear filters</Button>}
      >
        The search covers questions, replies and file names.
      </EmptyState>
    ) : (
      <EmptyState icon={<HistoryIcon />} title="No calls yet">
        Each call to a model or to the built-in engine is recorded here before it is sent, and stays readable without a
        network.
      </EmptyState>
    );
  }
  return (
    // The previous result is dimmed until the new one arrives, with a delay so that a fast one does not flicker.
    <div className={cx(styles.list, loading === 'all' && styles.old)} aria-busy={loading === 'all'}>
      <NewerCalls gridRef={gridRef} />
      <CallGrid rows={rows} gridRef={gridRef} />
    </div>
  );
}

/** Rows never move while the user reads; new calls wait at the top. */
function NewerCalls({ gridRef }: { readonly gridRef: RefObject<HTMLDivElement | null> }) {
  const newer = useStore(history.store, (state) => state.newer);
  const isMore = useStore(history.store, (state) => state.newerIsMore);
  const startsBefore = useStore(history.store, (state) => state.startsBefore);
  const later = startsBefore !== null;
  const words = later
    ? 'Back to the newest calls'
    : `${formatCount(newer, isMore ? 'or more new calls' : 'new call', isMore ? 'or more new calls' : 'new calls')}`;
  return (
    <div className={styles.newer} aria-live="polite">
      {(later || newer > 0) && (
        <Button
          size="small"
          className={styles.pill}
          onClick={() => {
            gridRef.current?.scrollTo({ top: 0 });
            if (later) void history.showNewest();
            else history.setTop(null);
          }}
        >
          {words}
        </Button>
      )}
    </div>
  );
}
