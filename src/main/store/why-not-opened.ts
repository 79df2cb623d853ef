import { problemSentence } from '../../shared/problem-words.ts';
import { FolderInUseError, ReadOnlyFolderError } from './store.ts';
import { StoreError } from './store-error.ts';
import { storeProblem } from './store-failure.ts';

/** Explains a failure of the store; any other error as it is. */
export function storeErrorInWords(error: unknown, dataDir: string): unknown {
  return error instanceof StoreError ? whyNotOpened(error, dataDir) : error;
}

/** Explains to the user why a data folder could not be opened. */
export function whyNotOpened(error: unknown, dataDir: string): Error {
  if (error instanceof FolderInUseError || error instanceof ReadOnlyFolderError) return error;
  if (error instanceof StoreError && error.reason === 'damaged') {
    return new Error(
      `The history in ${dataDir} is damaged (${error.message}). The window, or the command "batch", recovers what can be read.`,
    );
  }
  if (error instanceof StoreError && error.reason !== 'other') {
    return new Error(`${dataDir}: ${problemSentence(storeProblem(error, 'data'))}`);
  }
  const reason = error instanceof Error ? error.message : String(error);
  const advice = reason.includes('--data-dir') ? '' : ' Choose another one with --data-dir.';
  return new Error(`The data folder ${dataDir} cannot be used: ${reason.replace(/\.$/, '')}.${advice}`);
}
