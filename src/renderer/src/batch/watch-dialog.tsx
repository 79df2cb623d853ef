import { useEffect, useState } from 'react';
import type { Batch } from '../../../shared/batch-data.ts';
import type { Problem } from '../../../shared/problem.ts';
import type { Result } from '../../../shared/result.ts';
import { defaultLimits, type LoggedEntry, type WatchLimits } from '../../../shared/watch-data.ts';
import { entryWords, namesOfEntry } from '../../../shared/watch-words.ts';
import { bridge, request } from '../platform/bridge.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNote, Note } from '../ui/error-note.tsx';
import { Field, NumberField } from '../ui/field.tsx';
import { formatClockTime, formatExactTime } from '../ui/format.ts';
import { Scrolling } from '../ui/scrolling.tsx';
import { closeBatchDialog } from './batch-dialog.ts';
import { tellProblem } from './batch-edits.ts';
import styles from './watch-dialog.module.css';
import { agreementWords, limitSentence, usedWords } from './watch-words.ts';

/** Has the folder of a batch watched, on what terms; for one that is watched, also what was done. */
export function WatchDialog({ batch }: { readonly batch: Batch }) {
  const { id, watch, local, dropped } = batch;
  const [limits, setLimits] = useState<WatchLimits>(watch?.limits ?? defaultLimits(local));
  const isChanged = JSON.stringify(limits) !== JSON.stringify(watch?.limits);
  const save = async () => {
    const result = await request('batch.watch', { batchId: id, limits });
    if (!result.ok) return tellProblem('Not watched', result.error);
    if (watch === null) closeBatchDialog();
  };
  const stop = async () => {
    closeBatchDialog();
    const result = await request('batch.unwatch', { batchId: id });
    if (!result.ok) tellProblem('Still watched', result.error);
  };
  return (
    <Dialog
      open
      onClose={closeBatchDialog}
      title={watch === null ? `Watch ${dropped}` : `Watching ${dropped}`}
      width={520}
      actions={
        watch === null ? (
          <>
            <Button onClick={closeBatchDialog}>Cancel</Button>
            <Button variant="primary" onClick={() => void save()}>
              Watch
            </Button>
          </>
        ) : (
          <>
            <Button onClick={() => void stop()}>Stop watching</Button>
            <Button variant="primary" disabled={!isChanged} onClick={() => void save()}>
              Set limits
            </Button>
          </>
        )
      }
    >
      <div className={styles.form}>
        <p>{agreementWords(batch)} What has come since the folder was read comes first.</p>
        {watch?.trouble != null && <ErrorNote problem={watch.trouble} />}
        <div className={styles.limits}>
          <Field label="Files a day" hint="Empty for no limit">
            <NumberField
              value={limits.filesPerDay}
              onChange={(filesPerDay) => setLimits({ ...limits, filesPerDay })}
              min={1}
              max={1_000_000}
              step={10}
            />
          </Field>
          <Field label="Tokens a day" hint="Empty for no limit">
            <NumberField
              value={limits.tokensPerDay}
              onChange={(tokensPerDay) => setLimits({ ...limits, tokensPerDay })}
              min={1_000}
              max={1_000_000_000}
              step={100_000}
            />
          </Field>
        </div>
        {watch === null ? (
          <Note tone="neutral">
            {limitSentence(limits)} If the provider changes, it stops and asks you. Docket watches while it is open, and
            catches up when it is opened.
          </Note>
        ) : (
          <>
            <p className={styles.used}>{usedWords(watch.usedToday)}</p>
            <Log batch={batch} />
          </>
        )}
      </div>
    </Dialog>
  );
}

function Log({ batch: { id, watch, counts } }: { readonly batch: Batch }) {
  const [result, setResult] = useState<Result<readonly LoggedEntry[], Problem> | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it did shows in the batch
  useEffect(() => {
    let isWanted = true;
    void bridge.request('batch.watchLog', { batchId: id }).then((told) => {
      if (isWanted) setResult(told);
    });
    return () => {
      isWanted = false;
    };
  }, [id, watch, counts]);
  if (result === null) return null;
  if (!result.ok) return <ErrorNote problem={result.error} />;
  return (
    <Scrolling as="section" aria-label="What was done" className={styles.log}>
      <ol>
        {result.value.map((entry) => (
          <li key={entry.id} className={styles.entry}>
            <time dateTime={new Date(entry.at).toISOString()} title={formatExactTime(entry.at)}>
              {formatClockTime(entry.at)}
            </time>
            <div data-selectable>
              <div>{entryWords(entry)}</div>
              <Names entry={entry} />
            </div>
          </li>
        ))}
      </ol>
    </Scrolling>
  );
}

function Names({ entry }: { readonly entry: LoggedEntry }) {
  const names = namesOfEntry(entry);
  return names === null ? null : <div className={styles.names}>{names}</div>;
}
