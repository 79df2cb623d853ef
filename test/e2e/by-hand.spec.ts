import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, launch, settingsFor, test } from './app.ts';

function writeNotes(folder: string, count: number): void {
  mkdirSync(folder);
  for (let n = 1; n <= count; n += 1) writeFileSync(join(folder, `note ${n}.txt`), `Note number ${n} about costs.`);
}

test('a batch is renamed in place, and its folder is shown', async ({ folder, server }) => {
  const documents = join(folder, 'Notes');
  writeNotes(documents, 2);
  const app = await launch({ dataDir: join(folder, 'data') });
  await app.request('settings.save', settingsFor(server));
  await app.drop([documents]);
  await expect(app.page.getByText('2 of 2 files')).toBeVisible();

  const list = app.page.getByRole('listbox', { name: 'Batches' });
  await expect(list.getByRole('option')).toContainText('Sentiment, topics, summary · gpt-4o-mini');
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
