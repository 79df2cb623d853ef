import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { type App, expect, launch, test } from './app.ts';

const texts: Readonly<Record<string, string>> = {
  'note 10.txt': 'The delivery was excellent and everybody is happy with the wonderful service.',
  'note 9.txt': 'The invoice is terrible, the pump is broken and the customer is angry.',
  'Ärger.txt': 'The meeting takes place on Monday in the large room of the second floor.',
  'zebra.txt': 'A great success: the best result, and a happy, grateful customer.',
};

async function finishedBatch(folder: string): Promise<App> {
  const documents = join(folder, 'Letters');
  mkdirSync(documents);
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(documents, name), text);
  const app = await launch({ dataDir: join(folder, 'data') });
  await app.page.keyboard.press('Control+2');
  await app.drop([documents]);
  await expect(app.page.getByText('4 of 4 files')).toBeVisible();
  return app;
}

const gridOf = (page: Page) => page.getByRole('grid', { name: 'Files of Letters' });
const namesOf = (page: Page) =>
  gridOf(page)
    .locator('[role="row"][data-index]')
    .evaluateAll((rows) =>
      rows
        .sort((a, b) => Number(a.getAttribute('aria-rowindex')) - Number(b.getAttribute('aria-rowindex')))
        .map((row) => row.querySelector('[data-full]')?.getAttribute('data-full')?.replace('Letters/', '')),
    );
const clipboardOf = (app: App) => app.electron.evaluate(({ clipboard }) => clipboard.readText());

test('rows are sorted by a press on a column, searched with Ctrl+F and filtered by what a column holds', async ({
  folder,
}) => {
  const app = await finishedBatch(folder);
  const { page } = app;
  const grid = gridOf(page);
  const file = grid.getByRole('columnheader', { name: 'File' });
  await file.click();
  await expect(file).toHaveAttribute('aria-sort', 'ascending');
  await expect.poll(() => namesOf(page)).toEqual(['Ärger.txt', 'note 9.txt', 'note 10.txt', 'zebra.txt']);
  await file.click();
  await expect.poll(() => namesOf(page)).toEqual(['zebra.txt', 'note 10.txt', 'note 9.txt', 'Ärger.txt']);

  await page.keyboard.press('Control+F');
  await expect(page.getByRole('searchbox', { name: 'Search the table' })).toBeFocused();
  await page.keyboard.type('ARGER');
  await expect.poll(() => namesOf(page)).toEqual(['Ärger.txt']);
  await expect(page.getByText('1 file', { exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(grid).toBeFocused();
  await expect.poll(() => namesOf(page)).toHaveLength(4);

  await grid.getByRole('columnheader', { name: 'Word-list tone' }).hover();
  await grid.getByRole('button', { name: 'Filter Word-list tone' }).click();
  const positive = page
    .getByRole('dialog', { name: 'Filter Word-list tone' })
    .getByRole('checkbox', { name: /positive.*2/i });
  await positive.click();
  await expect.poll(() => namesOf(page)).toEqual(['zebra.txt', 'note 10.txt']);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '1 filter' }).click();
  await expect.poll(() => namesOf(page)).toHaveLength(4);
  await app.quit();
});

test('rows are selected and copied, cells too, and everything has a menu, by keys alone', async ({ folder }) => {
  const app = await finishedBatch(folder);
  const { page } = app;
  const grid = gridOf(page);
  await grid.getByRole('columnheader', { name: 'File' }).click();
  await expect.poll(() => namesOf(page)).toEqual(['Ärger.txt', 'note 9.txt', 'note 10.txt', 'zebra.txt']);
  await grid.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(grid.getByRole('row', { selected: true })).toHaveCount(2);
  await page.keyboard.press('Control+C');
  await expect
    .poll(() => clipboardOf(app))
    .toMatch(/^File\tStatus\t.*\nLetters\/Ärger\.txt\tDone\t.*\nLetters\/note 9\.txt\tDone/);
  await page.keyboard.press('Control+A');
  await expect(grid.getByRole('row', { selected: true })).toHaveCount(4);
  await page.keyboard.press('Escape');
  await expect(grid.getByRole('row', { selected: true })).toHaveCount(1);

  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Control+C');
  await expect.poll(() => clipboardOf(app)).toBe('Done');

  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Copy row' }).press('Enter');
  await expect.poll(() => clipboardOf(app)).toMatch(/^Letters\/note 9\.txt\tDone/);
  await expect(grid).toBeFocused();

  // The header has all that a mouse does in it: here, hiding a column.
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Hide column' }).press('Enter');
  await expect(grid.getByRole('columnheader', { name: 'Status' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Columns and rows' }).click();
  await page.getByRole('checkbox', { name: 'Status' }).click();
  await expect(grid.getByRole('columnheader', { name: 'Status' })).toBeVisible();
  await app.quit();
});

test('a name that is too long for its column has room for the sign that it was cut', async ({ folder }) => {
  const documents = join(folder, 'Letters');
  mkdirSync(documents);
  for (const name of ['Maintenance agreement.txt', 'half.txt']) writeFileSync(join(documents, name), 'We agree.');
  const app = await launch({ dataDir: join(folder, 'data') });
  await app.drop([documents]);
  await expect(app.page.getByText('2 of 2 files')).toBeVisible();
  const grid = gridOf(app.page);
  await grid.getByRole('row', { name: /half/ }).click();
  await expect(app.page.getByRole('region', { name: 'File in full' })).toBeVisible();

  const beginning = (text: string) => grid.getByText(text, { exact: true });
  const roomOf = (text: string) =>
    beginning(text).evaluate(({ clientWidth, scrollWidth }) => ({ isCut: scrollWidth > clientWidth, clientWidth }));
  await expect.poll(() => roomOf('Maintenance agreement')).toMatchObject({ isCut: true });
  // Chromium shows no ellipsis where it does not fit beside the first letter, here of 11 pixels.
  expect((await roomOf('Maintenance agreement')).clientWidth).toBeGreaterThan(22);
  expect(await roomOf('half')).toMatchObject({ isCut: false });
  await app.quit();
});

test('an open file pushes no column out of sight', async ({ folder }) => {
  const app = await finishedBatch(folder);
  const { page } = app;
  await gridOf(page).getByRole('row', { name: /zebra/ }).click();
  await expect(page.getByRole('region', { name: 'File in full' })).toBeVisible();
  await expect.poll(() => gridOf(page).evaluate((grid) => grid.scrollWidth - grid.clientWidth)).toBeLessThanOrEqual(0);
  await app.quit();
});

test('selected files are exported, and the next file opens by keys', async ({ folder }) => {
  const app = await finishedBatch(folder);
  const { page } = app;
  const grid = gridOf(page);
  await grid.getByRole('columnheader', { name: 'File' }).click();
  await expect.poll(() => namesOf(page)).toEqual(['Ärger.txt', 'note 9.txt', 'note 10.txt', 'zebra.txt']);
  await grid.getByRole('row', { name: /note 10/ }).click({ modifiers: ['ControlOrMeta'] });
  await grid.getByRole('row', { name: /Ärger/ }).click({ modifiers: ['ControlOrMeta'] });
  await expect(page.getByText('2 files selected')).toBeVisible();
  const file = join(folder, 'chosen.csv');
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);
  await page.getByRole('toolbar', { name: 'Selected files' }).getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: /CSV.*: 2 selected/ }).click();
  await expect(page.getByText('Saved to')).toBeVisible();
  expect(readFileSync(file, 'utf8')).toMatch(/Ärger\.txt[\s\S]*note 10\.txt/);
  expect(readFileSync(file, 'utf8')).not.toContain('zebra');

  await grid.getByRole('row', { name: /Ärger/ }).click();
  const detail = page.getByRole('region', { name: 'File in full' });
  await expect(detail.getByRole('heading', { name: /Ärger/ })).toBeVisible();
  await page.keyboard.press('Alt+ArrowRight');
  await expect(detail.getByRole('heading', { name: /note 9/ })).toBeVisible();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(detail.getByRole('heading', { name: /Ärger/ })).toBeVisible();
  await app.quit();
});
