import { BrowserWindow, powerSaveBlocker } from 'electron';
import type { BatchProgress } from '../../shared/batch-data.ts';

/** While a batch runs, shows progress on the app's icon and keeps the system awake. */
export interface LongWork {
  progress(progress: BatchProgress): void;
}

export function createLongWork(): LongWork {
  const running = new Map<string, { readonly finished: number; readonly total: number; readonly waits: boolean }>();
  let blocker: number | null = null;

  const show = () => {
    const works = [...running.values()];
    const total = works.reduce((sum, work) => sum + work.total, 0);
    const finished = works.reduce((sum, work) => sum + work.finished, 0);
    const fraction = works.length === 0 ? -1 : finished / Math.max(total, 1);
    for (const window of BrowserWindow.getAllWindows()) window.setProgressBar(fraction);
  };

  return {
    progress: ({ batch, waiting }) => {
      const { done, failed, total } = batch.counts;
      if (batch.status === 'running')
        running.set(batch.id, { finished: done + failed, total, waits: waiting?.since != null });
      else running.delete(batch.id);
      show();
      // No need to stay awake for a host that is away: the batch continues after sleep.
      if ([...running.values()].some(({ waits }) => !waits))
        blocker ??= powerSaveBlocker.start('prevent-app-suspension');
      else if (blocker !== null) {
        powerSaveBlocker.stop(blocker);
        blocker = null;
      }
    },
  };
}
