import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { letterLines, pdfOf, pictureOf, png } from '../support/page-pictures.ts';
import { expect, launch, test } from './app.ts';

test('the words in a scan and in a PDF of page images are read, and said to be recognised', async ({ folder }) => {
  const documents = join(folder, 'Scans');
  mkdirSync(documents);
  const letter = await pictureOf();
  writeFileSync(join(documents, 'letter.png'), png(letter));
  writeFileSync(join(documents, 'letters.pdf'), await pdfOf(['A cover page, typed.', letter]));
  copyFileSync(join(import.meta.dirname, '../recognition/files/turned.avif'), join(documents, 'photo.avif'));
  const app = await launch({ dataDir: join(folder, 'data') });
  await app.drop([documents]);
  await expect(app.page.getByText('3 of 3 files')).toBeVisible({ timeout: 60_000 });

  const [batch] = await app.request('batch.list', undefined);
  expect(batch?.counts).toMatchObject({ done: 3, noted: 3 });
  const itemIds = [...(await app.request('batch.view', { batchId: batch?.id ?? '', only: 'all' }))];
  const texts = await Promise.all(itemIds.map((itemId) => app.request('file.text', { file: { itemId } })));
  const lines = letterLines.join('\n');
  expect(texts.map((read) => read?.text)).toEqual([
    lines,
    `A cover page, typed.\n\n${lines}`,
    'Invoice total 1,234.50 EUR',
  ]);

  await app.page.getByRole('gridcell', { name: 'letter.png' }).click();
  await expect(
    app.page.getByText(/^This text was recognised from an image \(English, confidence 9\d of 100\)/),
  ).toBeVisible();
  await app.quit();
});
