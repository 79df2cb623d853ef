import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type App, expect, launch, test } from './app.ts';

/** A batch of four notes, all of them done. */
async function openNotes(folder: string): Promise<App> {
  const documents = join(folder, 'Notes');
  mkdirSync(documents);
  for (const n of [1, 2, 3, 4]) writeFileSync(join(documents, `note ${n}.txt`), `Note number ${n} about costs.`);
  const app = await launch({ dataDir: join(folder, 'data') });
  await app.drop([documents]);
  await expect(app.page.getByText('4 of 4 files')).toBeVisible();
  return app;
}

test('files are removed from a batch, brought back at once, and brought back later', async ({ folder }) => {
  const app = await openNotes(folder);
  const { page } = app;
  const grid = page.getByRole('grid', { name: 'Files of Notes' });
  const row = (n: number) => grid.getByRole('row').filter({ hasText: `note ${n}.txt` });

  await grid.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Delete');
  await expect(row(1)).toHaveCount(0);
  await expect(page.getByText('3 of 3 files')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(row(1)).toBeVisible();
  await expect(page.getByText('4 of 4 files')).toBeVisible();

  // Where the key is shown for an open file it works, but not while one writes.
  await row(1).click();
  await page.getByRole('button', { name: 'More about this file' }).click();
  await expect(page.getByRole('menuitem', { name: 'Remove from the batch' })).toContainText('Del');
  // The next key may come while the menu fades out.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+f');
  await expect(page.getByRole('menu')).toHaveCount(0);
  await expect(page.getByRole('textbox', { name: 'Find in this file’s results' })).toBeFocused();
  await page.keyboard.press('Delete');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'More about this file' }).focus();
  await expect(page.getByRole('heading', { name: 'note 1.txt' })).toBeVisible();
  await page.keyboard.press('Delete');
  await expect(page.getByRole('heading', { name: 'note 1.txt' })).toHaveCount(0);
  await expect(row(1)).toHaveCount(0);
  await expect(grid).toBeFocused();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('4 of 4 files')).toBeVisible();

  await row(2).click({ modifiers: ['Control'] });
  await row(3).click({ modifiers: ['Control'] });
  await page.getByRole('toolbar', { name: 'Selected files' }).getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByText('2 of 2 files')).toBeVisible();
  await row(4).click();
  await row(4).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Remove from the batch' }).click();
  // What was open is gone with its row.
  await expect(page.getByRole('heading', { name: 'note 4.txt' })).toHaveCount(0);
  await expect(page.getByText(/^\d of \d files?$/)).toHaveText('1 of 1 file');

  await page.getByRole('button', { name: '3 files removed' }).click();
  await expect(grid.getByRole('row').filter({ hasText: 'Removed' })).toHaveCount(3);
  await grid.focus();
  await page.keyboard.press('Control+a');
  await page.getByRole('button', { name: 'Bring back' }).click();
  await expect(grid.getByRole('row').filter({ hasText: 'Done' })).toHaveCount(4);
  await expect(page.getByText('4 of 4 files')).toBeVisible();
  await app.quit();
});

test('the menu of a row is about its file, also where the rows move while it is open', async ({ folder }) => {
  const app = await openNotes(folder);
  const { page } = app;
  const row = (n: number) => page.getByRole('row').filter({ hasText: `note ${n}.txt` });
  const [batch] = await app.request('batch.list', undefined);
  const batchId = batch?.id ?? '';
  const [first = 0, second = 0] = await app.request('batch.view', { batchId, only: 'all' });

  await row(3).click({ button: 'right' });
  await app.request('batch.removeItems', { batchId, itemIds: [first] });
  await expect(row(1)).toHaveCount(0);
  await page.getByRole('menuitem', { name: 'Remove from the batch' }).click();
  await expect(row(3)).toHaveCount(0);
  await expect(row(4)).toBeVisible();

  // Without its row it is about nothing.
  await row(2).click({ button: 'right' });
  await expect(page.getByRole('menu')).toBeVisible();
  await app.request('batch.removeItems', { batchId, itemIds: [second] });
  await expect(page.getByRole('menu')).toHaveCount(0);
  await app.quit();
});
