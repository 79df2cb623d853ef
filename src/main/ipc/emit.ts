import { BrowserWindow } from 'electron';
import type { Emit } from '../emit.ts';

export const EVENT_CHANNEL = 'docket:event';

/** Tells every open window. */
export const emitToWindows: Emit = (name, payload) => {
  for (const window of BrowserWindow.getAllWindows()) {
    if (!window.isDestroyed()) window.webContents.send(EVENT_CHANNEL, name, payload);
  }
};
