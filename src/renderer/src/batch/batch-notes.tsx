import { CircleStop, FolderOpen } from 'lucide-react';
import { useStore } from 'zustand';
import type { Batch, ExportProgress, LookProgress } from '../../../shared/batch-data.ts';
import { type Recipe, sendingOf, sendingWords } from '../../../shared/recipe.ts';
import { ProblemButton } from '../platform/problem-button.tsx';
import { Button } from '../ui/button.tsx';
import { ErrorNote, Note } from '../ui/error-note.tsx';
import { formatBytes, formatCount, formatNumber } from '../ui/format.ts';
import { ProgressBar } from '../ui/progress.tsx';
import styles from './batch-notes.module.css';
import { batches } from './batches.ts';
import { WatchNotes } from './watch-notes.tsx';

/** What the user should know about the batch now, above its table: at most its state, its problem and the last action. */
export function BatchNotes({ batch }: { readonly batch: Batch }) {
  const notice = useStore(batches.store, (state) => state.notice);
  const exporting = useStore(batches.store, (state) => state.exporting);
  const exportsThis = exporting?.batchId === batch.id ? exporting : null;
  const looking = useStore(batches.store, (state) => state.looking);
  const looksHere = looking?.batchId === batch.id ? looking : null;
  const concernsThis = notice !== null && (notice.batchId === null || notice.batchId === batch.id);
  const state = stateNote(batch);
  const stopped = batch.problem !== null && batch.status !== 'running' ? batch.problem : null;
  const isHeld = batch.watch !== null && (batch.watch.hold !== null || batch.watch.trouble !== null);
  const tells = concernsThis || exportsThis !== null || looksHere !== null || isHeld;
  if (state === null && stopped === null && !tells) return null;
  const dismiss = (
    <Button size="small" variant="ghost" onClick={batches.dismissNotice}>
      Dismiss
    </Button>
  );
  return (
    <div className={styles.notes}>
      {stopped !== null && <ErrorNote problem={stopped} actions={<ProblemButton problem={stopped} />} />}
      <WatchNotes batch={batch} />
      {state !== null && <Note tone={state.tone}>{state.words}</Note>}
      {exportsThis !== null && <ExportNote progress={exportsThis} />}
      {looksHere !== null && <LookNote progress={looksHere} />}
      {concernsThis && notice.kind === 'problem' && (
        <ErrorNote
          problem={notice.problem}
          actions={
            <>
              <ProblemButton problem={notice.problem} />
              {dismiss}
            </>
          }
        />
      )}
      {concernsThis && notice.kind === 'saved' && (
        <Note
          tone="neutral"
          actions={
            <>
              <Button size="small" icon={<FolderOpen />} onClick={() => void batches.revealExport(batch.id)}>
                Show in folder
              </Button>
              {dismiss}
            </>
          }
        >
          Saved to <span className={styles.path}>{notice.path}</span>
        </Note>
      )}
    </div>
  );
}

function ExportNote({ progress: { batchId, written, total } }: { readonly progress: ExportProgress }) {
  const words = `Exporting ${formatNumber(written)} of ${formatCount(total, 'file')}`;
  return (
    <Note
      tone="neutral"
      actions={
        <Button size="small" icon={<CircleStop />} onClick={() => void batches.stopExport(batchId)}>
          Stop export
        </Button>
      }
    >
      <span className={styles.exporting}>
        {words}
        <ProgressBar value={total === 0 ? null : written / total} label="Progress of the export" valueText={words} />
      </span>
    </Note>
  );
}

function LookNote({ progress: { batchId, names } }: { readonly progress: LookProgress }) {
  const met = names === 0 ? '' : ` · ${formatCount(names, 'name')} so far`;
  return (
    <Note
      tone="neutral"
      actions={
        <Button size="small" icon={<CircleStop />} onClick={() => void batches.stopLooking(batchId)}>
          Stop looking
        </Button>
      }
    >
      <span className={styles.exporting}>
        Looking for new and edited files{met}
        <ProgressBar value={null} label="Looking for new files" />
      </span>
    </Note>
  );
}

function stateNote(batch: Batch): { tone: 'amber' | 'neutral'; words: string } | null {
  const { status, counts, bytes, local, host, model, llm, problem, startedAt, recipe } = batch;
  const files = `${formatCount(counts.queued, 'file')} (${formatBytes(bytes)})`;
  const left = counts.total - counts.done - counts.failed;
  const progress =
    counts.done === 0
      ? 'No file is done yet.'
      : `${formatNumber(counts.done)} of ${formatCount(counts.total, 'file')} ${counts.done === 1 ? 'is' : 'are'} done and kept.`;
  switch (status) {
    case 'ready':
      if (startedAt !== null) return { tone: 'neutral', words: waitingForGo(batch) };
      if (!llm) return null;
      return {
        tone: 'neutral',
        words: local
          ? `${whatGoes(recipe)} of ${files} will go to ${model} at ${host}, on this machine. Nothing has been sent yet.`
          : `${whatGoes(recipe)} of ${files} will be sent to ${host}, to be read by ${model}. Nothing has been sent yet.`,
      };
    case 'interrupted':
      // The problem says why; what is done and what is left stands below it.
      if (problem !== null) return null;
      return {
        tone: 'amber',
        words: `Docket closed while this batch ran. ${progress} Resume goes on with the others; no finished file is run again.${llm ? underWay(host) : ''}`,
      };
    case 'cancelled':
      return left > 0 ? { tone: 'amber', words: `Cancelled. ${progress} Resume goes on with the others.` } : null;
    case 'finished':
      if (counts.total > 0) return null;
      return { tone: 'neutral', words: 'No file was found in what was dropped.' };
    case 'collecting':
    case 'running':
      return null;
  }
}

/** They are in doubt in the history. */
function underWay(host: string): string {
  return ` Requests that were under way may have reached ${host}; they are sent again.`;
}

function whatGoes(recipe: Recipe): string {
  return { text: 'The text', pages: 'Pictures of the pages', both: 'Text and pictures of the pages' }[
    sendingOf(recipe)
  ];
}

/** Of a batch that ran before: a trial, or another recipe. */
function waitingForGo({ counts, llm, local, host, model, recipe }: Batch): string {
  const where = llm ? ` by ${model} at ${host}${local ? ', on this machine' : ''}` : '';
  const kept = counts.done > 0 ? `${formatCount(counts.done, 'file')} done and kept. ` : '';
  const sending = llm ? sendingOf(recipe) : 'text';
  const sent = sending === 'text' ? '' : `, with ${sendingWords[sending]}`;
  return `${kept}${formatCount(counts.queued, 'file')} waiting to be asked${where}${sent}. What was answered is not asked again.`;
}
