import { appendFileSync, renameSync, statSync } from 'node:fs';

/** The log is replaced, with one older copy kept, when it has grown to this. */
const MAX_BYTES = 1_000_000;

/** Writes failures to a file that a user can send. Texts of documents and keys never get here: only messages of errors. */
export function createLog(file: string): (message: string, error?: unknown) => void {
  return (message, error) => {
    const detail = error instanceof Error ? (error.stack ?? error.message) : error === undefined ? '' : String(error);
    try {
      rotate(file);
      appendFileSync(file, `${new Date().toISOString()} ${message} ${detail}\n`, { mode: 0o600 });
    } catch {
      // Without a place to write, the console is all there is.
      console.error(message, detail);
    }
  };
}

function rotate(file: string): void {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > MAX_BYTES) renameSync(file, `${file}.old`);
}
