import { StoreError } from './store-error.ts';
import { startStoreThread } from './store-thread.ts';

export interface BackgroundCheck {
  /** Resolves when no table is being looked at any more. */
  stop(): Promise<void>;
}

/** Looks through a store on a thread of its own, table by table, so that it can stop between two. */
export function checkInBackground(workerUrl: URL, file: string, onDamage: () => void): BackgroundCheck {
  let stopping = false;
  const check = async () => {
    const thread = await startStoreThread(workerUrl, { mode: 'read', file, flushAfterMs: 0 });
    try {
      for (const table of (await thread.call('tableNames', [], true)) as readonly string[]) {
        if (stopping) return;
        if (!(await thread.call('isTableWhole', [table], true))) return onDamage();
      }
    } finally {
      await thread.close();
    }
  };
  const checked = check().catch((error: unknown) => {
    if (error instanceof StoreError && error.reason === 'damaged') onDamage();
    // Whatever else keeps a table from being read shows itself where it is needed.
  });
  return {
    stop: () => {
      stopping = true;
      return checked;
    },
  };
}
