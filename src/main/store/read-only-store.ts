import { existsSync } from 'node:fs';
import { type Writes, writeOperations } from './operations.ts';
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
 * Opens a store, and where nothing can be written one that is only read: each write of it is refused, so that no call
 * can begin.
 * @throws FolderInUseError, ReadOnlyFolderError when there is nothing to read either, StoreError
 */
export async function openStoreOrRead(dataDir: string, workerUrl: URL, events: StoreEvents): Promise<Store> {
  try {
    return await openStore(dataDir, workerUrl, events);
  } catch (error) {
    if (!(error instanceof ReadOnlyFolderError) || !existsSync(storeFile(dataDir))) throw error;
  }
  const { read, close } = await openStoreForReading(dataDir, workerUrl);
  const refuse = async () => {
    throw new StoreError('The data folder may only be read.', 'SQLITE_READONLY');
  };
  return {
    read,
    write: client<Writes>(Object.keys(writeOperations), refuse),
    recovery: NOTHING_RECOVERED,
    salvage: null,
    isReadOnly: true,
    expectSave: () => {},
    saveTo: refuse,
    close,
  };
}
