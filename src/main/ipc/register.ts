import { BrowserWindow, type IpcMainInvokeEvent, ipcMain } from 'electron';
import { z } from 'zod';
import { problem } from '../../shared/problem.ts';
import { err } from '../../shared/result.ts';
import { isOwnPage } from '../page.ts';
import type { Grants } from './grants.ts';
import type { Router } from './router.ts';

const paths = z.array(z.string().min(1)).min(1).max(100_000);

/** The two channels that there are. Both answer only the main frame of Docket's own page. */
export function registerIpc(router: Router, grants: Grants): void {
  ipcMain.handle('docket:request', (event, name: unknown, input: unknown) =>
    isTrusted(event) ? router(name, input) : err(problem('not_allowed', 'This page may not ask Docket for anything.')),
  );
  ipcMain.handle('docket:grant', (event, offered: unknown) => {
    const parsed = paths.safeParse(offered);
    return isTrusted(event) && parsed.success ? grants.give(parsed.data) : null;
  });
}

function isTrusted(event: IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame;
  const window = BrowserWindow.fromWebContents(event.sender);
  return frame !== null && window !== null && frame === event.sender.mainFrame && isOwnPage(frame.url);
}
