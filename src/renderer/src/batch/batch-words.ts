import type {
  Batch,
  BatchCounts,
  BatchStatus,
  BatchTokens,
  ItemFilter,
  LookedAgain,
  RecognisingItem,
} from '../../../shared/batch-data.ts';
import type { ItemView } from '../../../shared/item-view.ts';
import type { Problem } from '../../../shared/problem.ts';
import { whatHappened } from '../../../shared/problem-words.ts';
import { sendingOf, sendingWords } from '../../../shared/recipe.ts';
import { formatClockTime, formatCount, formatDuration, formatNumber } from '../ui/format.ts';
import { tryingAgainWords } from '../ui/seconds-left.ts';
import type { BatchPace } from './batch-pace.ts';

export function filterTotal(counts: BatchCounts, filter: ItemFilter): number {
  return filter === 'all' ? counts.total : counts[filter];
}

/** Files that need nothing more. */
export function settledCount({ done, failed }: BatchCounts): number {
  return done + failed;
}

export function isBusy(status: BatchStatus): boolean {
  return status === 'running' || status === 'collecting';
}

/** A batch that has come to its end did not succeed by that. */
export function shownStatus({ status, counts }: Batch): BatchStatus | 'failed' | 'partly_failed' {
  if (status !== 'finished' || counts.failed === 0) return status;
  return counts.failed === counts.total ? 'failed' : 'partly_failed';
}

/** "412 of 1,000 files". */
export function progressWords({ status, counts }: Batch): string {
  if (status === 'collecting') return `${formatCount(counts.total, 'file')} so far`;
  return `${formatNumber(settledCount(counts))} of ${formatCount(counts.total, 'file')}`;
}

/** "8.2 files/s · 1 min 10 s left"; of a batch that stands still it would be that of before. */
export function paceWords(pace: BatchPace | undefined): string | null {
  if (pace === undefined || pace.waiting !== null) return null;
  const words: string[] = [];
  if (pace.filesPerSecond !== null) words.push(rateWords(pace.filesPerSecond));
  if (pace.remainingMs !== null) words.push(`${formatRemaining(pace.remainingMs)} left`);
  return words.length === 0 ? null : words.join(' · ');
}

/**
 * What a batch that stands still waits for.
 * @param since when its host went away, if it has; of a wait of hours that is what one wants to know.
 */
export function waitingWords(problem: Problem, secondsLeft: number, since: number | null = null): string {
  const waiting = since === null ? 'Waiting' : `Waiting since ${formatClockTime(since)}`;
  return `${waiting}: ${whatHappened(problem)} ${tryingAgainWords(secondsLeft)}.`;
}

/** Stops that are shorter than that are not told beside a batch's time at work. */
const SHORTEST_TOLD_STOP_MS = 5_000;

/** How long a finished batch was at work; of one that was stopped in between also when it began. */
export function tookWords({ status, startedAt, finishedAt, workedMs }: Batch): string | null {
  if (status !== 'finished' || startedAt === null || finishedAt === null) return null;
  const spanMs = finishedAt - startedAt;
  // Whether it was stopped in between was not kept.
  if (workedMs === null) return `finished ${formatRemaining(spanMs)} after its start`;
  const took = `took ${formatRemaining(workedMs)}`;
  return spanMs - workedMs < SHORTEST_TOLD_STOP_MS
    ? took
    : `${took}, finished ${formatRemaining(spanMs)} after its start`;
}

/** A slow batch is told by the minute: "0.1 files/s" says nothing. */
function rateWords(filesPerSecond: number): string {
  const oneDigit = (value: number) => value.toLocaleString(undefined, { maximumFractionDigits: value < 10 ? 1 : 0 });
  return filesPerSecond >= 1 ? `${oneDigit(filesPerSecond)} files/s` : `${oneDigit(filesPerSecond * 60)} files/min`;
}

/** "Recognising picture 3 of 12"; a scanned page is a picture, too. Null while none is recognised. */
export function recognisingWords(items: readonly RecognisingItem[]): string | null {
  if (items.length === 0) return null;
  const of = items.reduce((sum, item) => sum + item.of, 0);
  const done = items.reduce((sum, item) => sum + item.done, 0);
  const picture = `Recognising picture ${formatNumber(Math.min(of, done + 1))} of ${formatNumber(of)}`;
  return items.length === 1 ? picture : `${picture} in ${formatCount(items.length, 'file')}`;
}

/** Tenths of a second would flicker. */
function formatRemaining(ms: number): string {
  return formatDuration(Math.max(1_000, Math.round(ms / 1_000) * 1_000));
}

/** The second line of a batch in the list: what counts most about it now. */
export function listWords({ status, counts }: Batch): string {
  const failed = counts.failed > 0 ? ` · ${formatNumber(counts.failed)} failed` : '';
  switch (status) {
    case 'collecting':
      return `Reading folders · ${formatCount(counts.total, 'file')}`;
    case 'ready':
      return `${formatCount(counts.total, 'file')} · ready`;
    case 'running':
    case 'interrupted':
    case 'cancelled':
      return `${formatNumber(settledCount(counts))} of ${formatNumber(counts.total)}${failed}`;
    case 'finished':
      return `${formatCount(counts.total, 'file')}${failed}`;
  }
}

/** What a batch asks, and whom: what tells two batches over one folder apart. */
export function askedWords(batch: Pick<Batch, 'recipe' | 'model' | 'llm' | 'temperature'>): string {
  const { recipe, model, llm, temperature } = batch;
  if (!llm) return `built-in engine · ${recipe.name}`;
  const sending = sendingOf(recipe);
  // As Docket asks unless it is told otherwise.
  const sent = sending === 'text' ? '' : `, ${sendingWords[sending]}`;
  const name = `${recipe.name}${sent}`;
  return temperature === 0 ? `${model} · ${name}` : `${model}, temperature ${temperature} · ${name}`;
}

/** "Checked 12 of 40"; null while nothing is ticked. */
export function checkedWords({ checked, total }: BatchCounts): string | null {
  return checked === 0 ? null : `Checked ${formatNumber(checked)} of ${formatNumber(total)}`;
}

/** "12,345 tokens (1,024 cached, 300 of reasoning)"; null if none was counted. */
export function batchTokenWords({ total, cached, reasoning, uncounted }: BatchTokens): string | null {
  if (total === 0) return null;
  const parts = [
    ...(cached === 0 ? [] : [`${formatNumber(cached)} cached`]),
    ...(reasoning === 0 ? [] : [`${formatNumber(reasoning)} of reasoning`]),
    ...(uncounted === 0 ? [] : [`without ${formatCount(uncounted, 'call')} that the server did not count`]),
  ];
  return parts.length === 0 ? formatCount(total, 'token') : `${formatCount(total, 'token')} (${parts.join(', ')})`;
}

/** "12 files with notes". */
export function notedWords(noted: number): string {
  return `${formatCount(noted, 'file')} with notes`;
}

/** "3 files removed". */
export function removedWords(removed: number): string {
  return `${formatCount(removed, 'file')} removed`;
}

/** What another look at a batch's folder has found. */
export function lookedWords({ batch, added, edited, renamed, gone, stopped }: LookedAgain): {
  readonly title: string;
  readonly detail?: string;
} {
  const found = [
    added === 0 ? null : formatCount(added, 'new file'),
    edited === 0 ? null : `${formatCount(edited, 'file')} edited`,
    renamed === 0 ? null : `${formatCount(renamed, 'file')} renamed`,
    gone === 0 ? null : `${formatCount(gone, 'file')} gone`,
  ].filter((words) => words !== null);
  const waits = batch.status === 'ready' ? 'They wait until you start the batch.' : undefined;
  if (stopped) {
    const soFar = found.length === 0 ? 'Nothing new was found by then.' : `Found by then: ${found.join(', ')}.`;
    return { title: 'Stopped looking', detail: [soFar, found.length > 0 && waits].filter(Boolean).join(' ') };
  }
  if (found.length === 0) return { title: 'Nothing new', detail: `${batch.name} has no new or edited files.` };
  return { title: found.join(', '), ...(waits === undefined ? {} : { detail: waits }) };
}

/** What a screen reader is told when a batch changes its state; counts and seconds are not read out. */
export function stateWords({ name, status, counts, host }: Batch, waits: boolean): string {
  switch (status) {
    case 'collecting':
      return `${name}: reading folders.`;
    case 'ready':
      return `${name}: ${formatCount(counts.total, 'file')}, ready to start.`;
    case 'running':
      return waits ? `${name}: waiting until ${host} takes calls again.` : `${name}: running.`;
    case 'cancelled':
      return `${name}: cancelled, ${formatNumber(counts.done)} done.`;
    case 'interrupted':
      return `${name}: interrupted, ${formatNumber(counts.done)} of ${formatNumber(counts.total)} done.`;
    case 'finished':
      return `${name}: finished, ${formatNumber(counts.done)} done, ${formatNumber(counts.failed)} failed.`;
  }
}

export const filterNames: Readonly<Record<ItemFilter, string>> = {
  all: 'All',
  done: 'Done',
  failed: 'Failed',
  noted: 'With notes',
  queued: 'Queued',
  cancelled: 'Cancelled',
  removed: 'Removed',
};

/** Why a list is empty. */
export function emptyViewWords({ only, search, filters }: ItemView): string {
  return search.trim() !== '' || filters.length > 0 ? 'No file matches.' : emptyFilterWords(only);
}

function emptyFilterWords(filter: ItemFilter): string {
  switch (filter) {
    case 'all':
      return 'No files.';
    case 'done':
      return 'No file is done yet.';
    case 'failed':
      return 'No file failed.';
    case 'noted':
      return 'No file has a note.';
    case 'queued':
      return 'No file waits.';
    case 'cancelled':
      return 'No file was cancelled.';
    case 'removed':
      return 'No file was removed.';
  }
}
