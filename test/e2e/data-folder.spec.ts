/** The data folder disappears while the window is open. */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { text } from '../support/model-server-replies.ts';
import { expect, launch, settingsFor, test } from './app.ts';

test('nothing more is sent after the data folder is removed, and open data can be saved', async ({
  folder,
  server,
}) => {
  const dataDir = join(folder, 'data');
  const saved = join(folder, 'saved.db');
  server.respond(text('An answer'));
  const app = await launch({ dataDir });
  await app.request('settings.save', settingsFor(server));
  const composer = app.page.getByRole('textbox', { name: 'Message', exact: true });
  await composer.fill('A question');
  await composer.press('Enter');
  await expect(app.page.getByText('An answer')).toBeVisible();
  // Stands in for the system's dialogs, which cannot be automated: save, and where.
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showMessageBox = async () => ({ response: 0, checkboxChecked: false });
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, saved);
  const gone = new Promise<void>((resolve) => void app.electron.process().once('exit', () => resolve()));

  // Chromium goes on writing its own files there, so one can appear while its folder is being removed.
  rmSync(dataDir, { recursive: true, maxRetries: 20 });
  // Docket may notice by itself, and be gone before anything is written.
  await composer
    .fill('Another question')
    .then(() => composer.press('Enter'))
    .catch(() => {});
  await gone;

  expect(server.chatRequests).toHaveLength(1);
  expect(existsSync(saved)).toBe(true);
  const db = new Database(saved, { readonly: true });
  expect(db.prepare('SELECT message, status FROM calls').all()).toEqual([{ message: 'A question', status: 'ok' }]);
  db.close();
});
