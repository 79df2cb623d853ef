import { existsSync } from 'node:fs';
import type { Writes } from './operations.ts';
import {
  client,
  NOTHING_RECOVERED,
  openStore,
  openStoreForReading,
  ReadOnlyFolderError,
  type Store,
  type StoreEvents,
  storeFile,
} from './store.ts';
import { StoreError } from './store-error.ts';

/**
 * Opens a store, or only reads it if it cannot be written. Reading only, every write is refused, so no call can start.
 * @throws FolderInUseError; ReadOnlyFolderError when there is nothing to read either; StoreError
 */
export async function openStoreOrRead(dataDir: string, workerUrl: URL, events: StoreEvents): Promise<Store> {
  try {
    return await openStore(dataDir, workerUrl, events);
  } catch (error) {
    if (!(error instanceof ReadOnlyFolderError) || !existsSync(storeFile(dataDir))) throw error;
  }
  const { read, close } = await openStoreForReading(dataDir, workerUrl);
  const refuse = async () => {
    throw new StoreError('The data folder is read-only.', 'SQLITE_READONLY');
  };
  return {
    read,
    write: client<Writes>(refuse),
    recovery: NOTHING_RECOVERED,
    salvage: null,
    salvageTold: async () => {},
    isReadOnly: true,
    expectSave: () => {},
    saveTo: refuse,
    close,
  };
}
