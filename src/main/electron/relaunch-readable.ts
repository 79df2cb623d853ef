import { app } from 'electron';
import { readableNames } from '../common/readable-names.mjs';
import { devServer } from './page.ts';

/**
 * Chromium reads the names of dropped files in the locale its processes were started with, so under one that is not
 * UTF-8 Docket starts once more in one that is. `npm start` and `npm run dev` have seen to it themselves.
 * @returns whether another process takes over; this one then opens nothing and exits.
 */
export function relaunchReadable(): boolean {
  const added = devServer === undefined ? readableNames(process.env) : {};
  if (Object.keys(added).length === 0) return false;
  Object.assign(process.env, added);
  // An AppImage's own program is gone once it ends.
  const { APPIMAGE } = process.env;
  app.relaunch(APPIMAGE === undefined ? {} : { execPath: APPIMAGE });
  return true;
}
