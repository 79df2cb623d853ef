import { BrowserWindow } from 'electron';
import { EVENT_CHANNEL } from '../../shared/channels.ts';
import type { Emit } from '../emit.ts';

/** Tells every open window. */
export const emitToWindows: Emit = (name, payload) => {
  for (const window of BrowserWindow.getAllWindows()) {
    if (!window.isDestroyed()) window.webContents.send(EVENT_CHANNEL, name, payload);
  }
};
