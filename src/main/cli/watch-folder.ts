/** A folder that is watched from the command line: until Ctrl+C, or until nothing can be recorded any more. */
import { once } from 'node:events';
import type { Batch } from '../../shared/batch-data.ts';
import { problemSentence } from '../../shared/problem-words.ts';
import { defaultLimits, type WatchEvent, type WatchLimits } from '../../shared/watch-data.ts';
import { entryWords, limitWords, namesOfEntry } from '../../shared/watch-words.ts';
import type { Batches } from '../batch/batches.ts';
import { localTime, oneLine, type Progress } from './output.ts';

/** Nothing else keeps the process alive while nothing comes. */
const ALIVE_MS = 60_000;

interface WatchFolderParts {
  readonly batches: Pick<Batches, 'watch' | 'unwatch' | 'settled'>;
  readonly limits: Partial<WatchLimits>;
  readonly progress: Pick<Progress, 'write'>;
  /** Calls back with what the watch does. */
  readonly listen: (listener: (event: WatchEvent) => void) => void;
  /** Told when files were asked. */
  readonly onAsked: () => void;
  /** The end; its reason is `store_failed` where nothing can be recorded any more. */
  readonly ended: AbortSignal;
}

/** @returns whether it was watched; if not, why is told. */
export async function watchFolder(
  batch: Batch,
  { batches, limits: chosen, progress, listen, onAsked, ended }: WatchFolderParts,
): Promise<boolean> {
  const limits = { ...(batch.watch?.limits ?? defaultLimits(batch.local)), ...chosen };
  listen(({ batchId, entry }) => {
    if (batchId !== batch.id) return;
    const names = namesOfEntry(entry);
    const words = names === null ? entryWords(entry) : `${entryWords(entry)}: ${names}`;
    progress.write(`${localTime(Date.now())} ${oneLine(words)}\n`);
    if (entry.what === 'asked') onAsked();
  });
  const started = await batches.watch(batch.id, limits);
  if (!started.ok) {
    progress.write(`${problemSentence(started.error, 'terminal')}\n`);
    return false;
  }
  progress.write(`Watching, ${limitWords(limits)}. Ctrl+C ends it.\n`);
  const alive = setInterval(() => {}, ALIVE_MS);
  if (!ended.aborted) await once(ended, 'abort');
  clearInterval(alive);
  await batches.settled(batch.id);
  // A window may have had it watched before; else it would go on with what this command began.
  if (batch.watch === null && ended.reason !== 'store_failed') await batches.unwatch(batch.id);
  return true;
}
