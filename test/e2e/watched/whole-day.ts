/** A day with Docket, from the first start to the last quit, using every surface. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pictureOf, png } from '../../support/page-pictures.ts';
import { type App, type Installation, expect as impatient, launch, settingsFor } from '../app.ts';
import { tryToReachOut, tryWebRtc } from './page-tries.ts';

/** No test runner sets a time-out here; it is generous, because a slow machine is not a defect. */
const expect = impatient.configure({ timeout: 60_000 });

export interface Day {
  readonly folder: string;
  /** Ends in `/v1`. */
  readonly endpoint: string;
  readonly installation: Installation;
}

/** Everything that a user does, and a second start with the data of the first. */
export async function spendDay({ folder, endpoint, installation }: Day): Promise<void> {
  const start = () => launch({ dataDir: join(folder, 'data'), installation });
  const first = await start();
  await analyseSamples(first);
  await connect(first, endpoint);
  await chat(first);
  await runBatch(first, folder);
  await lookAtHistory(first);
  await first.quit();
  await (await start()).quit();
}

/** Everything that a page with an injected script could try. */
export async function tryToEscape({ folder, installation }: Day): Promise<void> {
  const app = await launch({ dataDir: join(folder, 'data'), installation });
  await tryWebRtc(app.page);
  await tryToReachOut(app.page);
  await stayedWhereItWas(app);
  await app.quit();
}

/** Goes through main, because Playwright waits for navigations that were refused. */
async function stayedWhereItWas({ electron }: App): Promise<void> {
  const found = await electron.evaluate(async ({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    return [
      window?.webContents.getURL(),
      await window?.webContents.executeJavaScript("document.querySelector('nav') !== null"),
    ];
  });
  expect(found).toEqual(['app://docket/index.html', true]);
}

async function analyseSamples({ page }: App): Promise<void> {
  await page.getByRole('button', { name: 'Try the sample folder' }).click();
  await expect(page.getByText('10 of 10 files')).toBeVisible();
}

async function connect(app: App, endpoint: string): Promise<void> {
  await app.page.keyboard.press('Control+4');
  await app.request('settings.discover', undefined);
  await app.request('settings.save', settingsFor({ url: endpoint }));
  await app.page.getByRole('button', { name: 'Test connection' }).click();
  await expect(app.page.getByText(/gpt-4o-mini\S* replied/)).toBeVisible();
}

/** Typed key by key with a misspelled word, which would wake up a spelling checker. */
async function chat({ page }: App): Promise<void> {
  await page.keyboard.press('Control+1');
  const composer = page.getByRole('textbox', { name: 'Message', exact: true });
  await composer.click();
  await composer.pressSequentially('Wat is teh capital of France? ');
  await composer.press('Enter');
  await expect(page.getByRole('article', { name: 'Reply' })).toContainText('You wrote: Wat is teh capital');
  await expect(page.getByRole('button', { name: 'Stop' })).toHaveCount(0);
}

async function runBatch(app: App, folder: string): Promise<void> {
  const documents = join(folder, 'Letters');
  mkdirSync(documents);
  for (const name of ['first', 'second', 'third']) {
    writeFileSync(join(documents, `${name}.txt`), `This is the ${name} letter. See https://elsewhere.example/${name}.`);
  }
  writeFileSync(join(documents, 'scan.png'), png(await pictureOf()));
  await app.drop([documents]);
  // It waits for that, since its files leave the machine.
  await app.page.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(app.page.getByText('4 of 4 files')).toBeVisible();
  await expect(app.page.getByRole('img', { name: /recognised from an image/ })).toBeVisible();
}

async function lookAtHistory({ page }: App): Promise<void> {
  await page.keyboard.press('Control+3');
  await page.getByRole('searchbox', { name: /Search questions/ }).pressSequentially('capital');
  const calls = page.getByRole('grid', { name: /Calls/ });
  await calls
    .getByText(/capital of France/)
    .first()
    .click();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Call', exact: true })).toContainText('capital of France');
}
