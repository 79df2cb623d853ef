import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, launch, settingsFor, test } from './app.ts';

const open = async (page: Page) => {
  await page.keyboard.press('Control+K');
  return page.getByRole('combobox', { name: /^Search commands/ });
};

test('the palette knows the batch on the screen, finds by a few letters, and remembers what was used', async ({
  folder,
  server,
}) => {
  const documents = join(folder, 'Notes');
  mkdirSync(documents);
  for (const n of [1, 2]) writeFileSync(join(documents, `note ${n}.txt`), `Note number ${n} about costs.`);
  const dataDir = join(folder, 'data');
  let app = await launch({ dataDir });
  await app.request('settings.save', settingsFor(server));
  await app.page.keyboard.press('Control+2');
  await app.drop([documents]);
  await expect(app.page.getByText('2 of 2 files')).toBeVisible();

  const field = await open(app.page);
  const option = (name: RegExp) => app.page.getByRole('option', { name });
  await expect(app.page.getByRole('group', { name: 'Notes', exact: true })).toContainText('Run again with…');
  await expect(option(/^Start this batch/)).toHaveCount(0);
  await field.fill('cntrct');
  const recipe = option(/^Use the recipe “Contract terms”/);
  await expect(recipe.locator('mark').first()).toBeVisible();
  await recipe.click();
  await expect(app.page.getByRole('button', { name: 'Recipe: Contract terms' })).toBeVisible();

  await expect(app.page.getByRole('button', { name: 'Start', exact: true })).toBeVisible();

  await (await open(app.page)).fill('this batch start');
  await app.page.keyboard.press('Enter');
  await expect(app.page.getByText('2 of 2 files')).toBeVisible();
  await (await open(app.page)).fill('rename');
  await app.page.keyboard.press('Enter');
  await expect(app.page.getByRole('textbox', { name: 'Name of the batch' })).toBeFocused();
  await app.page.keyboard.press('Escape');
  await app.quit();

  app = await launch({ dataDir });
  await expect(app.page.getByRole('grid', { name: 'Files of Notes' })).toBeVisible();
  await open(app.page);
  await expect(app.page.getByRole('group', { name: 'Recently used' }).getByRole('option').first()).toContainText(
    'Rename this batch',
  );
  // On another surface it is not on the screen.
  await app.page.keyboard.press('Control+1');
  await expect(app.page.getByRole('textbox', { name: 'Message', exact: true })).toBeVisible();
  await open(app.page);
  await expect(app.page.getByRole('option').first()).toBeVisible();
  await expect(app.page.getByRole('option', { name: 'Rename this batch' })).toHaveCount(0);
  await app.quit();
});

test('letters typed right after the shortcut go to the palette, and Escape gives the focus back', async ({
  folder,
}) => {
  const app = await launch({ dataDir: join(folder, 'data') });
  const { page } = app;
  await page.keyboard.press('Control+1');
  const message = page.getByRole('textbox', { name: 'Message', exact: true });
  const field = page.getByRole('combobox', { name: /^Search commands/ });
  // The first opening may still have to load it.
  await page.keyboard.press('Control+K');
  await expect(field).toBeFocused();
  await page.keyboard.press('Escape');
  for (const word of ['history', 'settings', 'batch']) {
    await message.focus();
    await page.keyboard.press('Control+K');
    await page.keyboard.type(word);
    await expect(field).toHaveValue(word);
    await page.keyboard.press('Escape');
    await expect(field).toHaveCount(0);
    await expect(message).toBeFocused();
    await expect(message).toHaveValue('');
  }
  await app.quit();
});

test('what is dropped while something is open over the window is seen', async ({ folder, server }) => {
  const documents = join(folder, 'Notes');
  mkdirSync(documents);
  writeFileSync(join(documents, 'note.txt'), 'A note about costs.');
  const app = await launch({ dataDir: join(folder, 'data') });
  const { page } = app;
  await app.request('settings.save', settingsFor(server));
  await page.keyboard.press('Control+3');
  const field = await open(page);
  await expect(field).toBeFocused();
  await app.drop([documents]);
  await expect(field).toHaveCount(0);
  await expect(page.getByText('1 of 1 file')).toBeVisible();

  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Run again with…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Run again with…' });
  await expect(dialog).toContainText('all were asked like this');
  await app.drop([documents]);
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('listbox', { name: 'Batches' }).getByRole('option')).toHaveCount(2);
  await app.quit();
});
