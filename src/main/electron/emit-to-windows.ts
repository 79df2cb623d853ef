import { BrowserWindow } from 'electron';
import { EVENT_CHANNEL } from '../../shared/channels.ts';
import type { Emit } from '../common/emit.ts';

/** Sends an event to every open window. */
export const emitToWindows: Emit = (name, payload) => {
  for (const window of BrowserWindow.getAllWindows()) {
    // One whose process has died is loaded again and asks for what it missed.
    if (!window.isDestroyed() && !window.webContents.isCrashed()) window.webContents.send(EVENT_CHANNEL, name, payload);
  }
};
