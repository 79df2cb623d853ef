import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { packSevenZip } from '../support/pack-seven-zip.ts';
import { expect, launch, test } from './app.ts';

const packed = (files: Readonly<Record<string, string | Uint8Array>>) =>
  zipSync(
    Object.fromEntries(
      Object.entries(files).map(([name, content]) => [name, typeof content === 'string' ? strToU8(content) : content]),
    ),
  );

test('an archive dropped on the chat becomes a batch, and each file in it says where it lies', async ({ folder }) => {
  const inner = packed({
    'deep/ash.txt': 'Ash costs 30. The delivery was late.',
    'again.zip': packed({ 'x.txt': 'x' }),
  });
  const archive = join(folder, 'offers 2026.zip');
  writeFileSync(archive, packed({ 'oak.txt': 'Oak costs 40.', 'sub/elm.txt': 'Elm costs 20.', 'inner.zip': inner }));
  const app = await launch({ dataDir: join(folder, 'data') });
  await app.drop([archive]);
  await expect(app.page.getByText('An archive was dropped, so this became a batch')).toBeVisible();
  await expect(app.page.getByText('4 of 4 files')).toBeVisible();
  const row = (name: RegExp) => app.page.getByRole('row', { name });
  await expect(row(/^again\.zip inner\.zip/)).toContainText('more than 2 levels deep');
  await expect(row(/^elm\.txt sub/)).toContainText('Done');
  await row(/^ash\.txt inner\.zip › deep/).click();
  await expect(app.page.getByText('inner.zip › deep/ash.txt', { exact: true })).toBeVisible();
  await app.page.getByRole('button', { name: 'More about this file' }).click();
  await expect(app.page.getByRole('menuitem', { name: 'Show in folder' })).toBeVisible();
  await expect(app.page.getByRole('menuitem', { name: 'Open in its program' })).toBeHidden();
  await app.quit();
});

test('files in a 7-Zip archive are read, and asked about, like any others', async ({ folder }) => {
  const { 'offers.7z': bytes = Buffer.alloc(0) } = await packSevenZip({
    'oak.txt': 'Oak costs 40.',
    'sub/elm.txt': 'Elm.',
  });
  const archive = join(folder, 'offers.7z');
  writeFileSync(archive, bytes);
  const app = await launch({ dataDir: join(folder, 'data') });
  await app.drop([archive]);
  await expect(app.page.getByText('2 of 2 files')).toBeVisible();
  await expect(app.page.getByRole('row', { name: /^oak\.txt/ })).toContainText('Done');
  await expect(app.page.getByRole('row', { name: /^elm\.txt sub/ })).toContainText('Done');
  await app.quit();
});
