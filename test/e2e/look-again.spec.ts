import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from '../support/model-server-replies.ts';
import { expect, launch, settingsFor, test } from './app.ts';

test('a batch looks for what has come into its folder since, and says what it found', async ({ folder, server }) => {
  const letters = join(folder, 'Letters');
  mkdirSync(letters);
  writeFileSync(join(letters, 'may.txt'), 'The May letter.');
  server.respond(() => text('calm'));
  const app = await launch({ dataDir: join(folder, 'data') });
  const { page } = app;
  await app.request('settings.save', settingsFor(server));
  await app.drop([letters]);
  await expect(page.getByText('1 of 1 file')).toBeVisible();
  const look = async () => {
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Look for new files' }).click();
  };

  await look();
  await expect(page.getByText('Letters has no new or edited files.')).toBeVisible();

  writeFileSync(join(letters, 'june.txt'), 'The June letter.');
  await look();
  await expect(page.getByText('1 new file')).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: 'june.txt' })).toContainText('Done');
  await expect(page.getByText('2 of 2 files')).toBeVisible();
  await app.quit();
});
