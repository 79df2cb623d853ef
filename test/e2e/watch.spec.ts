import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from '../support/model-server-replies.ts';
import { expect, launch, settingsFor, test } from './app.ts';

test('a folder is watched from its batch: what comes is asked, a restart catches up, and a list says what was done', async ({
  folder,
  server,
}) => {
  const letters = join(folder, 'Letters');
  mkdirSync(letters);
  writeFileSync(join(letters, 'may.txt'), 'The May letter.');
  server.respond(() => text('calm'));
  const first = await launch({ dataDir: join(folder, 'data') });
  await first.request('settings.save', settingsFor(server));
  await first.drop([letters]);
  await expect(first.page.getByText('1 of 1 file')).toBeVisible();
  await first.page.getByRole('button', { name: 'More actions' }).click();
  await first.page.getByRole('menuitem', { name: 'Watch this folder…' }).click();
  const terms = first.page.getByRole('dialog', { name: 'Watch Letters' });
  await expect(terms.getByText('New and changed files are read and asked')).toBeVisible();
  await terms.getByRole('button', { name: 'Watch', exact: true }).press('Enter');
  await expect(first.page.getByRole('button', { name: 'Watching', exact: true })).toBeVisible();

  writeFileSync(join(letters, 'june.txt'), 'The June letter.');
  await expect(first.page.getByRole('row').filter({ hasText: 'june.txt' })).toContainText('Done');
  await expect(first.page.getByRole('button', { name: 'Watching · 1 new today' })).toBeVisible();
  await first.quit();

  writeFileSync(join(letters, 'july.txt'), 'The July letter.');
  const { page, ...app } = await launch({ dataDir: join(folder, 'data') });
  await page.keyboard.press('Control+2');
  await expect(page.getByRole('row').filter({ hasText: 'july.txt' })).toContainText('Done');
  await page.getByRole('button', { name: 'Watching · 2 new today' }).click();
  const watching = page.getByRole('dialog', { name: 'Watching Letters' });
  await expect(watching.getByText('july.txt')).toBeVisible();
  await expect(watching.getByText('Asked today: 2 files')).toBeVisible();
  await watching.getByRole('button', { name: 'Stop watching' }).click();
  await expect(page.getByRole('button', { name: /^Watching/ })).toHaveCount(0);
  await app.quit();
});

test('what stops a watch is told where its batch is not in sight, and leads there', async ({ folder, server }) => {
  const letters = join(folder, 'Letters');
  mkdirSync(letters);
  writeFileSync(join(letters, 'may.txt'), 'The May letter.');
  server.respond(() => text('calm'));
  const app = await launch({ dataDir: join(folder, 'data') });
  const { page } = app;
  await app.request('settings.save', settingsFor(server));
  await app.drop([letters]);
  await expect(page.getByText('1 of 1 file')).toBeVisible();
  const [batch] = await app.request('batch.list', undefined);
  await app.request('batch.watch', { batchId: batch?.id ?? '', limits: { filesPerDay: 1, tokensPerDay: null } });
  await page.keyboard.press('Control+1');
  await expect(page.getByRole('textbox', { name: 'Message', exact: true })).toBeVisible();

  writeFileSync(join(letters, 'june.txt'), 'The June letter.');
  writeFileSync(join(letters, 'july.txt'), 'The July letter.');

  const toast = page.getByRole('dialog').filter({ hasText: 'Letters: new files wait' });
  await expect(toast).toContainText('The watched folder has reached its limit of 1 file a day.');
  await toast.getByRole('button', { name: 'Show' }).click();
  await expect(page.getByRole('button', { name: 'Watching · new files wait' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Change the limit' })).toBeVisible();
  await app.quit();
});
