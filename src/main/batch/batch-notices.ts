/** Tells a person who looks elsewhere that a batch has come to its end, or stopped by itself. */
import type { Batch, BatchProgress, BatchStatus } from '../../shared/batch-data.ts';

/** Words for the system's notification: the batch's name and counts, nothing out of its files. */
export interface BatchNotice {
  readonly batchId: string;
  readonly title: string;
  readonly body: string;
}

export interface BatchNotices {
  progress(progress: Pick<BatchProgress, 'batch'>): void;
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

function files(count: number): string {
  return count === 1 ? '1 file' : `${thousands(count)} files`;
}

function thousands(count: number): string {
  return count.toLocaleString('en-US');
}
