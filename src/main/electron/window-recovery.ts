/** A window whose page has died is brought back where it was; one that keeps dying says so and what can be done. */
import { app, type BrowserWindow, dialog, shell } from 'electron';
import { failedPageUrl, pageUrl } from '../page.ts';

/** As often as this the page is loaded again by itself, within this time: a page that dies at once would do so for ever. */
const MAX_RELOADS = 2;
const WITHIN_MS = 5 * 60_000;

export interface RecoveryParts {
  readonly dataDir: string;
  readonly log: (message: string, error?: unknown) => void;
}

/** Watches over a window from its first page to its end. */
export function recoverWindow(window: BrowserWindow, parts: RecoveryParts): void {
  const { webContents: contents } = window;
  let reloadedAt: readonly number[] = [];

  contents.on('render-process-gone', (_event, { reason, exitCode }) => {
    // Also what a window's own end looks like.
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    parts.log(`The window's process has gone (${reason}, ${exitCode}).`);
    const now = performance.now();
    reloadedAt = reloadedAt.filter((at) => now - at < WITHIN_MS);
    if (contents.getURL().startsWith(failedPageUrl)) void askWithoutPage(window, parts);
    else if (reloadedAt.length >= MAX_RELOADS) void contents.loadURL(failedPageUrl);
    else {
      reloadedAt = [...reloadedAt, now];
      void contents.loadURL(pageUrl);
    }
  });
  contents.on('will-navigate', (event) => {
    if (!event.url.startsWith(`${failedPageUrl}?`) || !contents.getURL().startsWith(failedPageUrl)) return;
    event.preventDefault();
    if (event.url === `${failedPageUrl}?quit`) app.quit();
    else void shell.openPath(parts.dataDir);
  });
  askWhenStuck(window, parts);
}

/** A page that answers nothing has not died: it may be at work. A person decides. */
function askWhenStuck(window: BrowserWindow, { log }: RecoveryParts): void {
  let asking: AbortController | null = null;
  window.on('responsive', () => asking?.abort());
  window.on('unresponsive', async () => {
    if (asking !== null) return;
    asking = new AbortController();
    const { response } = await dialog.showMessageBox(window, {
      type: 'warning',
      message: 'Docket’s window does not answer',
      detail: 'Batches and replies go on meanwhile. A window that is loaded again comes back where it was.',
      buttons: ['Wait', 'Load it again'],
      defaultId: 0,
      cancelId: 0,
      signal: asking.signal,
    });
    const answered = asking.signal.aborted;
    asking = null;
    if (answered || response === 0 || window.isDestroyed()) return;
    log('The window did not answer and was loaded again.');
    // A reload would wait for the page that is stuck.
    window.webContents.forcefullyCrashRenderer();
  });
}

/** Where even a page without script dies, the system's dialog is what is left. */
async function askWithoutPage(window: BrowserWindow, { dataDir }: RecoveryParts): Promise<void> {
  const { response } = await dialog.showMessageBox({
    type: 'error',
    message: 'Docket’s window keeps failing',
    detail: `Conversations, results and the history are safe in ${dataDir}, and docket.log there tells what happened.`,
    buttons: ['Load it again', 'Quit Docket', 'Show the data folder'],
    cancelId: 1,
  });
  if (response === 1) return app.quit();
  if (response === 2) await shell.openPath(dataDir);
  if (!window.isDestroyed()) await window.loadURL(pageUrl);
}

/** Chromium starts its own processes again, and the next call that of the built-in engine; the log tells of it. */
export function logLostProcesses(log: RecoveryParts['log']): void {
  app.on('child-process-gone', (_event, { type, name, reason, exitCode }) => {
    if (reason !== 'clean-exit') log(`A process of Docket's has gone: ${name ?? type} (${reason}, ${exitCode}).`);
  });
}
