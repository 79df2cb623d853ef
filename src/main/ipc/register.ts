import { BrowserWindow, type IpcMainInvokeEvent, ipcMain } from 'electron';
import { GRANT_CHANNEL, REQUEST_CHANNEL } from '../../shared/channels.ts';
import { problem } from '../../shared/problem.ts';
import { err } from '../../shared/result.ts';
import { isOwnPage } from '../page.ts';
import type { Grants } from './grants.ts';
import type { Router } from './router.ts';

/** What answers a page. */
export interface Answering {
  readonly router: Router;
  readonly grants: Pick<Grants, 'offer'>;
}

/**
 * The two channels that there are. Both answer only the main frame of Docket's own page. They take questions before
 * there is anything to answer them: the window is open while the engine is still being put together.
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
