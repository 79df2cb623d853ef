/** Restores a window whose page has died to where it was; one that keeps dying says so, with the options. */
import { app, type BrowserWindow, dialog, shell } from 'electron';
import { failedPageUrl, pageUrl } from './page.ts';

/** Automatic reloads allowed within this time: a page that dies at once would otherwise reload forever. */
const MAX_RELOADS = 2;
const WITHIN_MS = 5 * 60_000;

export interface RecoveryParts {
  readonly dataDir: string;
  /** Elsewhere than the data folder when that cannot be written. */
  readonly logFile: string;
  readonly log: (message: string, error?: unknown) => void;
}

/** Watches a window from its first page until it closes. */
export function recoverWindow(window: BrowserWindow, parts: RecoveryParts): void {
  const { webContents: contents } = window;
  let reloadedAt: readonly number[] = [];

  contents.on('render-process-gone', (_event, { reason, exitCode }) => {
    // This is also how a window closing normally looks.
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
    else if (event.url === `${failedPageUrl}?log`) shell.showItemInFolder(parts.logFile);
    else void shell.openPath(parts.dataDir);
  });
  askWhenStuck(window, parts);
}

/** An unresponsive page is not dead; it may be busy. The user decides. */
function askWhenStuck(window: BrowserWindow, { log }: RecoveryParts): void {
  let asking: AbortController | null = null;
  window.on('responsive', () => asking?.abort());
  window.on('unresponsive', async () => {
    if (asking !== null) return;
    asking = new AbortController();
    const { response } = await dialog.showMessageBox(window, {
      type: 'warning',
      message: 'Docket’s window is not responding',
      detail: 'Batches and replies continue in the meantime. A reloaded window comes back where it was.',
      buttons: ['Wait', 'Reload'],
      defaultId: 0,
      cancelId: 0,
      signal: asking.signal,
    });
    const answered = asking.signal.aborted;
    asking = null;
    if (answered || response === 0 || window.isDestroyed()) return;
    log('The window was not responding and was reloaded.');
    // A reload would wait for the stuck page.
    window.webContents.forcefullyCrashRenderer();
  });
}

/** If even a page without scripts dies, only a system dialog is left. */
async function askWithoutPage(window: BrowserWindow, { dataDir, logFile }: RecoveryParts): Promise<void> {
  const { response } = await dialog.showMessageBox({
    type: 'error',
    message: 'Docket’s window keeps crashing',
    detail: `Conversations, results and the history are safe in ${dataDir}, and ${logFile} says what happened.`,
    buttons: ['Reload', 'Quit Docket', 'Show the data folder'],
    cancelId: 1,
  });
  if (response === 1) return app.quit();
  if (response === 2) await shell.openPath(dataDir);
  if (!window.isDestroyed()) await window.loadURL(pageUrl);
}

/** Only logged: Chromium restarts its own processes, and the next call restarts the built-in engine's. */
export function logLostProcesses(log: RecoveryParts['log']): void {
  app.on('child-process-gone', (_event, { type, name, reason, exitCode }) => {
    if (reason !== 'clean-exit') log(`A process of Docket's has gone: ${name ?? type} (${reason}, ${exitCode}).`);
  });
}
