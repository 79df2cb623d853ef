import { appendFileSync, renameSync, statSync } from 'node:fs';

/** The log is rotated at this size; one older copy is kept. */
const MAX_BYTES = 1_000_000;
/** Repeats within this time are counted, not written. */
const COUNTED_FOR_MS = 60_000;

/** Records what went wrong, for later diagnosis. */
export type Log = (message: string, error?: unknown) => void;

/** Logs failures to a file the user can send. It never contains document text or keys, only error messages. */
export function createLog(file: string): Log {
  return (message, error) => {
    const detail = error instanceof Error ? (error.stack ?? error.message) : error === undefined ? '' : String(error);
    try {
      rotate(file);
      appendFileSync(file, `${new Date().toISOString()} ${message} ${detail}\n`, { mode: 0o600 });
    } catch {
      // If the file cannot be written, the console is all that is left.
      console.error(message, detail);
    }
  };
}

export interface CountingLog {
  readonly log: Log;
  /** Logs the counts held back so far. */
  flush(): void;
}

/** Logs a repeated failure (each outcome of a batch on a full disk, say) once, and later how often it recurred. */
export function countRepeats(log: Log, countedForMs = COUNTED_FOR_MS): CountingLog {
  const counted = new Map<string, { message: string; error: unknown; more: number; timer: NodeJS.Timeout }>();

  const tell = (key: string) => {
    const known = counted.get(key);
    counted.delete(key);
    if (known === undefined) return;
    clearTimeout(known.timer);
    if (known.more > 0) log(`${known.message} (${known.more} more times)`, reasonOf(known.error));
  };

  return {
    log: (message, error) => {
      const key = `${message}\n${reasonOf(error)}`;
      const known = counted.get(key);
      if (known !== undefined) {
        known.more += 1;
        return;
      }
      const timer = setTimeout(() => tell(key), countedForMs).unref();
      counted.set(key, { message, error, more: 0, timer });
      log(message, error);
    },
    flush: () => {
      for (const key of [...counted.keys()]) tell(key);
    },
  };
}

function reasonOf(error: unknown): string | undefined {
  return error === undefined ? undefined : error instanceof Error ? error.message : String(error);
}

function rotate(file: string): void {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > MAX_BYTES) renameSync(file, `${file}.old`);
}
