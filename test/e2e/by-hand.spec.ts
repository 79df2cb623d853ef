import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, launch, settingsFor, test } from './app.ts';

function writeNotes(folder: string, count: number): void {
  mkdirSync(folder);
  for (let n = 1; n <= count; n += 1) writeFileSync(join(folder, `note ${n}.txt`), `Note number ${n} about costs.`);
}

test('a value is corrected, taken back, and its file ticked as checked', async ({ folder, server }) => {
  const documents = join(folder, 'Notes');
  writeNotes(documents, 2);
  const app = await launch({ dataDir: join(folder, 'data') });
  await app.request('settings.save', settingsFor(server));
  await app.drop([documents]);
  await expect(app.page.getByText('2 of 2 files')).toBeVisible();
  const row = app.page.getByRole('row').filter({ hasText: 'note 1.txt' });
  await row.click();

  await app.page.getByRole('button', { name: 'Correct Summary' }).click();
  const field = app.page.getByRole('textbox', { name: 'Corrected value' });
  await field.fill('');
  await field.press('Enter');
  await expect(app.page.getByText(/A value is missing/)).toBeVisible();
  await field.fill('Costs of May');
  await field.press('Enter');
  await expect(row).toContainText('Costs of May');
  await expect(row.getByRole('img', { name: 'Corrected by hand' })).toBeVisible();
  await app.page.getByRole('button', { name: 'Undo' }).click();
  await expect(row).not.toContainText('Costs of May');

  await app.page.getByRole('button', { name: 'Correct Summary' }).click();
  await field.fill('Costs of June');
  await app.page.getByRole('button', { name: 'Keep' }).click();
  await expect(row).toContainText('Costs of June');
  await app.page.getByRole('button', { name: 'Use the model’s' }).click();
  await expect(row).not.toContainText('Costs of June');

  await app.page.getByRole('checkbox', { name: 'Checked' }).click();
  await expect(row.getByRole('img', { name: 'Checked' })).toBeVisible();
  const other = app.page.getByRole('row').filter({ hasText: 'note 2.txt' });
  await app.page.getByRole('button', { name: 'Checked 1 of 2' }).click();
  await expect(row).toHaveCount(0);
  await expect(other).toBeVisible();
  await app.page.getByRole('columnheader', { name: 'Status' }).hover();
  await app.page.getByRole('button', { name: 'Filter Status' }).click();
  const ticks = app.page.getByRole('dialog', { name: 'Filter Status' });
  await ticks.getByRole('checkbox', { name: /^Not checked/ }).click();
  await ticks.getByRole('checkbox', { name: /^Checked/ }).click();
  await expect(other).toHaveCount(0);
  await app.page.keyboard.press('Escape');
  await app.page.getByRole('button', { name: '1 filter' }).click();
  await expect(other).toBeVisible();
  await row.click();
  await app.page.getByRole('grid').press('k');
  await expect(row.getByRole('img', { name: 'Checked' })).toHaveCount(0);
  await app.quit();
});

test('a batch is renamed in place, and its folder is shown', async ({ folder, server }) => {
  const documents = join(folder, 'Notes');
  writeNotes(documents, 2);
  const app = await launch({ dataDir: join(folder, 'data') });
  await app.request('settings.save', settingsFor(server));
  await app.drop([documents]);
  await expect(app.page.getByText('2 of 2 files')).toBeVisible();

  const list = app.page.getByRole('listbox', { name: 'Batches' });
  await expect(list.getByRole('option')).toContainText('gpt-4o-mini · Sentiment, topics, summary');
  await list.focus();
  await app.page.keyboard.press('F2');
  const field = app.page.getByRole('textbox', { name: 'Name of the batch' });
  await expect(field).toHaveValue('Notes');
  await app.page.keyboard.type('Letters of May');
  await app.page.keyboard.press('Escape');
  await expect(list.getByRole('option')).toContainText('Notes');
  await expect(list).toBeFocused();

  await app.page.keyboard.press('F2');
  await app.page.keyboard.type('Letters of May');
  await app.page.keyboard.press('Enter');
  await expect(app.page.getByRole('heading', { name: 'Letters of May' })).toBeVisible();
  await expect(list.getByRole('option')).toContainText('Letters of May');
  // The names of files are still told from the folder that was dropped.
  await expect(app.page.getByRole('row').filter({ hasText: 'note 1.txt' })).not.toContainText('Notes');

  const menu = app.page.getByRole('button', { name: 'More actions' });
  await menu.click();
  await app.page.getByRole('menuitem', { name: 'Rename' }).click();
  await field.fill('Letters of June');
  await app.page.keyboard.press('Enter');
  await expect(app.page.getByRole('heading', { name: 'Letters of June' })).toBeVisible();

  await app.electron.evaluate(({ shell }) => {
    shell.showItemInFolder = (path) => void Object.assign(globalThis, { shownPath: path });
  });
  await menu.click();
  await app.page.getByRole('menuitem', { name: 'Open folder' }).click();
  const shownPath = () => app.electron.evaluate(() => (globalThis as { shownPath?: string }).shownPath);
  await expect.poll(shownPath).toBe(documents);
  await app.quit();
});
