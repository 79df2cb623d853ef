/** Tells a terminal, or whoever reads a log, how a batch gets on and how it ended. */
import type { Batch, BatchProgress, BatchWait } from '../../shared/batch-data.ts';
import { passedOverWords, WHY_PASSED_OVER } from '../../shared/passed-over.ts';
import { problemSentence, whatHappened } from '../../shared/problem-words.ts';
import { notedWords, removedWords } from '../batch/export/export-words.ts';
import { localTime, type Progress } from './output.ts';

export interface Reporter {
  progress(progress: BatchProgress): void;
  end(batch: Batch): void;
}

/** Puts the time first, because a narrow terminal cuts off the end. */
function waitingWords({ problem, remainingMs, since }: BatchWait): string {
  const seconds = Math.round(remainingMs / 1000);
  const away = since === null ? '' : ` (waiting since ${localTime(since)})`;
  return `Trying again ${seconds === 0 ? 'now' : `in ${seconds} s`}${away}: ${whatHappened(problem)}`;
}

/** Reports how far the walk has come: continuously on a terminal, elsewhere only that it began. */
function showReading(stream: Progress, soFar: string, isFirst: boolean): void {
  if (stream.isTerminal) stream.showStatus(`Reading folders: ${soFar} so far`);
  else if (isFirst) stream.write('Reading folders.\n');
}

/** Into a file or a pipe, a batch that waits says so again after this time, then after twice as long each, up to an hour. */
const FIRST_REMINDER_MS = 10_000;
const LONGEST_REMINDER_MS = 3_600_000;

/** Whether to write, after the batch began to wait, that it still does. */
function createReminders(now: () => number): { due(isWaiting: boolean): boolean } {
  let pauseMs = 0;
  let nextAt = 0;
  return {
    due: (isWaiting) => {
      if (!isWaiting) {
        pauseMs = 0;
        return false;
      }
      if (pauseMs > 0 && now() < nextAt) return false;
      pauseMs = pauseMs === 0 ? FIRST_REMINDER_MS : Math.min(pauseMs * 2, LONGEST_REMINDER_MS);
      nextAt = now() + pauseMs;
      return true;
    },
  };
}

/**
 * On a terminal, rewrites one line. Elsewhere, prints a line at every tenth, whenever the batch starts to wait, and from
 * time to time while it does.
 * @param now milliseconds of a monotonic clock.
 */
export function createReporter(stream: Progress, now: () => number = () => performance.now()): Reporter {
  const reminders = createReminders(now);
  let lastTenth = -1;
  let saidReading = false;
  return {
    progress: ({ batch, filesPerSecond, remainingMs, waiting, namesSeen }) => {
      const { done, failed, total } = batch.counts;
      if (batch.status === 'collecting') {
        showReading(stream, total === 0 ? `${namesSeen ?? 0} names` : `${total} files`, !saidReading);
        saidReading = true;
        return;
      }
      if (total === 0) return;
      const finishedFiles = done + failed;
      const rate = filesPerSecond === null ? '' : `, ${filesPerSecond.toFixed(1)} files/s`;
      const left = remainingMs === null ? '' : `, ${Math.ceil(remainingMs / 1000)} s left`;
      const pace = waiting === null ? `${rate}${left}` : `. ${waitingWords(waiting)}`;
      const text = `${finishedFiles} of ${total} files${failed > 0 ? `, ${failed} failed` : ''}${pace}`;
      const tenth = Math.floor((finishedFiles / total) * 10);
      const isReminded = reminders.due(waiting !== null);
      if (stream.isTerminal) stream.showStatus(text);
      else if (tenth !== lastTenth || isReminded) stream.write(`${text}\n`);
      lastTenth = tenth;
    },
    end: (batch) => {
      const { done, failed, total, noted, removed } = batch.counts;
      const open = total - done - failed;
      stream.write(
        `${done} of ${total} files finished, ${failed} failed${notedWords(noted)}${open > 0 ? `, ${open} not run` : ''}${removedWords(removed)}.\n`,
      );
      if (batch.skipped > 0) stream.write(`${passedOverWords(batch.skipped)}: ${WHY_PASSED_OVER}.\n`);
      if (total === 0 && batch.status === 'finished') stream.write('There were no files to analyse.\n');
      if (batch.problem !== null) stream.write(`${problemSentence(batch.problem, 'terminal')}\n`);
    },
  };
}
