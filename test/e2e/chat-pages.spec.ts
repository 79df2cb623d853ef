import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { pdfBytes } from '../support/corpus.ts';
import { text } from '../support/model-server-replies.ts';
import { letterLines, pdfOf, pictureOf } from '../support/page-pictures.ts';
import { type App, expect, launch, settingsFor, test } from './app.ts';
import { canvasOf, drawn, shownWidth, zoomByWheel } from './drawn-page.ts';

const FILLING = 'The parties have read each clause of this agreement and understand what it says. '.repeat(12);
const CLAUSES = ['The deposit is three months of rent.', 'The landlord keeps the deposit safe.', 'Signed in Bristol.'];

function lease(clauses: readonly string[] = CLAUSES): Promise<Buffer> {
  return pdfBytes({ size: [420, 595], margin: 50, autoFirstPage: false }, (document) => {
    for (const words of clauses) {
      document.addPage();
      document.fontSize(18).text(words).moveDown().fontSize(11).text(FILLING);
    }
  });
}

function write(folder: string, name: string, content: Buffer): string {
  const papers = join(folder, 'Papers');
  mkdirSync(papers, { recursive: true });
  writeFileSync(join(papers, name), content);
  return join(papers, name);
}

/** Stands in for the system's dialog, which cannot be automated; the rest is the app's own. */
async function attach({ electron, page }: App, path: string): Promise<void> {
  await electron.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] });
  }, path);
  await page.getByRole('button', { name: 'Attach files' }).click();
  await expect(draftFiles(page)).toContainText('characters', { timeout: 60_000 });
}

const draftFiles = (page: App['page']) =>
  page.getByRole('list', { name: 'Files in your message' }).getByRole('listitem');
const sentFile = (page: App['page']) =>
  page.getByRole('list', { name: 'Attached files' }).getByRole('listitem').getByRole('button').first();

async function ask({ page }: App, message: string): Promise<void> {
  const composer = page.getByRole('textbox', { name: 'Message', exact: true });
  await composer.fill(message);
  await composer.press('Enter');
}

const pane = (page: App['page']) => page.getByRole('region', { name: 'File text' });
const onPage = (page: App['page'], which: 'shown' | 'other') => pane(page).locator(`[data-mark=${which}]`);
const inText = (page: App['page'], which: 'shown' | 'other') => pane(page).locator(`mark[data-marked=${which}]`);

test('what the built-in engine quotes of a PDF is marked in its text and on the page beside it', async ({ folder }) => {
  const path = write(folder, 'lease.pdf', await lease());
  const app = await launch({ dataDir: join(folder, 'data') });
  const { page } = app;
  await attach(app, path);
  await ask(app, 'Who keeps the deposit of three months rent?');
  const reply = page.getByRole('article', { name: 'Reply from the built-in text engine' });
  const quotations = reply.getByRole('button', { name: /^— lease\.pdf, line/ });
  await expect(quotations).toHaveCount(2);

  const quotation = reply
    .locator('blockquote', { hasText: 'The landlord keeps the deposit safe.' })
    .getByRole('button', { name: /^— lease\.pdf/ });
  await quotation.click();
  await expect.poll(() => drawn(page, 'Page 2')).toEqual({ isWide: false, hasInk: true });
  await expect(onPage(page, 'shown')).toBeInViewport();
  await expect(inText(page, 'shown')).toHaveText('The landlord keeps the deposit safe.');
  await expect(inText(page, 'other')).toHaveText('The deposit is three months of rent.');
  await expect(pane(page)).toContainText(/Quotation [12] of 2 · Page 2/);

  // To the other quotation, by the keys, back by the reply, and from page to page.
  await page.keyboard.press('Alt+ArrowDown');
  await expect(canvasOf(page, 'Page 1')).toBeVisible();
  await expect(inText(page, 'shown')).toHaveText('The deposit is three months of rent.');
  await expect(pane(page)).toContainText(/Quotation [12] of 2 · Page 1/);
  await quotation.click();
  await expect(inText(page, 'shown')).toHaveText('The landlord keeps the deposit safe.');
  await expect(inText(page, 'shown')).toBeFocused();
  await page.keyboard.press('Alt+ArrowUp');
  await expect(canvasOf(page, 'Page 1')).toBeVisible();
  await canvasOf(page, 'Page 1').click();
  await page.keyboard.press('End');
  await expect(canvasOf(page, 'Page 3')).toBeVisible();
  await expect(pane(page).locator('[data-heading][data-words="Page 3"]')).toBeInViewport();

  const before = await shownWidth(page, 'Page 3');
  await zoomByWheel(page, 'Page 3', -100);
  await expect.poll(() => shownWidth(page, 'Page 3')).toBeCloseTo(before * 2, 0);

  // Opened by itself, the file has the quotations of the answer to its question, and none is shown.
  await page.keyboard.press('Escape');
  await expect(pane(page)).toHaveCount(0);
  await sentFile(page).click();
  await expect(inText(page, 'other')).toHaveCount(2);
  await expect(inText(page, 'shown')).toHaveCount(0);
  await pane(page).getByRole('button', { name: 'Quotation before' }).click();
  await expect(inText(page, 'shown')).toHaveCount(1);
  await app.quit();
});

test('of a file that has changed or is gone, the text stays and the page says why it is not shown', async ({
  folder,
}) => {
  const path = write(folder, 'lease.pdf', await lease());
  const app = await launch({ dataDir: join(folder, 'data') });
  const { page } = app;
  await attach(app, path);
  await ask(app, 'Who keeps the deposit?');
  await sentFile(page).click();
  await expect(canvasOf(page, 'Page 1')).toBeVisible();
  await page.keyboard.press('Escape');

  writeFileSync(path, await lease(['Another lease.']));
  await draftOf(app, write(folder, 'other.pdf', await lease(['Another one.'])));
  await sentFile(page).click();
  await expect(pane(page)).toContainText('This file has changed since it was read');
  await expect(pane(page)).toContainText('Attach it again');
  await expect(pane(page).locator('pre').first()).toContainText('three months of rent');
  await page.keyboard.press('Escape');

  rmSync(path);
  await draftFiles(page).getByRole('button').first().click();
  await expect(canvasOf(page, 'Page 1')).toBeVisible();
  await page.keyboard.press('Escape');
  await sentFile(page).click();
  await expect(pane(page)).toContainText('deleted after it was attached');
  await app.quit();
});

/** Another file that is looked at: what was drawn of the one before is let go of. */
async function draftOf(app: App, path: string): Promise<void> {
  await attach(app, path);
  await draftFiles(app.page).getByRole('button').first().click();
  await expect(canvasOf(app.page, 'Page 1')).toBeVisible();
  await app.page.keyboard.press('Escape');
  await expect(pane(app.page)).toHaveCount(0);
}

test('what a model quotes and is in a scan is marked where it was recognised; the rest is not', async ({
  folder,
  server,
}) => {
  const path = write(folder, 'letters.pdf', await pdfOf(['A cover page, typed.', await pictureOf()]));
  server.respond(
    text(`It says:\n\n> ${letterLines[2]}\n\nIt is due “within thirty days”, and “not on any page of it at all”.`),
  );
  const app = await launch({ dataDir: join(folder, 'data') });
  const { page } = app;
  await app.request('settings.save', settingsFor(server));
  await attach(app, path);
  await ask(app, 'What was ordered, and when is it due?');
  await expect(page.getByRole('article', { name: 'Reply' })).toContainText('not on any page');

  await sentFile(page).click();
  await expect(inText(page, 'other')).toHaveCount(2);
  await pane(page).getByRole('button', { name: 'Next quotation' }).click();
  await expect(pane(page)).toContainText('Quotation 1 of 2 · Page 2');
  await expect.poll(() => drawn(page, 'Page 2')).toMatchObject({ hasInk: true });
  await expect(onPage(page, 'shown')).toBeInViewport();
  await expect(onPage(page, 'other')).toHaveCount(1);
  await app.quit();
});

test('what is marked in an open file is of the answer in sight', async ({ folder, server }) => {
  const path = write(folder, 'lease.pdf', await lease());
  const [deposit = '', landlord = ''] = CLAUSES;
  server.respond(text(`It says:\n\n> ${deposit}`));
  const app = await launch({ dataDir: join(folder, 'data') });
  const { page } = app;
  await app.request('settings.save', settingsFor(server));
  await attach(app, path);
  await ask(app, 'What is said of the deposit?');
  await expect(page.getByRole('article', { name: 'Reply' })).toContainText(deposit);
  await sentFile(page).click();
  await expect(inText(page, 'other')).toHaveText([deposit]);

  server.respond(text(`It says:\n\n> ${landlord}`));
  await page.getByRole('button', { name: 'Regenerate' }).click();
  await expect(inText(page, 'other')).toHaveText([landlord]);
  await page.getByRole('button', { name: 'Previous version' }).click();
  await expect(inText(page, 'other')).toHaveText([deposit]);
  await app.quit();
});

test('a file that was attached by an earlier version has its text, and says why it has no pages', async ({
  folder,
}) => {
  const path = write(folder, 'lease.pdf', await lease());
  const dataDir = join(folder, 'data');
  const before = await launch({ dataDir });
  await attach(before, path);
  await ask(before, 'Who keeps the deposit?');
  await expect(before.page.getByRole('button', { name: /^— lease\.pdf/ }).first()).toBeVisible();
  await before.quit();
  const database = new Database(join(dataDir, 'docket.db'));
  database.exec('UPDATE attachments SET places = NULL');
  database.close();

  const app = await launch({ dataDir });
  const { page } = app;
  await page.getByRole('option', { name: /Who keeps the deposit/ }).click();
  await page
    .getByRole('button', { name: /^— lease\.pdf/ })
    .first()
    .click();
  await expect(inText(page, 'shown')).toBeInViewport();
  await expect(pane(page)).toContainText('attached by an earlier version of Docket');
  await expect(pane(page)).toContainText('attach it again');
  await expect(pane(page).getByRole('region', { name: 'Picture of the page' })).toHaveCount(0);
  await app.quit();
});

test('a page can be looked at by the keyboard alone, also in a small window', async ({ folder }) => {
  const path = write(folder, 'lease.pdf', await lease());
  const app = await launch({ dataDir: join(folder, 'data') });
  const { page } = app;
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(800, 600));
  await attach(app, path);
  await ask(app, 'Who keeps the deposit?');
  const quotation = page.getByRole('button', { name: /^— lease\.pdf/ }).first();
  await expect(quotation).toBeVisible();
  await quotation.focus();
  await page.keyboard.press('Enter');
  await expect(inText(page, 'shown')).toBeFocused();
  await expect(inText(page, 'shown')).toBeInViewport();
  const choice = pane(page).getByRole('button', { name: 'Page', exact: true });
  await choice.focus();
  await page.keyboard.press('Space');
  await expect(onPage(page, 'shown')).toBeInViewport();
  for (const name of ['Close', 'Next page', 'Size of the page']) {
    const target = pane(page).getByLabel(name, { exact: true });
    await expect(async () => {
      await page.keyboard.press('Tab');
      await expect(target).toBeFocused({ timeout: 100 });
    }, `Tab gets to “${name}”`).toPass();
  }
  await page.keyboard.press('Escape');
  await expect(quotation).toBeFocused();
  await app.quit();
});
