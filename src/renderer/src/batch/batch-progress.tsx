import { CheckCheck, CircleAlert, Hourglass, ListX, TriangleAlert } from 'lucide-react';
import { useEffect, useEffectEvent, useState } from 'react';
import { useStore } from 'zustand';
import type { Batch } from '../../../shared/batch-data.ts';
import { passedOverWords, WHY_PASSED_OVER } from '../../../shared/passed-over.ts';
import { Button } from '../ui/button.tsx';
import { NumberField } from '../ui/field.tsx';
import { formatCount } from '../ui/format.ts';
import { ProgressBar } from '../ui/progress.tsx';
import { useSecondsLeft } from '../ui/seconds-left.ts';
import { Tooltip } from '../ui/tooltip.tsx';
import type { BatchPace } from './batch-pace.ts';
import styles from './batch-progress.module.css';
import { BatchTokensTold } from './batch-tokens.tsx';
import {
  checkedWords,
  isBusy,
  notedWords,
  paceWords,
  progressWords,
  recognisingWords,
  removedWords,
  settledCount,
  tookWords,
  waitingWords,
} from './batch-words.ts';
import { batches } from './batches.ts';
import { filterOf, withFilter } from './item-filters.ts';

/** One bar for the whole batch, with its count, rate and time left. */
export function BatchProgress({ batch }: { readonly batch: Batch }) {
  const pace = useStore(batches.store, (state) => state.pace.get(batch.id));
  const { status, counts, skipped } = batch;
  const words = progressWords(batch);
  const recognising = status === 'running' && pace !== undefined ? recognisingWords(pace.recognising) : null;
  const paceText = status === 'running' ? paceWords(pace) : tookWords(batch);
  const share = status === 'collecting' || counts.total === 0 ? null : settledCount(counts) / counts.total;
  return (
    <div className={styles.progress}>
      <div className={styles.line}>
        <span className={styles.count}>{words}</span>
        {counts.failed > 0 && (
          <button type="button" className={styles.failed} onClick={() => batches.filter('failed')}>
            <CircleAlert aria-hidden />
            {formatCount(counts.failed, 'file')} failed
          </button>
        )}
        {checkedWords(counts) !== null && (
          <button type="button" className={styles.quiet} title="Show those not checked yet" onClick={showUnchecked}>
            <CheckCheck aria-hidden />
            {checkedWords(counts)}
          </button>
        )}
        {counts.noted > 0 && (
          <button type="button" className={styles.noted} onClick={() => batches.filter('noted')}>
            <TriangleAlert aria-hidden />
            {notedWords(counts.noted)}
          </button>
        )}
        {counts.removed > 0 && (
          <button
            type="button"
            className={styles.quiet}
            title="Show them, to bring them back"
            onClick={() => batches.filter('removed')}
          >
            <ListX aria-hidden />
            {removedWords(counts.removed)}
          </button>
        )}
        {batch.llm && !isBusy(status) && <BatchTokensTold batch={batch} />}
        {paceText !== null && <span className={styles.pace}>{paceText}</span>}
        {recognising !== null && <span className={styles.pace}>{recognising}</span>}
        {skipped > 0 && (
          <span className={styles.pace} title={`Passed over: ${WHY_PASSED_OVER}`}>
            {passedOverWords(skipped)}
          </span>
        )}
        {isBusy(status) && <Concurrency />}
      </div>
      {(share !== null || status === 'collecting') && (
        <ProgressBar
          value={share}
          label="Progress of the batch"
          valueText={words}
          tone={status === 'finished' ? 'green' : 'accent'}
          failed={counts.total === 0 ? 0 : counts.failed / counts.total}
        />
      )}
      {status === 'running' && pace !== undefined && pace.waiting !== null && (
        <Waiting batchId={batch.id} waiting={pace.waiting} />
      )}
    </div>
  );
}

function showUnchecked(): void {
  const { view } = batches.table.store.getState();
  const filter = { ...filterOf(view, 'status'), ticks: ['unchecked'] } as const;
  batches.table.look({ only: 'all', filters: withFilter(view, filter) });
}

interface WaitingProps {
  readonly batchId: string;
  readonly waiting: NonNullable<BatchPace['waiting']>;
}

function Waiting({ batchId, waiting: { problem, until, since } }: WaitingProps) {
  const seconds = useSecondsLeft(until);
  return (
    <div className={styles.waiting}>
      <Hourglass aria-hidden />
      <span data-selectable>{waitingWords(problem, seconds, since)}</span>
      {since !== null && (
        <Button size="small" onClick={() => void batches.tryNow(batchId)}>
          Try now
        </Button>
      )}
    </div>
  );
}

/** Changes what runs, while it runs. */
function Concurrency() {
  const concurrency = useStore(batches.store, (state) => state.concurrency);
  /** Undefined unless the field is being edited; null while it is empty. */
  const [typed, setTyped] = useState<number | null>();
  const send = (value: number | null | undefined) => {
    if (typeof value === 'number' && value >= 1 && value <= 64 && value !== concurrency)
      void batches.setConcurrency(value);
  };
  const sendTyped = useEffectEvent(() => send(typed));
  useEffect(() => {
    if (typeof typed !== 'number') return undefined;
    // Holding a stepper, or typing "12", is one change.
    const timer = setTimeout(sendTyped, 200);
    return () => clearTimeout(timer);
  }, [typed]);
  if (concurrency === null) return null;
  return (
    <Tooltip text="Model calls that batches may have in flight, 1–64. Each file takes three. The chat never waits for them.">
      <div className={styles.concurrency}>
        <span aria-hidden>Calls at once</span>
        <NumberField
          label="Calls at once"
          value={typed === undefined ? concurrency : typed}
          min={1}
          max={64}
          onChange={setTyped}
          onCommit={(value) => {
            send(value);
            setTyped(undefined);
          }}
        />
      </div>
    </Tooltip>
  );
}
