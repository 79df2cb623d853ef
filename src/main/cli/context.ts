import type { Writable } from 'node:stream';
import type { BuiltinChild } from '../builtin/builtin-engine.ts';
import type { Workers } from '../compose.ts';
import type { PageProcess } from '../pages/page-drawer.ts';
import type { RecognitionProcess } from '../recognition/recogniser.ts';
import type { Progress } from './output.ts';

export const EXIT_INTERRUPTED = 130;

/** What the commands need from the process they run in. */
export interface CliContext {
  readonly dataDir: string;
  readonly version: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly storeWorker: URL;
  readonly workers: Workers;
  readonly forkBuiltin: () => BuiltinChild;
  readonly forkRecognition: () => RecognitionProcess;
  readonly forkPages: () => PageProcess;
  /** Results. */
  readonly out: Writable;
  /** Progress and warnings. */
  readonly progress: Progress;
  /**
   * Calls `listener` once, when the user or the system asks the process to stop.
   * @returns a function that restores the default handling of the signals.
   */
  readonly onInterrupt: (listener: () => void) => () => void;
  /** Registers what is closed when something fails that nothing caught. */
  readonly onFault: (close: () => Promise<unknown>) => void;
  /** Whether something has: the process is about to end, and nothing more is to be written. */
  readonly hasFault: () => boolean;
}
