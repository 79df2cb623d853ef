import { useStore } from 'zustand';
import { Button } from '../ui/button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { formatCount } from '../ui/format.ts';
import { Spinner } from '../ui/progress.tsx';
import styles from './call-grid.module.css';
import { history } from './calls.ts';
import { canGrow } from './history-store.ts';

/** Below the last row: loading more, an error, or a button for a new list. */
export function CallListEnd() {
  const loading = useStore(history.store, (state) => state.loading);
  const problem = useStore(history.store, (state) => state.problem);
  const hasOlder = useStore(history.store, (state) => state.nextBefore !== null);
  const growing = useStore(history.store, canGrow);
  const count = useStore(history.store, (state) => state.rows?.length ?? 0);
  if (problem !== null) {
    return (
      <div className={styles.foot}>
        <ErrorNote problem={problem} actions={<Button onClick={() => void history.retry()}>Try again</Button>} />
      </div>
    );
  }
  if (loading === 'more') {
    return (
      <div className={styles.foot}>
        <Spinner label="Reading older calls" />
      </div>
    );
  }
  if (!hasOlder || growing) return null;
  return (
    <div className={styles.foot}>
      <span>{formatCount(count, 'call')} are shown.</span>
      <Button size="small" onClick={() => void history.showOlder()}>
        Go on with older ones
      </Button>
    </div>
  );
}
