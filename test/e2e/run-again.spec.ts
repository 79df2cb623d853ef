import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from '../support/model-server-replies.ts';
import { expect, launch, settingsFor, test } from './app.ts';
import { openRunAgain } from './run-again-dialog.ts';

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
  await expect
    .poll(() => server.chatRequests.slice(asked).map(({ body }) => [body.model, body.temperature]))
    .toEqual([
      ['gpt-4o', 0.5],
      ['gpt-4o', 0.5],
      ['gpt-4o', 0.5],
    ]);
  await app.quit();
});

test('two batches are compared cell by cell, and the comparison is exported', async ({ folder, server }) => {
  const documents = join(folder, 'Notes');
  writeNotes(documents, 12);
  const app = await launch({ dataDir: join(folder, 'data') });
  const { page } = app;
  await app.request('settings.save', settingsFor(server));
  server.respond(() => text('Costs.'));
  await app.drop([documents]);
  await expect(page.getByText('12 of 12 files')).toBeVisible();
  // The other model thinks otherwise of every note whose number has a 1.
  server.respond(({ prompt }) => text(/number \d*1/.test(prompt) ? 'Prices.' : 'costs.'));
  const dialog = await openRunAgain(page, 'gpt-4o');
  await dialog.getByRole('button', { name: 'Run again' }).click();
  const list = page.getByRole('listbox', { name: 'Batches' });
  await expect(list.getByRole('option')).toHaveCount(2);
  await expect(list.getByRole('option').first()).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByText('12 of 12 files')).toBeVisible();

  await page.getByRole('button', { name: 'Compare' }).click();
  await expect(page.getByRole('heading', { name: 'A Notes (gpt-4o-mini) and B Notes (gpt-4o)' })).toBeVisible();
  // Four of twelve notes, in three questions.
  await expect(page.getByText('24 of 36 answers the same · 12 different')).toBeVisible();
  const grid = page.getByRole('grid', { name: 'Compared files' });
  await expect(grid).toHaveAttribute('aria-rowcount', '13');
  await expect(grid).toBeFocused();
  await page.getByRole('group', { name: 'Files to show' }).getByRole('button', { name: 'Differing' }).click();
  await expect(grid).toHaveAttribute('aria-rowcount', '5');
  const first = grid.getByRole('row').filter({ hasText: 'note 1.txt' });
  await expect(first.getByRole('gridcell').nth(1)).toHaveText('ACosts.BPrices.');
  await grid.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'note 1.txt' })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('heading', { name: 'note 10.txt' })).toBeVisible();
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: /^Sentiment/ }).click();
  await expect(grid).toHaveAttribute('aria-rowcount', '5');
  const file = join(folder, 'compared.csv');
  await app.electron.evaluate(({ dialog: native }, path) => {
    native.showSaveDialog = async () => ({ canceled: false, filePath: path });
  }, file);
  await page.getByRole('button', { name: 'Export CSV' }).click();
  await expect(page.getByText('The comparison was saved')).toBeVisible();
  expect(readFileSync(file, 'utf8').split('\r\n').filter(Boolean)).toHaveLength(5);

  await grid.focus();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: 'Notes', exact: true })).toBeVisible();
  await expect(page.getByRole('grid', { name: 'Files of Notes' })).toBeFocused();

  // From the older one too, which is found among those with the same files.
  await list.getByRole('option').last().click();
  await page.keyboard.press('Control+K');
  await page.getByRole('combobox', { name: /^Search commands/ }).fill('compare with');
  await expect(page.getByRole('option', { name: 'Compare with…' })).toHaveAttribute('data-highlighted');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('radio')).toHaveCount(1);
  await page.getByRole('dialog', { name: 'Compare with…' }).getByRole('button', { name: 'Compare' }).click();
  await expect(page.getByText('24 of 36 answers the same')).toBeVisible();
  await app.quit();
});
