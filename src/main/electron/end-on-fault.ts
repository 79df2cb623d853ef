/** What nothing caught leaves Docket in a state that nobody knows: it takes no more, writes what it has, says so, ends. */
import { app, BrowserWindow, dialog, shell } from 'electron';

export interface FaultParts {
  readonly logFile: string;
  readonly log: (message: string, error?: unknown) => void;
  /** Stops intake, flushes and closes, within bounds. @returns whether all of it was done. Never rejects. */
  readonly close: () => Promise<boolean>;
}

/** To be called first of all; `close` is asked for when there is a fault, so it may be there later. */
export function endOnFault(parts: FaultParts): void {
  let ending = false;
  const end = (error: unknown) => {
    parts.log(ending ? 'A further error, while Docket was ending.' : 'An error that nothing caught.', error);
    if (ending) return;
    ending = true;
    void closeAndTell(error, parts).finally(() => app.exit(1));
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
  // Of a terminal that was closed; where nobody reads, nothing needs to be told.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}

async function closeAndTell(error: unknown, { close, logFile }: FaultParts): Promise<void> {
  for (const window of BrowserWindow.getAllWindows()) window.hide();
  const allClosed = await close();
  const cause = error instanceof Error ? error.message : String(error);
  const safe = allClosed
    ? 'Everything was written: conversations, results and the history are safe, replies that were under way are kept as far as they came, and batches can be resumed.'
    : 'Not everything could be written. What is on disk is safe, and calls that were under way are marked at the next start.';
  const said = {
    message: 'Docket had to close',
    detail: `A fault in Docket: ${cause}\n\n${safe}\n\nWhat happened is in ${logFile}.`,
  };
  if (!app.isReady()) return dialog.showErrorBox(said.message, said.detail);
  await ask(said, logFile);
}

const AGAIN = 0;
const SHOW_LOG = 2;

async function ask(said: { readonly message: string; readonly detail: string }, logFile: string): Promise<void> {
  const buttons = ['Start again', 'Quit', 'Show the log'];
  const { response } = await dialog.showMessageBox({ type: 'error', ...said, buttons, defaultId: AGAIN, cancelId: 1 });
  if (response === AGAIN) app.relaunch();
  if (response === SHOW_LOG) shell.showItemInFolder(logFile);
}
