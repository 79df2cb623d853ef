/** Tells a person who looks elsewhere that a batch has come to its end, or that it or its watch has stopped by itself. */
import type { Batch, BatchProgress, BatchStatus } from '../../shared/batch-data.ts';
import { whatHappened } from '../../shared/problem-words.ts';
import type { WatchEvent } from '../../shared/watch-data.ts';

/** Words for the system's notification: the batch's name and counts, nothing out of its files. */
export interface BatchNotice {
  readonly batchId: string;
  readonly title: string;
  readonly body: string;
}

export interface BatchNotices {
  progress(progress: Pick<BatchProgress, 'batch'>): void;
  watched(event: WatchEvent): void;
  setWanted(wanted: boolean): void;
}

/** @param isInSight whether a person looks at Docket. */
export function createBatchNotices(isInSight: () => boolean, show: (notice: BatchNotice) => void): BatchNotices {
  const statuses = new Map<string, BatchStatus>();
  let wanted = true;
  return {
    progress: ({ batch }) => {
      const before = statuses.get(batch.id);
      statuses.set(batch.id, batch.status);
      if (!wanted || before === batch.status || isInSight()) return;
      const notice = noticeOf(batch);
      if (notice !== null) show(notice);
    },
    watched: (event) => {
      if (!wanted || !event.isNews || isInSight()) return;
      const notice = noticeOfWatch(event);
      if (notice !== null) show(notice);
    },
    setWanted: (next) => {
      wanted = next;
    },
  };
}

/** Null while nothing is to be told: who cancels a batch or closes Docket knows it. */
export function noticeOf({ id, name, status, counts, problem, watch }: Batch): BatchNotice | null {
  const failed = counts.failed === 0 ? '' : `, ${thousands(counts.failed)} failed`;
  switch (status) {
    case 'finished':
      // A watch works quietly: what it did is on record.
      if (watch?.hasBatch === true) return null;
      return { batchId: id, title: `${name}: finished`, body: `${files(counts.done)} done${failed}.` };
    case 'interrupted': {
      // Told as what holds the watch.
      if (watch?.hasBatch === true) return null;
      const left = counts.total - counts.done - counts.failed;
      const body = `${files(counts.done)} done${failed}, ${thousands(left)} left. Docket says why, and can go on.`;
      return problem === null ? null : { batchId: id, title: `${name}: stopped`, body };
    }
    case 'collecting':
    case 'ready':
    case 'running':
    case 'cancelled':
      return null;
  }
}

/** Null while nothing keeps a watch from its work. The path of the folder is for the window alone. */
export function noticeOfWatch({ batchId, name, entry }: WatchEvent): BatchNotice | null {
  if (entry.what === 'held') {
    return { batchId, title: `${name}: new files wait`, body: whatHappened(entry.problem) };
  }
  if (entry.what !== 'trouble' || entry.problem?.code !== 'watch_trouble') return null;
  const title = `${name}: its folder is not watched`;
  switch (entry.problem.params.reason) {
    case 'gone':
      return { batchId, title, body: 'The folder is not there. Docket goes on once it is back.' };
    case 'empty':
      return { batchId, title, body: 'The folder is empty, as if its drive were not connected.' };
    case 'denied':
      return { batchId, title, body: 'Docket may not look into the folder.' };
    case 'shared':
    case 'too_many':
    case 'not_told':
      return null;
  }
}

function files(count: number): string {
  return count === 1 ? '1 file' : `${thousands(count)} files`;
}

function thousands(count: number): string {
  return count.toLocaleString('en-US');
}
