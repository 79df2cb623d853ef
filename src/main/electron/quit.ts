import { app, BrowserWindow } from 'electron';
import type { Engine } from '../engine.ts';

/** After this, a quit no longer waits for anything. */
const QUIT_DEADLINE_MS = 5_000;

type Log = (message: string, error?: unknown) => void;

export interface Closing {
  /** What to close, from the moment its start begins. */
  of(started: Promise<Engine>): void;
  /**
   * Stops intake, aborts or drains, flushes and closes, once, whoever asks.
   * @returns whether everything was done in time.
   */
  close(): Promise<boolean>;
}

export function createClosing(log: Log): Closing {
  let opened: Promise<Engine> | null = null;
  let closed: Promise<boolean> | null = null;

  async function closeInTime(): Promise<boolean> {
    const late = new Promise<null>((resolve) => setTimeout(resolve, QUIT_DEADLINE_MS, null));
    const done = (opened?.then((engine) => engine.close()) ?? Promise.resolve()).then(
      () => true,
      (error: unknown) => {
        log('The quit was not clean.', error);
        return false;
      },
    );
    const finished = await Promise.race([done, late]);
    if (finished === null) log('The quit took too long; whatever was still open will be marked at the next start.');
    return finished === true;
  }

  return {
    of: (started) => {
      opened = started;
    },
    close: () => {
      closed ??= closeInTime();
      return closed;
    },
  };
}

/** Closes everything, whatever ends the app. */
export function quitInOrder({ close }: Closing): void {
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('before-quit', (event) => {
    event.preventDefault();
    for (const window of BrowserWindow.getAllWindows()) window.hide();
    void close().finally(() => app.exit(0));
  });
}
