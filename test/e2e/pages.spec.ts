import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { RouteInput } from '../../src/shared/contract.ts';
import { pdfBytes } from '../support/corpus.ts';
import { text } from '../support/model-server-replies.ts';
import { pictureOf, png } from '../support/page-pictures.ts';
import { expect, launch, settingsFor, test } from './app.ts';

const recipe: RouteInput<'recipe.save'>['recipe'] = {
  id: 'lease',
  name: 'Lease',
  asked: 'together',
  order: 'document_first',
  questions: [
    {
      id: 'law',
      title: 'Law',
      ask: 'Which law applies?',
      answer: { type: 'text' },
      proof: true,
      maxTokens: 50,
    },
  ],
};

const FILLING = 'The parties have read each clause of this agreement and understand what it says. '.repeat(12);

function lease(law: string): Promise<Buffer> {
  return pdfBytes({ size: [420, 595], margin: 50, autoFirstPage: false }, (document) => {
    for (const words of ['Lease of a flat', `This agreement is governed by ${law}.`, 'Signed in Bristol']) {
      document.addPage();
      document.fontSize(18).text(words).moveDown().fontSize(11).text(FILLING);
    }
  });
}

/** What is drawn of a page: its size, and whether there is ink on it. */
async function drawn(page: Page, name: string) {
  return await page.getByRole('img', { name, exact: true }).evaluate((canvas: HTMLCanvasElement) => {
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    return { isWide: canvas.width > canvas.height, hasInk: pixels.some((value) => value < 100) };
  });
}

test('a file’s text is shown beside its pages, which follow each other', async ({ folder, server }) => {
  const documents = join(folder, 'Leases');
  mkdirSync(documents);
  writeFileSync(join(documents, 'lease.pdf'), await lease('the law of Sweden'));
  writeFileSync(join(documents, 'letter.png'), png(await pictureOf()));
  server.respond(() =>
    text(JSON.stringify({ law: { quotes: ['the law of Sweden', 'Forty office chairs'], answer: 'Swedish law' } })),
  );
  const app = await launch({ dataDir: join(folder, 'data') });
  const { page } = app;
  await app.request('settings.save', settingsFor(server));
  await app.request('recipe.save', { recipe });
  await app.request('recipe.use', { recipeId: recipe.id });
  await app.drop([documents]);
  await expect(page.getByText('2 of 2 files')).toBeVisible({ timeout: 60_000 });

  await page.getByRole('gridcell', { name: 'lease.pdf' }).click();
  await page.getByRole('button', { name: /the law of Sweden/ }).click();
  await expect(page.getByRole('textbox', { name: 'Page', exact: true })).toHaveValue('2');
  await expect.poll(() => drawn(page, 'Page 2')).toEqual({ isWide: false, hasInk: true });
  await expect(page.locator('[data-mark]')).toHaveCount(2);

  // The text goes where the page goes, and the page where the text goes.
  await page.getByRole('button', { name: 'Next page' }).click();
  await expect(page.getByRole('img', { name: 'Page 3', exact: true })).toBeVisible();
  await expect(page.locator('[data-heading][data-words="Page 3"]')).toBeInViewport();
  await expect(page.locator('[data-mark]')).toHaveCount(0);
  await page.locator('[data-heading][data-words="Page 3"]').hover();
  await page.mouse.wheel(0, -10_000);
  await expect(page.getByRole('img', { name: 'Page 1', exact: true })).toBeVisible();

  await page.getByRole('gridcell', { name: 'letter.png' }).click();
  await page.getByRole('button', { name: /Forty office chairs/ }).click();
  await expect(page.getByRole('img', { name: 'Page 1', exact: true })).toBeVisible();
  await expect(page.locator('[data-mark]')).toBeInViewport();

  // Another version is never shown as if it were the one that was read.
  writeFileSync(join(documents, 'lease.pdf'), await lease('no law at all'));
  await page.getByRole('gridcell', { name: 'lease.pdf' }).click();
  await page.getByRole('button', { name: /the law of Sweden/ }).click();
  await expect(page.getByText('This file has changed since it was read')).toBeVisible();
  await app.quit();
});
