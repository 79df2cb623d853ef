import { StoreError } from './store-error.ts';
import { startStoreThread } from './store-thread.ts';

export interface BackgroundCheck {
  /** Resolves once no table is being checked any more. */
  stop(): Promise<void>;
}

/** Checks a store on its own thread, one table at a time, so that it can stop between tables. */
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
    // Any other failure to read a table surfaces where that table is used.
  });
  return {
    stop: () => {
      stopping = true;
      return checked;
    },
  };
}
