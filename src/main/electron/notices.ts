import { BrowserWindow, Notification } from 'electron';
import type { BatchNotice } from '../batch/batch-notices.ts';

/** Kept until closed: a garbage-collected notification cannot be clicked. */
const shown = new Set<Notification>();

/** Shows a system notification; a click brings the window to the front and calls `onClick` to show its subject. */
export function showNotice({ title, body }: BatchNotice, onClick: () => void): void {
  if (!Notification.isSupported()) return;
  const notification = new Notification({ title, body });
  shown.add(notification);
  notification.on('close', () => shown.delete(notification));
  notification.on('failed', () => shown.delete(notification));
  notification.on('click', onClick);
  notification.show();
}

export function isInSight(): boolean {
  return BrowserWindow.getAllWindows().some((window) => window.isFocused() && !window.isMinimized());
}
