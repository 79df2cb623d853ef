import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RouteInput } from '../../src/shared/contract.ts';
import { pdfBytes } from '../support/corpus.ts';
import { text } from '../support/model-server-replies.ts';
import { pictureOf, png } from '../support/page-pictures.ts';
import { expect, launch, test, useRecipe } from './app.ts';
import { canvasOf, drawn, shownWidth, zoomByWheel } from './drawn-page.ts';

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
  await useRecipe(app, server, recipe);
  await app.drop([documents]);
  await expect(page.getByText('2 of 2 files')).toBeVisible({ timeout: 60_000 });

  await page.getByRole('gridcell', { name: 'lease.pdf' }).click();
  await page.getByRole('button', { name: /the law of Sweden/ }).click();
  await expect(page.getByRole('textbox', { name: 'Page', exact: true })).toHaveValue('2');
  await expect.poll(() => drawn(page, 'Page 2')).toEqual({ isWide: false, hasInk: true });
  await expect(page.locator('[data-mark=shown]')).toHaveCount(2);

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

/** Pages of one document that differ in size and lie on their sides. */
function mixed(): Promise<Buffer> {
  return pdfBytes({ autoFirstPage: false, margin: 40 }, (document) => {
    const sizes: [number, number][] = [
      [420, 595],
      [842, 400],
      [200, 260],
    ];
    sizes.forEach((size, at) => {
      document.addPage({ size, margin: 40 });
      document.fontSize(12).text(`Sheet ${at + 1}: governed by the law of Sweden, as of May.`);
    });
  });
}

test('all quotations of a page are marked, the shown one more strongly, and the page can be gone through and enlarged', async ({
  folder,
  server,
}) => {
  const documents = join(folder, 'Sheets');
  mkdirSync(documents);
  writeFileSync(join(documents, 'sheets.pdf'), await mixed());
  const quotes = ['Sheet 2: governed by', 'the law of Sweden, as of May. Sheet 3', 'Sheet 1'];
  server.respond(() => text(JSON.stringify({ law: { quotes: [...quotes, 'as of May'], answer: 'Swedish law' } })));
  const app = await launch({ dataDir: join(folder, 'data') });
  const { page } = app;
  await useRecipe(app, server, recipe);
  await app.drop([documents]);
  await expect(page.getByText('1 of 1 file')).toBeVisible({ timeout: 60_000 });
  await page.getByRole('gridcell', { name: 'sheets.pdf' }).click();
  await page.getByRole('button', { name: /Sheet 1/ }).click();
  await expect(canvasOf(page, 'Page 1')).toBeVisible();
  const marks = (which: 'shown' | 'other') => page.locator(`[data-mark=${which}]`);
  const inText = (which: 'shown' | 'other') => page.locator(`mark[data-marked=${which}]`);
  await expect(marks('shown')).toHaveCount(1);
  await expect(marks('other')).toHaveCount(1);
  await expect(inText('shown')).toHaveText('Sheet 1');
  expect(await inText('other').count()).toBeGreaterThan(1);

  // A page that lies on its side, then one that is small, by the keys.
  await canvasOf(page, 'Page 1').click();
  await page.keyboard.press('ArrowRight');
  await expect(canvasOf(page, 'Page 2')).toBeVisible();
  expect((await drawn(page, 'Page 2')).isWide).toBe(true);
  await page.keyboard.press('End');
  await expect(canvasOf(page, 'Page 3')).toBeVisible();
  expect((await drawn(page, 'Page 3')).isWide).toBe(false);
  await page.keyboard.press('ArrowRight');
  await expect(canvasOf(page, 'Page 3')).toBeVisible();
  await page.keyboard.press('Home');
  await expect(canvasOf(page, 'Page 1')).toBeVisible();

  // The wheel with Ctrl enlarges the page, and nothing else of the window.
  const before = await shownWidth(page, 'Page 1');
  const window = await page.evaluate(() => [innerWidth, devicePixelRatio]);
  await zoomByWheel(page, 'Page 1', -100);
  await expect.poll(() => shownWidth(page, 'Page 1')).toBeCloseTo(before * 2, 0);
  expect(await page.evaluate(() => [innerWidth, devicePixelRatio])).toEqual(window);

  // On a screen with smaller pixels it is drawn anew, with more of them.
  const pixels = () => canvasOf(page, 'Page 1').evaluate((canvas: HTMLCanvasElement) => canvas.width);
  const pixelsBefore = await pixels();
  const screen = await page.context().newCDPSession(page);
  const [width = 0, height = 0] = await page.evaluate(() => [innerWidth, innerHeight]);
  const metrics = { width, height, deviceScaleFactor: 2, mobile: false };
  await screen.send('Emulation.setDeviceMetricsOverride', metrics);
  await expect.poll(pixels).toBeGreaterThan(pixelsBefore * 1.5);
  await app.quit();
});
