import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { expect, launch, test } from './app.ts';

test('files with reading notes are counted, marked and listed', async ({ folder }) => {
  const documents = join(folder, 'Documents');
  mkdirSync(documents);
  const letter = 'Größe: fünf Stück, geprüft. Die Überweisung erfolgt nächste Woche. Mit freundlichen Grüßen';
  writeFileSync(join(documents, 'plain.txt'), 'The delivery was late again. Customers complained about it.');
  writeFileSync(join(documents, 'old.txt'), iconv.encode(`${letter}\0\r\n`, 'cp850'));
  const app = await launch({ dataDir: join(folder, 'data') });
  await app.drop([documents]);
  await expect(app.page.getByText('2 of 2 files')).toBeVisible();

  const mark = app.page.getByRole('grid').getByRole('img', { name: /^2 notes: .*cp850/ });
  await expect(mark).toBeVisible();
  await expect(mark).toHaveAttribute('title', /1 NUL byte/);
  const cell = mark.locator('xpath=ancestor::*[@role="gridcell"]');
  expect(await cell.evaluate((status) => status.scrollWidth - status.clientWidth)).toBeLessThanOrEqual(0);

  await app.page.getByRole('button', { name: '1 file with notes' }).click();
  await expect(app.page.getByRole('grid').getByRole('row')).toHaveCount(2);
  await app.page.getByRole('row').filter({ hasText: 'old.txt' }).click();
  await expect(app.page.getByText(/^The file does not state its encoding; .*cp850/)).toBeVisible();
  await app.quit();
});
