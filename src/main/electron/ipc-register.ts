import { BrowserWindow, type IpcMainInvokeEvent, ipcMain } from 'electron';
import { GRANT_CHANNEL, REQUEST_CHANNEL } from '../../shared/channels.ts';
import { problem } from '../../shared/problem.ts';
import { err } from '../../shared/result.ts';
import type { Grants } from '../ipc/grants.ts';
import type { Router } from '../ipc/router.ts';
import { isOwnPage } from './page.ts';

/** What answers the page. */
export interface Answering {
  readonly router: Router;
  readonly grants: Pick<Grants, 'offer'>;
}

/**
 * Registers the only two channels. Both answer only the main frame of Docket's own page. They accept requests before
 * anything can answer them, because the window opens while the engine is still starting.
 */
export function registerIpc(answering: Promise<Answering>): void {
  ipcMain.handle(REQUEST_CHANNEL, async (event, name: unknown, input: unknown) =>
    isTrusted(event) ? (await answering).router(name, input) : err(problem('not_allowed', { what: 'page' })),
  );
  ipcMain.handle(GRANT_CHANNEL, async (event, offered: unknown) =>
    isTrusted(event) ? (await answering).grants.offer(offered) : null,
  );
}

function isTrusted(event: IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame;
  const window = BrowserWindow.fromWebContents(event.sender);
  return frame !== null && window !== null && frame === event.sender.mainFrame && isOwnPage(frame.url);
}
