import type { Problem } from '../../../shared/problem.ts';
import type { WatchEntry } from '../../../shared/watch-data.ts';
import type { Emit } from '../../common/emit.ts';
import type { Store } from '../../store/store.ts';
import { createWatchNews } from './watch-news.ts';

export interface WatchRecordParts {
  readonly store: Pick<Store, 'read' | 'write'>;
  readonly emit: Emit;
  readonly now: () => number;
}

/** Puts on record what watches did, and why they do not, and tells of it. */
export interface WatchRecord {
  note(batchId: string, entry: WatchEntry): Promise<void>;
  /** Why changes are not seen at once; null if they are. */
  setTrouble(batchId: string, trouble: Problem | null): Promise<void>;
  /** Why files that were found wait; null if they do not. */
  setHold(batchId: string, hold: Problem | null): Promise<void>;
}

/** @param changed tells whoever shows the batch */
export function createWatchRecord(
  { store: { read, write }, emit, now }: WatchRecordParts,
  changed: (batchId: string) => Promise<void>,
): WatchRecord {
  const news = createWatchNews();

  /** Of what is in the log now. */
  const tell = async (batchId: string, entry: WatchEntry) => {
    const isNews = news(batchId, entry);
    const setup = await read.readBatch(batchId);
    if (setup !== null) emit('batch.watched', { batchId, name: setup.batch.name, entry, isNews });
    await changed(batchId);
  };

  return {
    note: async (batchId, entry) => {
      await write.addEntry(batchId, entry, now());
      await tell(batchId, entry);
    },
    setTrouble: async (batchId, trouble) => {
      const change = await write.setWatchTrouble(batchId, trouble, now());
      if (change?.entry) await tell(batchId, change.entry);
    },
    setHold: async (batchId, hold) => {
      const change = await write.setWatchHold(batchId, hold, now());
      if (change?.entry) await tell(batchId, change.entry);
      else if (change !== null) await changed(batchId);
    },
  };
}
