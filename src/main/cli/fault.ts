/** Handles uncaught errors without a window: stop, write what there is, say so, exit. */
import { oneLine } from './output.ts';

/** Exit code for a fault in Docket itself. */
export const EXIT_FAULT = 5;
/** After this, exiting no longer waits for anything. */
const CLOSE_DEADLINE_MS = 5_000;

export interface Faults {
  /** Registers something to close on a fault; it may already be closed by then. */
  onFault(close: () => Promise<unknown>): void;
  /** Whether the process is exiting because of a fault, which is then reported here. */
  readonly ending: boolean;
}

/** Call before anything else. */
export function endOnFault(say: (line: string) => void): Faults {
  const closes: (() => Promise<unknown>)[] = [];
  let ending = false;
  const end = (error: unknown) => {
    if (ending) return;
    ending = true;
    const cause = error instanceof Error ? error.message : String(error);
    say(`\n${oneLine(`A fault in Docket: ${cause}`)}\n`);
    void closeAll(closes).then((closed) => {
      say(closed ? 'Finished files are kept. Run the same command again to continue from there.\n' : LATE);
      if (error instanceof Error && error.stack !== undefined) say(`${error.stack}\n`);
      process.exit(EXIT_FAULT);
    });
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
  return {
    onFault: (close) => void closes.push(close),
    get ending() {
      return ending;
    },
  };
}

const LATE =
  'Not everything could be written. Calls that were in progress will be marked the next time Docket starts.\n';

/** @returns whether everything was closed in time. */
function closeAll(closes: readonly (() => Promise<unknown>)[]): Promise<boolean> {
  const late = new Promise<boolean>((resolve) => setTimeout(resolve, CLOSE_DEADLINE_MS, false));
  const done = Promise.all(closes.map((close) => close())).then(
    () => true,
    () => false,
  );
  return Promise.race([done, late]);
}
