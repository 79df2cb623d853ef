import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pdfOfPages } from '../documents/pdf/raw-pdf.ts';
import { expect, launch, test } from './app.ts';

/** Two PDFs of which something is left, one of which nothing is, and a good file. */
function writePapers(folder: string): string {
  const papers = join(folder, 'Papers');
  mkdirSync(papers);
  writeFileSync(join(papers, 'a.pdf'), pdfOfPages(['The rent is due in May.', null, 'Signed in June.']));
  writeFileSync(join(papers, 'b.pdf'), pdfOfPages([null, 'The roof leaks.']));
  writeFileSync(join(papers, 'c.pdf'), pdfOfPages([null]));
  writeFileSync(join(papers, 'd.txt'), 'The garden is in order.');
  return papers;
}

test('selected files are read without their damaged pages together, from the toolbar, the menu and the palette', async ({
  folder,
}) => {
  const app = await launch({ dataDir: join(folder, 'data') });
  const { page } = app;
  await app.drop([writePapers(folder)]);
  await expect(page.getByText('4 of 4 files')).toBeVisible();
  const rows = page.getByRole('grid').getByRole('row');
  await rows.filter({ hasText: 'a.pdf' }).click();
  await page.keyboard.press('ControlOrMeta+A');
  const toolbar = page.getByRole('toolbar', { name: 'Selected files' });
  await expect(toolbar.getByRole('button', { name: 'Read without damaged pages' })).toBeVisible();

  await rows.filter({ hasText: 'b.pdf' }).click({ button: 'right' });
  await expect(page.getByRole('menuitem', { name: 'Read 2 without their damaged pages' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);

  await page.keyboard.press('ControlOrMeta+K');
  await page.getByRole('combobox').fill('damaged pages');
  await expect(
    page.getByRole('option', { name: /Read 2 without their damaged pages: 4 selected files/ }),
  ).toBeVisible();
  await expect(page.getByRole('option', { name: /Read 2 damaged files without the damaged pages/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('combobox')).toHaveCount(0);

  await toolbar.getByRole('button', { name: 'Read without damaged pages' }).click();
  await expect(rows.filter({ hasText: 'a.pdf' }).getByRole('img', { name: /Page 2 of 3 is missing/ })).toBeVisible();
  await expect(rows.filter({ hasText: 'b.pdf' }).getByRole('img', { name: /Page 1 of 2 is missing/ })).toBeVisible();
  await expect(toolbar.getByRole('button', { name: 'Read without damaged pages' })).toHaveCount(0);
  await app.quit();
});

test('a damaged PDF in a chat is read without its damaged pages by choice, and the message names them', async ({
  folder,
}) => {
  const app = await launch({ dataDir: join(folder, 'data') });
  const { page } = app;
  const paper = join(writePapers(folder), 'a.pdf');
  await app.electron.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
  }, paper);
  await page.getByRole('button', { name: 'Attach files' }).click();
  const draft = page.getByRole('list', { name: 'Files in your message' }).getByRole('listitem');
  await expect(draft).toContainText('Page 2 of 3 of this PDF is damaged');

  await draft.getByRole('button', { name: 'Read without page 2' }).click();

  await expect(draft).toContainText('page 2 missing');
  const composer = page.getByRole('textbox', { name: 'Message', exact: true });
  await expect(composer).toBeFocused();
  await composer.fill('When is the rent due?');
  await composer.press('Enter');
  await expect(page.getByRole('list', { name: 'Attached files' }).getByRole('listitem')).toContainText(
    'page 2 missing',
  );
  await expect(page.getByRole('article').last()).toContainText('The rent is due in May.');
  await app.quit();
});
