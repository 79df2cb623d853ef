import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import Database from 'better-sqlite3';
import type { RouteInput } from '../../src/shared/contract.ts';
import { pdfBytes } from '../support/corpus.ts';
import { text } from '../support/model-server-replies.ts';
import { expect, launch, settingsFor, test, useRecipe } from './app.ts';

const recipe: RouteInput<'recipe.save'>['recipe'] = {
  id: 'lease',
  name: 'Lease',
  asked: 'together',
  order: 'document_first',
  questions: ['Tenant', 'Rent', 'Law', 'Term'].map((title) => ({
    id: title.toLowerCase(),
    title,
    ask: `What is the ${title.toLowerCase()}?`,
    answer: { type: 'text' },
    proof: true,
    maxTokens: 50,
  })),
};

const REPLY = {
  tenant: { quotes: ['the tenant is "Hannah Lindqvist"'], answer: 'Hannah Lindqvist' },
  rent: { quotes: ['monthly rent of EUR 1,300.00', 'due on the first day'], answer: 'EUR 1,300.00' },
  law: { quotes: ['governed by the law of Sweden'], answer: 'Swedish law' },
  term: { quotes: [], answer: 'Two years' },
};

const FILLING = 'The parties have read each clause of this agreement and understand what it says.\n'.repeat(400);
const LEASE = `Lease\n\nBy this agreement the tenant is “Hannah Lind-\nqvist”, with a monthly rent of EUR 1,200.00, due on the first day.\n\n${FILLING}\nThis agreement is governed by the law of Sweden.\n\n${FILLING}`;

const marksOf = (page: Page) => page.getByRole('region', { name: 'Text of the file' }).locator('mark');
/** That of the quotation that is shown, among those of all. */
const shownMarkOf = (page: Page) => marksOf(page).and(page.locator('[data-marked="shown"]'));

/** The words of the quotation that is shown in the text of the file, and whether they are in sight. */
async function marked(page: Page): Promise<{ words: string | null; isInSight: boolean }> {
  return await shownMarkOf(page).evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return { words: element.textContent, isInSight: top > 0 && bottom < innerHeight };
  });
}

test('a quotation opens the text of its file at its place', async ({ folder, server }) => {
  const documents = join(folder, 'Leases');
  mkdirSync(documents);
  for (const name of ['a.txt', 'b.txt']) writeFileSync(join(documents, name), LEASE);
  server.respond(() => text(JSON.stringify(REPLY)));
  const app = await launch({ dataDir: join(folder, 'data') });
  const { page } = app;
  await useRecipe(app, server, recipe);
  await app.drop([documents]);
  await expect(page.getByText('2 of 2 files')).toBeVisible();

  const row = page.getByRole('row').filter({ hasText: 'a.txt' });
  await expect(row.getByRole('img', { name: 'Found in the document', exact: true })).toHaveCount(2);
  await expect(row.getByRole('img', { name: 'Not found in the document' })).toHaveText('not found');
  await expect(row.getByRole('img', { name: 'No quotation was given' })).toBeVisible();
  await row.click();

  await page.getByRole('button', { name: /governed by the law of Sweden/ }).click();
  await expect(shownMarkOf(page)).toBeFocused();
  await expect(marksOf(page)).toHaveCount(3);
  expect(await marked(page)).toEqual({ words: 'governed by the law of Sweden', isInSight: true });
  await expect(page.getByText('Quotation 3 of 3 · Line 407')).toBeVisible();

  await page.keyboard.press('Alt+ArrowDown');
  await expect(page.getByText('Quotation 1 of 3 · Line 3')).toBeVisible();
  await expect.poll(() => marked(page)).toEqual({ words: 'the tenant is “Hannah Lind-\nqvist', isInSight: true });
  await page.keyboard.press('Alt+ArrowUp');
  await expect.poll(() => marked(page)).toEqual({ words: 'governed by the law of Sweden', isInSight: true });
  await expect(page.getByText('monthly rent of EUR 1,300.00')).toBeVisible();
  await expect(page.getByText('Not found in the document')).toBeVisible();

  await page.keyboard.press('ControlOrMeta+F');
  await page.getByRole('textbox', { name: 'Find in the text of the file' }).fill('monthly rent');
  await expect(page.getByText('1 of 1')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('region', { name: 'Text of the file' })).toBeHidden();
  await expect(page.getByRole('button', { name: /governed by the law of Sweden/ })).toBeVisible();
  await app.quit();
});

test('a stored answer that cannot be shown leaves the rest of the window usable', async ({ folder, server }) => {
  const documents = join(folder, 'Leases');
  mkdirSync(documents);
  for (const name of ['a.txt', 'b.txt']) writeFileSync(join(documents, name), LEASE);
  server.respond(() => text(JSON.stringify(REPLY)));
  const dataDir = join(folder, 'data');
  const first = await launch({ dataDir });
  await useRecipe(first, server, recipe);
  await first.drop([documents]);
  await expect(first.page.getByText('2 of 2 files')).toBeVisible();
  await first.quit();
  const db = new Database(join(dataDir, 'docket.db'));
  db.prepare("UPDATE answers SET evidence = '7' WHERE item_id = (SELECT min(id) FROM items)").run();
  db.close();

  const { page, quit } = await launch({ dataDir });
  await page.keyboard.press('Control+2');
  await page.getByRole('row').filter({ hasText: 'a.txt' }).click();
  await expect(page.getByText('Docket could not show this because of a bug.')).toBeVisible();
  await page.getByRole('row').filter({ hasText: 'b.txt' }).click();
  await expect(page.getByRole('button', { name: 'Show the text' })).toBeVisible();

  const more = page.getByRole('button', { name: 'More about this file' });
  await more.click();
  for (const name of ['Open in its program', 'Show in folder', 'Ask about it in a chat', 'Next file']) {
    await expect(page.getByRole('menuitem', { name })).toBeVisible();
  }
  await page.getByRole('menuitem', { name: 'Remove from the batch' }).click();
  await expect(page.getByText('1 file removed').first()).toBeVisible();
  await quit();
});

test('the text of a file shows where its pages begin, in words that are no part of it', async ({ folder, server }) => {
  const path = join(folder, 'two pages.pdf');
  const pages = ['The tenant is Hannah Lindqvist.', 'This agreement is governed by the law of Sweden.'];
  writeFileSync(
    path,
    await pdfBytes({}, (document) => {
      for (const [at, words] of pages.entries()) (at === 0 ? document : document.addPage()).text(words);
    }),
  );
  server.respond(() => text('calm'));
  const app = await launch({ dataDir: join(folder, 'data') });
  const { page } = app;
  await app.request('settings.save', settingsFor(server));
  await page.keyboard.press('Control+2');
  await app.drop([path]);
  await expect(page.getByText('1 of 1 file')).toBeVisible();
  await page.getByRole('row').filter({ hasText: 'two pages.pdf' }).click();
  await page.getByRole('button', { name: 'Show the text' }).click();
  const pane = page.getByRole('region', { name: 'Text of the file' });
  await expect(pane.getByText('governed by the law')).toBeVisible();
  expect(
    await pane.locator('[data-words]').evaluateAll((all) => all.map((one) => one.getAttribute('data-words'))),
  ).toEqual(['Page 1', 'Page 2']);
  expect(await pane.locator('pre').innerText()).not.toContain('Page');
  await app.quit();
});
