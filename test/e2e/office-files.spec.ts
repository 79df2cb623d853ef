import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { RouteInput } from '../../src/shared/contract.ts';
import { text } from '../support/model-server-replies.ts';
import { expect, launch, test, useRecipe } from './app.ts';

const recipe: RouteInput<'recipe.save'>['recipe'] = {
  id: 'due',
  name: 'Due',
  asked: 'together',
  order: 'document_first',
  questions: [
    { id: 'fact', title: 'Fact', ask: 'What matters?', answer: { type: 'text' }, proof: true, maxTokens: 50 },
  ],
};

const reply = (quote: string, answer: string) => text(JSON.stringify({ fact: { quotes: [quote], answer } }));

test('a workbook and a presentation are read, and proof names the row and the slide', async ({ folder, server }) => {
  const documents = join(folder, 'Office');
  mkdirSync(documents);
  for (const name of ['budget.xlsx', 'harbour.pptx']) {
    copyFileSync(join(import.meta.dirname, '../documents/files', name), join(documents, name));
  }
  server.respond((request) =>
    JSON.stringify(request).includes('Sheet: Budget')
      ? reply('Total | | | 1,470.75 €', 'EUR 1,470.75')
      : reply('the delay of the cranes', 'The cranes are late'),
  );
  const app = await launch({ dataDir: join(folder, 'data') });
  const { page } = app;
  await useRecipe(app, server, recipe);
  await app.drop([documents]);
  await expect(page.getByText('2 of 2 files')).toBeVisible();

  await page.getByRole('row').filter({ hasText: 'budget.xlsx' }).click();
  await expect(page.getByText('What is hidden in this workbook was read, too: 1 sheet (Codes).')).toBeVisible();
  await page.getByRole('button', { name: /1,470\.75/ }).click();
  await expect(page.getByText('Quotation 1 of 1 · Sheet “Budget”, cells A9:D9')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Text of the file' }).locator('mark')).toHaveText(
    'Total |  |  | 1,470.75 €',
  );
  await page.keyboard.press('Escape');

  await page.getByRole('row').filter({ hasText: 'harbour.pptx' }).click();
  await page.getByRole('button', { name: /the delay of the cranes/ }).click();
  await expect(page.getByText('Quotation 1 of 1 · Slide 2')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Text of the file' }).locator('mark')).toHaveText(
    'the delay of the cranes',
  );
  await app.quit();
});
