import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hangBeforeHeaders } from '../support/model-server-replies.ts';
import { expect, launch, settingsFor, test } from './app.ts';

test('the focus stays in the batch when the focused element is removed', async ({ folder, server }) => {
  const documents = join(folder, 'Notes');
  mkdirSync(documents);
  for (let n = 1; n <= 8; n += 1) writeFileSync(join(documents, `note ${n}.txt`), `Note number ${n}.`);
  server.respond(hangBeforeHeaders());
  const app = await launch({ dataDir: join(folder, 'data') });
  const { page } = app;
  await app.request('settings.save', settingsFor(server));
  await app.drop([documents]);
  const files = page.getByRole('grid', { name: 'Files of Notes' });
  await server.waitForRequests(5);

  // Another button replaces this one.
  await page.getByRole('button', { name: 'Cancel', exact: true }).press('Enter');
  await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible();
  await expect(files).toBeFocused();

  // An answered question disappears with its buttons.
  await page.getByRole('button', { name: 'More actions' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Delete batch…' }).press('Enter');
  // The menu has returned the focus once the question has it.
  await expect(page.getByRole('button', { name: 'Delete', exact: true })).toBeFocused();
  await expect(page.getByRole('menu')).toHaveCount(0);
  await page.getByRole('button', { name: 'Keep' }).press('Enter');
  await expect(files).toBeFocused();
  await app.quit();
});

test('the focus stays in the settings and in the history, too', async ({ folder }) => {
  const app = await launch({ dataDir: join(folder, 'data') });
  const { page } = app;
  await page.keyboard.press('Control+4');
  await page.getByRole('radio', { name: /^Ollama/ }).click();
  await page.getByRole('button', { name: 'Discard' }).press('Enter');
  await expect(page.getByRole('radio', { name: /^Built-in/ })).toBeFocused();

  await page.keyboard.press('Control+3');
  const search = page.getByRole('searchbox', { name: /Search questions/ });
  await search.fill('nothing like this');
  await page.getByText('No matching calls').waitFor();
  await page.getByRole('button', { name: 'Clear filters' }).last().press('Enter');
  await expect(search).toBeFocused();
  await app.quit();
});
