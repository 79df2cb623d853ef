/** After an uncaught error Docket's state is unknown: it stops intake, writes what it has, says so and exits. */
import { app, BrowserWindow, dialog, shell } from 'electron';

export interface FaultParts {
  readonly logFile: string;
  readonly log: (message: string, error?: unknown) => void;
  /** Stops intake, flushes and closes, within a time limit. @returns whether everything was done. Never rejects. */
  readonly close: () => Promise<boolean>;
}

/** Call before anything else. `close` is only looked up when there is a fault, so it may be set later. */
export function endOnFault(parts: FaultParts): void {
  let ending = false;
  const end = (error: unknown) => {
    parts.log(ending ? 'Another error while Docket was closing.' : 'Uncaught error.', error);
    if (ending) return;
    ending = true;
    void closeAndTell(error, parts).finally(() => app.exit(1));
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
  // From a closed terminal: if nobody reads, nothing needs to be reported.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}

async function closeAndTell(error: unknown, { close, logFile }: FaultParts): Promise<void> {
  for (const window of BrowserWindow.getAllWindows()) window.hide();
  const allClosed = await close();
  const cause = error instanceof Error ? error.message : String(error);
  const safe = allClosed
    ? 'Everything was written: conversations, results and the history are safe, partial replies are kept, and batches can be resumed.'
    : 'Not everything could be written. What is on disk is safe, and calls that were in progress will be marked at the next start.';
  const said = {
    message: 'Docket had to close',
    detail: `A fault in Docket: ${cause}\n\n${safe}\n\nDetails are in ${logFile}.`,
  };
  if (!app.isReady()) return dialog.showErrorBox(said.message, said.detail);
  await ask(said, logFile);
}

const AGAIN = 0;
const SHOW_LOG = 2;

async function ask(said: { readonly message: string; readonly detail: string }, logFile: string): Promise<void> {
  const buttons = ['Restart', 'Quit', 'Show log'];
  const { response } = await dialog.showMessageBox({ type: 'error', ...said, buttons, defaultId: AGAIN, cancelId: 1 });
  if (response === AGAIN) app.relaunch();
  if (response === SHOW_LOG) shell.showItemInFolder(logFile);
}
