import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, launch, settingsFor, test } from './app.ts';

function writeNotes(folder: string, count: number): void {
  mkdirSync(folder);
  for (let n = 1; n <= count; n += 1) writeFileSync(join(folder, `note ${n}.txt`), `Note number ${n} about costs.`);
}

test('a batch is run again with another recipe, model and temperature', async ({ folder, server }) => {
  const documents = join(folder, 'Notes');
  writeNotes(documents, 3);
  const app = await launch({ dataDir: join(folder, 'data') });
  const { page } = app;
  await app.request('settings.save', settingsFor(server));
  await app.drop([documents]);
  await expect(page.getByText('3 of 3 files')).toBeVisible();
  const asked = server.chatRequests.length;

  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Run again with…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Run again with…' });
  await expect(dialog).toContainText('3 files, 3 questions: all were asked like this');
  await dialog.getByRole('combobox', { name: 'Model' }).fill('gpt-4o');
  await expect(dialog).toContainText(/About \d+ tokens would be sent to gpt-4o at 127\.0\.0\.1/);
  // Leaves the list of suggestions.
  await page.keyboard.press('Tab');
  await dialog.getByRole('slider', { name: 'Temperature' }).focus();
  for (let step = 0; step < 5; step += 1) await page.keyboard.press('ArrowRight');
  await dialog.getByRole('combobox', { name: 'Recipe' }).click();
  await page.getByRole('option', { name: 'Five-word summary' }).click();
  await expect(dialog).toContainText('3 files, 1 question, in 1 request per file.');
  expect(server.chatRequests).toHaveLength(asked);
  await dialog.getByRole('button', { name: 'Run again' }).click();

  const list = page.getByRole('listbox', { name: 'Batches' });
  await expect(list.getByRole('option')).toHaveCount(2);
  await expect(list.getByRole('option').first()).toContainText('gpt-4o, temperature 0.5 · Five-word summary');
  await expect(list.getByRole('option').first()).toContainText('3 files');
  expect(server.chatRequests.slice(asked).map(({ body }) => [body.model, body.temperature])).toEqual([
    ['gpt-4o', 0.5],
    ['gpt-4o', 0.5],
    ['gpt-4o', 0.5],
  ]);
  await app.quit();
});
