import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hangBeforeHeaders, text } from '../support/model-server-replies.ts';
import { expect, launch, settingsFor, test } from './app.ts';
import { openRunAgain } from './run-again-dialog.ts';

test('selected files are tried, and a trial that is killed asks no other file when it goes on', async ({
  folder,
  server,
}) => {
  const documents = join(folder, 'Notes');
  mkdirSync(documents);
  for (let n = 1; n <= 6; n += 1) writeFileSync(join(documents, `note ${n}.txt`), `Note number ${n} about costs.`);
  const app = await launch({ dataDir: join(folder, 'data') });
  const { page } = app;
  await app.request('settings.save', settingsFor(server));
  await app.drop([documents]);
  await expect(page.getByText('6 of 6 files')).toBeVisible();
  const dialog = await openRunAgain(page, 'gpt-4o');
  await dialog.getByRole('button', { name: 'Make ready' }).click();
  await expect(page.getByRole('button', { name: 'Try on 3 files' })).toBeVisible();

  const row = (name: string) => page.getByRole('row').filter({ hasText: name });
  await row('note 2.txt').click({ modifiers: ['ControlOrMeta'] });
  await row('note 5.txt').click({ modifiers: ['ControlOrMeta'] });
  server.respond(() => text('Tried.'));
  await page.getByRole('button', { name: 'Try on 2 selected' }).click();
  await expect(page.getByText('2 of 6 files')).toBeVisible();
  await expect(row('note 2.txt')).toContainText('Tried.');
  await expect(row('note 1.txt')).not.toContainText('Tried.');

  server.respond(() => hangBeforeHeaders());
  await page.getByRole('button', { name: 'Select none' }).click();
  await page.getByRole('button', { name: 'Try on 3 files' }).click();
  await server.waitUntil(() => server.hanging > 0);
  const gone = new Promise<void>((resolve) => void app.electron.process().once('exit', () => resolve()));
  app.electron.process().kill('SIGKILL');
  await gone;
  // What was on its way has arrived.
  await server.waitUntil(() => server.sockets.open === 0);

  const asked = server.chatRequestCount;
  const next = await launch({ dataDir: join(folder, 'data') });
  await next.page.getByRole('button', { name: 'Batch', exact: true }).click();
  await expect(next.page.getByText(/Docket closed while a few files were tried/)).toBeVisible();
  await expect(next.page.getByText(/4 files waiting to be asked by gpt-4o/)).toBeVisible();
  await expect(next.page.getByRole('button', { name: 'Start' })).toBeVisible();
  await expect(next.page.getByRole('button', { name: 'Resume' })).toHaveCount(0);
  expect(server.chatRequestCount).toBe(asked);
  await next.quit();
});
