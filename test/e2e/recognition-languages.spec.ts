import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { packageFiles } from '../../src/main/common/package-files.ts';
import { type App, expect, launch, test } from './app.ts';

/** A folder as a person keeps it: two good languages, one whose file is cut off, and what is no language. */
function writeData(folder: string): string {
  const data = join(folder, 'Recognition data');
  mkdirSync(data);
  const english = packageFiles.resolve('@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz');
  const whole = gunzipSync(readFileSync(english));
  writeFileSync(join(data, 'xqa.traineddata'), whole);
  writeFileSync(join(data, 'xqb.traineddata'), whole);
  writeFileSync(join(data, 'xqc.traineddata'), whole.subarray(0, 5_000));
  writeFileSync(join(data, 'notes.txt'), 'xqd');
  return data;
}

/** Stands in for the system's dialog, which cannot be automated. */
async function picks(app: App, path: string): Promise<void> {
  await app.electron.evaluate(({ dialog }, picked) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [picked] });
  }, path);
}

const chosen = async (app: App) => (await app.request('settings.get', undefined)).settings.recognitionLanguages;

test('languages of scans are added from a folder, ticked and unticked, and one whose file went away says so', async ({
  folder,
}) => {
  const data = writeData(folder);
  const app = await launch({ dataDir: join(folder, 'data') });
  const { page } = app;
  await page.keyboard.press('Control+4');
  const languages = page.getByRole('group', { name: 'Languages of scans' });
  const language = (name: RegExp) => languages.getByRole('checkbox', { name });
  // The last one cannot be unticked: nothing would be recognised.
  await expect(language(/^English/)).toBeChecked();
  await expect(language(/^English/)).toBeDisabled();
  await expect(language(/xqa/)).toHaveCount(0);

  await picks(app, data);
  await page.getByRole('button', { name: 'Add languages from a folder…' }).click();
  await expect(page.getByText(data)).toBeVisible();
  await expect(language(/xqc · its file is damaged/)).toBeVisible();
  await expect(language(/xqd/)).toHaveCount(0);

  await language(/xqa/).press('Space');
  await expect(language(/xqa/)).toBeChecked();
  await expect.poll(() => chosen(app)).toEqual(['eng', 'xqa']);
  await language(/^English/).click();
  await expect.poll(() => chosen(app)).toEqual(['xqa']);
  await expect(language(/xqa/)).toBeDisabled();
  await language(/xqb/).click();
  await expect.poll(() => chosen(app)).toEqual(['xqa', 'xqb']);
  await app.quit();

  rmSync(join(data, 'xqb.traineddata'));
  const next = await launch({ dataDir: join(folder, 'data') });
  await next.page.keyboard.press('Control+4');
  const left = next.page.getByRole('group', { name: 'Languages of scans' });
  await expect(left.getByRole('checkbox', { name: /xqa/ })).toBeChecked();
  const gone = left.getByRole('checkbox', { name: /xqb · its data is not on this machine/ });
  await expect(gone).toBeChecked();
  await gone.click();
  await expect(gone).toHaveCount(0);
  expect(await chosen(next)).toEqual(['xqa']);

  await next.page.getByRole('button', { name: 'Stop using it' }).click();
  await expect(next.page.getByText(data)).toHaveCount(0);
  await expect(left.getByRole('checkbox', { name: /xqa · its data is not on this machine/ })).toBeDisabled();
  await next.quit();
});
