import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hangBeforeHeaders, text } from '../support/model-server-replies.ts';
import { type App, electronPath, expect, launch, projectRoot, sandboxSwitch, settingsFor, test } from './app.ts';

/** Goes through main, because Playwright loses a page whose process has died. */
function inPage<Value>({ electron }: App, script: string): Promise<Value> {
  return electron.evaluate(
    ({ BrowserWindow }, code) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(code),
    script,
  );
}

const readPage = (app: App) => inPage<string>(app, 'document.body.innerText');
const draftIn = (app: App) => inPage<string>(app, "document.querySelector('[data-composer]')?.value ?? ''");

function rendererPid({ electron }: App): Promise<number> {
  return electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0);
}

/** Ends the page's process as a crash or the system's memory killer does, and waits for what is shown next. */
async function killPage(app: App): Promise<void> {
  const before = await rendererPid(app);
  process.kill(before, 'SIGKILL');
  await expect.poll(async () => [0, before].includes(await rendererPid(app))).toBe(false);
  await expect
    .poll(() => app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.isLoading()))
    .toBe(false);
}

test('a window whose process dies returns with its conversation and draft; one that keeps dying says what is safe', async ({
  folder,
  server,
}) => {
  server.respond(text('Blue.'));
  const dataDir = join(folder, 'data');
  const app = await launch({ dataDir });
  await app.request('settings.save', settingsFor(server));
  const composer = app.page.getByRole('textbox', { name: 'Message', exact: true });
  await composer.fill('Which colour has the sky?');
  await composer.press('Enter');
  await expect(app.page.getByRole('article', { name: 'Reply' })).toContainText('Blue.');
  await composer.fill('And the sea');

  for (const _time of ['first', 'second']) {
    await killPage(app);
    await expect.poll(() => readPage(app)).toContain('Blue.');
    await expect.poll(() => draftIn(app)).toBe('And the sea');
  }
  await killPage(app);
  await expect.poll(() => readPage(app)).toContain('safe in the data folder');
  expect(readFileSync(join(dataDir, 'docket.log'), 'utf8').match(/The window's process has gone/g)).toHaveLength(3);

  await inPage(app, 'document.querySelector(\'a[href="/index.html"]\').click()');
  await expect.poll(() => draftIn(app).catch(() => '')).toBe('And the sea');
  await app.quit();
});

test('the history comes back with its search, its place and its open call', async ({ folder, server }) => {
  const app = await launch({ dataDir: join(folder, 'data') });
  await app.request('settings.save', settingsFor(server));
  for (let n = 1; n <= 60; n += 1) await app.request('settings.test', undefined);
  await app.page.keyboard.press('Control+3');
  await app.page.getByRole('searchbox', { name: /Search questions/ }).fill('word');
  await expect(app.page.getByText('60 of 120 calls')).toBeVisible();
  const grid = app.page.getByRole('grid', { name: /Calls/ });
  // The number found may come before the calls, which are shown from the top.
  await expect(grid).toHaveAttribute('aria-rowcount', '61');
  await grid.evaluate((element) => element.scrollTo({ top: 960 }));
  await app.page.locator('[role="row"][aria-rowindex="34"]').click();
  await expect(app.page.getByRole('region', { name: 'Call', exact: true })).toContainText('Reply with the word OK.');
  const place = () =>
    inPage<unknown>(
      app,
      `[
        document.querySelector('[role="searchbox"]')?.value,
        document.querySelector('[role="grid"]')?.scrollTop,
        document.querySelector('[role="row"][aria-selected="true"]')?.ariaRowIndex,
        document.querySelector('[data-pane="call"]')?.innerText.includes('Reply with the word OK.'),
      ]`,
    );
  const before = ['word', 960, '34', true];
  await expect.poll(place).toEqual(before);
  await killPage(app);
  await expect.poll(() => place().catch(() => null)).toEqual(before);
  await app.quit();
});

test('a page that no longer answers is reloaded if the user wants it', async ({ folder }) => {
  const dataDir = join(folder, 'data');
  const shown = join(folder, 'shown.json');
  // Not by Playwright: Chromium lets a page that is debugged hang.
  const hook = join(import.meta.dirname, 'hooks', 'hang-page.cjs');
  const args = [...sandboxSwitch, '-r', hook, projectRoot, '--data-dir', dataDir];
  const env = { ...process.env, LC_ALL: 'C.UTF-8', LANGUAGE: 'en', SHOWN: shown };
  const app = spawn(electronPath, args, { env, stdio: 'ignore' });
  expect(await new Promise((resolve) => void app.once('exit', resolve))).toBe(0);

  const { asked, page } = JSON.parse(readFileSync(shown, 'utf8'));
  expect(asked.message).toContain('is not responding');
  expect(asked.buttons).toEqual(['Wait', 'Reload']);
  expect(page).toContain('No conversations yet');
  expect(readFileSync(join(dataDir, 'docket.log'), 'utf8')).toContain('was not responding and was reloaded');
});

test('a window whose page without scripts dies as well asks in a dialog, and can be opened again', async ({
  folder,
}) => {
  const app = await launch({ dataDir: join(folder, 'data') });
  const asked = join(folder, 'asked.json');
  for (const _time of ['first', 'second', 'third']) await killPage(app);
  await expect.poll(() => readPage(app)).toContain('safe in the data folder');
  await app.electron.evaluate(({ dialog }, file) => {
    dialog.showMessageBox = async (...given: unknown[]) => {
      process.getBuiltinModule('node:fs').writeFileSync(file, JSON.stringify(given.at(-1)));
      return { response: 0, checkboxChecked: false };
    };
  }, asked);
  await killPage(app);
  await expect.poll(() => readPage(app)).toContain('History');
  const { message, detail } = JSON.parse(readFileSync(asked, 'utf8'));
  expect(message).toContain('keeps crashing');
  expect(detail).toContain(join(folder, 'data'));
  await app.quit();
});

test('a batch continues while its window is dead, and is shown again afterwards', async ({ folder, server }) => {
  server.respond(() => hangBeforeHeaders());
  const app = await launch({ dataDir: join(folder, 'data') });
  const sample = await app.request('batch.createSample', undefined);
  await expect.poll(async () => (await app.request('batch.get', { batchId: sample.id })).batch.status).toBe('finished');
  await app.request('settings.save', settingsFor(server));
  await app.page.keyboard.press('Control+2');
  await app.request('batch.createSample', undefined);
  await server.waitForRequests(3);
  await killPage(app);
  server.respond(text('Positive'));
  server.release();
  await expect.poll(() => readPage(app)).toContain('10 of 10 files');
  await app.quit();
});

test('the built-in engine and the graphics recover after their processes die', async ({ folder }) => {
  const dataDir = join(folder, 'data');
  const app = await launch({ dataDir });
  const pidOf = (what: string) =>
    app.electron.evaluate(
      ({ app: electronApp }, wanted) =>
        electronApp.getAppMetrics().find(({ type, name }) => type === wanted || name === wanted)?.pid ?? 0,
      what,
    );
  let asked = 0;
  const ask = async (question: string) => {
    asked += 1;
    const composer = app.page.getByRole('textbox', { name: 'Message', exact: true });
    await composer.fill(question);
    await composer.press('Enter');
    const replies = app.page.getByRole('article', { name: 'Reply' });
    await expect(replies).toHaveCount(asked);
    await expect(replies.last()).toContainText('No language model is connected');
    await expect(app.page.getByRole('button', { name: 'Stop' })).toHaveCount(0);
  };
  await ask('Who are you?');
  const engine = await pidOf('Docket text engine');
  process.kill(engine, 'SIGKILL');
  await expect
    .poll(() => readFileSync(join(dataDir, 'docket.log'), { encoding: 'utf8', flag: 'a+' }))
    .toContain('Docket text engine (killed');
  await ask('Are you there again?');
  expect(await pidOf('Docket text engine')).not.toBe(engine);

  const graphics = await pidOf('GPU');
  process.kill(graphics, 'SIGKILL');
  await expect.poll(async () => [0, graphics].includes(await pidOf('GPU'))).toBe(false);
  await ask('Can this still be seen?');
  expect(await app.page.screenshot()).not.toHaveLength(0);
  await app.quit();
});
