import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { status } from '../support/model-server-replies.ts';
import { expect, launch, settingsFor, test } from './app.ts';

test('a cell is corrected by F2, and its menu has all that can be done with the file', async ({ folder, server }) => {
  const documents = join(folder, 'Notes');
  mkdirSync(documents);
  for (const n of [1, 2]) writeFileSync(join(documents, `note ${n}.txt`), `Note number ${n} about costs.`);
  server.respond((request) => (request.prompt.includes('number 2') ? status(400) : undefined));
  const app = await launch({ dataDir: join(folder, 'data') });
  const { page } = app;
  // Widths that an older version kept.
  await page.evaluate(() =>
    localStorage.setItem('docket.batch.columns', JSON.stringify({ status: 150, summary: 333 })),
  );
  await app.request('settings.save', settingsFor(server));
  await page.keyboard.press('Control+2');
  await app.drop([documents]);
  await expect(page.getByText('2 of 2 files')).toBeVisible();
  const grid = page.getByRole('grid', { name: 'Files of Notes' });
  const row = (n: number) => grid.getByRole('row').filter({ hasText: `note ${n}.txt` });
  await expect(grid.getByRole('columnheader', { name: 'Summary' })).toHaveCSS('width', '333px');

  await grid.focus();
  await page.keyboard.press('ArrowDown');
  for (const _ of ['File', 'Status', 'Summary']) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('F2');
  const field = page.getByRole('textbox', { name: 'Corrected value' });
  await expect(field).toBeFocused();
  await page.keyboard.type('Costs of May');
  await page.keyboard.press('Enter');
  await expect(row(1)).toContainText('Costs of May');

  await row(1).getByText('Costs of May').click({ button: 'right' });
  const entries = page.getByRole('menuitem');
  for (const name of [
    'Open in its program',
    'Show in folder',
    'Ask about it in a chat',
    'Tick as checked',
    'Correct this value',
  ]) {
    await expect(entries.filter({ hasText: name })).toBeVisible();
  }
  for (const name of ['Copy cell', 'Copy row', 'Remove from the batch']) {
    await expect(entries.filter({ hasText: name })).toBeVisible();
  }
  await expect(entries.filter({ hasText: 'Retry' })).toHaveCount(0);
  await page.keyboard.press('Escape');

  server.respond(() => undefined);
  await row(2).click({ button: 'right' });
  await entries.filter({ hasText: 'Retry' }).click();
  await expect(row(2)).toContainText('Done');

  // A filter does not hang over the editor.
  await grid.getByRole('columnheader', { name: 'Status' }).hover();
  await grid.getByRole('button', { name: 'Filter Status' }).click();
  const filter = page.getByRole('dialog', { name: 'Filter Status' });
  await expect(filter).toBeVisible();
  await page.keyboard.press('Control+K');
  await page.getByRole('combobox', { name: /^Search commands/ }).fill('edit the recipe');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-recipe]')).toBeVisible();
  await expect(filter).toHaveCount(0);
  await page.keyboard.press('Escape');

  await row(1).click({ button: 'right' });
  await entries.filter({ hasText: 'Ask about it in a chat' }).click();
  await expect(page.getByRole('textbox', { name: 'Message', exact: true })).toBeFocused();
  await expect(page.getByRole('main', { name: 'Chat' }).getByText('note 1.txt').first()).toBeAttached();
  await app.quit();
});
