import { appendFileSync, renameSync, statSync } from 'node:fs';

/** The log is replaced, with one older copy kept, when it has grown to this. */
const MAX_BYTES = 1_000_000;
/** What comes again within this time is counted, not written. */
const COUNTED_FOR_MS = 60_000;

/** Takes what went wrong, for who looks into it later. */
export type Log = (message: string, error?: unknown) => void;

/** Writes failures to a file that a user can send. Texts of documents and keys never get here: only messages of errors. */
export function createLog(file: string): Log {
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

export interface CountingLog {
  readonly log: Log;
  /** Says now how often what was held back came. */
  flush(): void;
}

/** Says what fails in the same way many times (each outcome of a batch, on a full disk) once, and then how often it came. */
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
