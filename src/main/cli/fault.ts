/** What nothing caught, without a window: stop, write what there is, say so, end. */
import { oneLine } from './output.ts';

/** A fault in Docket itself. */
export const EXIT_FAULT = 5;
/** After this the end no longer waits for anything. */
const CLOSE_DEADLINE_MS = 5_000;

export interface Faults {
  /** Registers what is to be closed; it may be closed already by then. */
  onFault(close: () => Promise<unknown>): void;
  /** Whether the process is ending because of one, and says itself what there is to say. */
  readonly ending: boolean;
}

/** To be called first of all. */
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

const LATE = 'Not everything could be written. Calls that were under way are marked when Docket is next started.\n';

/** @returns whether all of it was done, and in time. */
function closeAll(closes: readonly (() => Promise<unknown>)[]): Promise<boolean> {
  const late = new Promise<boolean>((resolve) => setTimeout(resolve, CLOSE_DEADLINE_MS, false));
  const done = Promise.all(closes.map((close) => close())).then(
    () => true,
    () => false,
  );
  return Promise.race([done, late]);
}
