import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import readXlsx from 'read-excel-file/node';
import { exportFormats } from '../../src/shared/export-format.ts';
import { defaultSettings } from '../../src/shared/settings-schema.ts';
import { writeCorpus } from '../support/corpus.ts';
import { firstFiles } from '../support/first-files.ts';
import { hangBeforeHeaders, prompted, rateLimited } from '../support/model-server-replies.ts';
import { expect, launch, settingsFor, test } from './app.ts';

test('a dropped folder of real files finishes: good files with results, bad ones with the reason', async ({
  folder,
}) => {
  const documents = join(folder, 'Documents');
  mkdirSync(documents);
  const corpus = await writeCorpus(documents);
  expect(corpus.good.length + corpus.bad.length).toBeGreaterThanOrEqual(30);
  expect(corpus.bad.length).toBeGreaterThanOrEqual(3);
  const app = await launch({ dataDir: join(folder, 'data') });
  await app.drop([documents]);
  const total = corpus.good.length + corpus.bad.length;
  await expect(app.page.getByText(`${total} of ${total} files`)).toBeVisible();

  const [batch] = await app.request('batch.list', undefined);
  expect(batch?.counts).toMatchObject({
    total,
    done: corpus.good.length,
    failed: corpus.bad.length,
    queued: 0,
    running: 0,
  });
  const failed = await app.request('batch.rows', {
    itemIds: [...(await app.request('batch.view', { batchId: batch?.id ?? '', only: 'failed' }))],
  });
  const codes = await Promise.all(
    failed.map(async (row) => (await app.request('batch.item', { itemId: row.id })).row.problem?.code),
  );
  expect(codes.sort()).toEqual(corpus.bad.map((bad) => bad.code).sort());

  // The failures are one click away, each explained.
  await app.page
    .getByRole('group', { name: 'Files to show' })
    .getByRole('button', { name: /Failed/ })
    .click();
  await expect(app.page.getByRole('grid').getByRole('row')).toHaveCount(corpus.bad.length + 1);

  // In the smallest window too, with what to do about it.
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(800, 600));
  await expect.poll(() => app.page.evaluate(() => innerWidth)).toBe(800);
  const reason = app.page.getByText(/^No words were recognised in this image/);
  await expect(reason).toContainText('Check that it is the right file');
  await expect.poll(() => reason.evaluate((cell) => cell.scrollHeight - cell.clientHeight)).toBeLessThanOrEqual(1);
  await app.quit();
});

test('cancelling keeps finished files, and resuming runs only the rest', async ({ folder, server }) => {
  const documents = join(folder, 'Notes');
  mkdirSync(documents);
  for (let n = 1; n <= 12; n += 1)
    writeFileSync(join(documents, `note ${n}.txt`), `Note number ${n}. It is a short note about topic ${n}.`);
  const isAnswered = firstFiles(4);
  server.respond((request) => (isAnswered(request) ? undefined : hangBeforeHeaders()));
  const app = await launch({ dataDir: join(folder, 'data') });
  await app.request('settings.save', settingsFor(server));
  await app.drop([documents]);
  await expect(app.page.getByText('4 of 12 files')).toBeVisible();
  await app.page.getByRole('button', { name: 'Cancel' }).click();
  await expect(app.page.getByRole('button', { name: 'Resume' })).toBeVisible();
  await expect(app.page.getByRole('row').filter({ hasText: 'Cancelled' })).toHaveCount(8);
  expect(server.chatRequests.filter(isAnswered)).toHaveLength(12);

  server.respond(() => undefined);
  await app.page.getByRole('button', { name: 'Resume' }).click();
  await expect(app.page.getByText('12 of 12 files')).toBeVisible();
  expect(server.chatRequests.filter(isAnswered)).toHaveLength(12);
  await app.quit();
});

test('a batch waiting to retry says why and how long in one line, and then continues', async ({ folder, server }) => {
  const documents = join(folder, 'Notes');
  mkdirSync(documents);
  for (let n = 1; n <= 3; n += 1) writeFileSync(join(documents, `note ${n}.txt`), `Note number ${n}.`);
  server.respond(Array.from({ length: 9 }, () => rateLimited({ retryAfterSeconds: 9 })));
  const app = await launch({ dataDir: join(folder, 'data') });
  await app.request('settings.save', settingsFor(server));
  await app.drop([documents]);
  const line = app.page.getByText(
    /^Waiting: .+ asks to wait 9 s before the next call \(HTTP 429\)\. Trying again (in \d s|now)\.$/,
  );
  await expect(line).toBeVisible();
  await expect(app.page.getByRole('status').filter({ hasText: /waiting until .+ takes calls again/ })).toHaveCount(1);
  await expect(app.page.getByText('0 of 3 files')).toBeVisible();
  await expect(app.page.getByText('3 of 3 files')).toBeVisible();
  await expect(line).toHaveCount(0);
  expect(server.chatRequestCount).toBe(18);
  await app.quit();
});

test('a batch whose server is away says since when, and continues at once on request', async ({ folder, server }) => {
  const documents = join(folder, 'Notes');
  mkdirSync(documents);
  for (let n = 1; n <= 20; n += 1) writeFileSync(join(documents, `note ${n}.txt`), `Note number ${n}.`);
  const isEarly = firstFiles(4);
  server.respond((request) => (isEarly(request) ? undefined : rateLimited({ retryAfterSeconds: 3_600 })));
  const app = await launch({ dataDir: join(folder, 'data') });
  await app.request('settings.save', settingsFor(server));
  await app.drop([documents]);

  const line = app.page.getByText(/^Waiting since \d\d:\d\d.*: .+ asks to wait 60 min .*Trying again in \d+ min/);
  await expect(line).toBeVisible();
  server.respond(prompted());
  await app.page.getByRole('button', { name: 'Try now' }).click();
  await expect(app.page.getByText('20 of 20 files')).toBeVisible();
  await expect(line).toHaveCount(0);
  await app.quit();
});

test('a second folder can be dropped while a batch runs, and a chat message waits for neither', async ({
  folder,
  server,
}) => {
  for (const name of ['First', 'Second']) {
    mkdirSync(join(folder, name));
    for (let n = 1; n <= 3; n += 1) writeFileSync(join(folder, name, `${n}.txt`), `${name} text ${n}.`);
  }
  server.respond((request) => (request.task === 'chat' ? undefined : hangBeforeHeaders()));
  const app = await launch({ dataDir: join(folder, 'data') });
  await app.request('settings.save', settingsFor(server));
  await app.drop([join(folder, 'First')]);
  await server.waitForRequests(5);
  await app.drop([join(folder, 'Second')]);
  await expect(app.page.getByRole('option', { name: /Second/ })).toBeVisible();
  await expect(app.page.getByRole('heading', { name: 'Second' })).toBeVisible();

  await app.page.keyboard.press('Control+1');
  const composer = app.page.getByRole('textbox', { name: 'Message', exact: true });
  await composer.fill('Are you free?');
  await composer.press('Enter');
  await expect(app.page.getByRole('article', { name: 'Reply' })).toContainText(/\w+/);
  await expect(app.page.getByRole('button', { name: 'Stop' })).toHaveCount(0);

  server.respond(() => undefined);
  server.release();
  await expect
    .poll(async () => (await app.request('batch.list', undefined)).map((batch) => batch.counts.done))
    .toEqual([3, 3]);
  await app.quit();
});

test('a batch interrupted by a kill can be resumed and finishes without repeating finished files', async ({
  folder,
  server,
}) => {
  const documents = join(folder, 'Notes');
  mkdirSync(documents);
  for (let n = 1; n <= 6; n += 1) writeFileSync(join(documents, `note ${n}.txt`), `Note number ${n}.`);
  const isAnswered = firstFiles(2);
  server.respond((request) => (isAnswered(request) ? undefined : hangBeforeHeaders()));
  const app = await launch({ dataDir: join(folder, 'data') });
  await app.request('settings.save', settingsFor(server));
  await app.drop([documents]);
  await expect(app.page.getByText('2 of 6 files')).toBeVisible();
  const gone = new Promise((resolve) => void app.electron.process().once('exit', resolve));
  app.electron.process().kill('SIGKILL');
  await gone;

  server.respond(() => undefined);
  const again = await launch({ dataDir: join(folder, 'data') });
  const { rows } = await again.request('history.page', { status: 'in_doubt', limit: 100 });
  expect(rows.length).toBeGreaterThan(0);
  await again.page.keyboard.press('Control+2');
  await expect(
    again.page.getByText(/Requests that were under way may have reached .*; they are sent again/),
  ).toBeVisible();
  await again.page.getByRole('button', { name: 'Resume' }).click();
  await expect(again.page.getByText('6 of 6 files')).toBeVisible();
  expect(server.chatRequests.filter(isAnswered)).toHaveLength(6);
  await again.quit();
});

test('results are exported in every format', async ({ folder }) => {
  const app = await launch({ dataDir: join(folder, 'data') });
  const batch = await app.request('batch.createSample', undefined);
  await expect.poll(async () => (await app.request('batch.get', { batchId: batch.id })).batch.status).toBe('finished');
  for (const format of exportFormats) {
    const file = join(folder, `results.${format}`);
    // Stands in for the system's dialog, which cannot be automated; the rest is the app's own.
    await app.electron.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, file);
    expect(await app.request('batch.export', { batchId: batch.id, format })).toBe(file);
    expect(await textOf(file)).toContain('Customer letter.txt');
  }
  expect(JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8')).files).toHaveLength(10);
  await app.quit();
});

/** What a reader of the file finds in it; a workbook is opened. */
async function textOf(file: string): Promise<string> {
  return file.endsWith('.xlsx') ? JSON.stringify(await readXlsx(file)) : readFileSync(file, 'utf8');
}

test('an export contains the displayed files or all of them, and says which', async ({ folder }) => {
  const documents = join(folder, 'letters');
  mkdirSync(documents);
  for (const n of [1, 2]) writeFileSync(join(documents, `letter ${n}.txt`), `Letter ${n} is about the roof.`);
  writeFileSync(join(documents, 'empty.txt'), '');
  const app = await launch({ dataDir: join(folder, 'data') });
  const { page } = app;
  await page.keyboard.press('Control+2');
  await app.drop([documents]);
  await expect(page.getByText('3 of 3 files')).toBeVisible();
  const file = join(folder, 'results.csv');
  const proposed = await app.electron.evaluateHandle(({ dialog }, filePath) => {
    const names: (string | undefined)[] = [];
    dialog.showSaveDialog = (...options: unknown[]) => {
      names.push((options.at(-1) as { defaultPath?: string }).defaultPath);
      return Promise.resolve({ canceled: false, filePath });
    };
    return names;
  }, file);

  await page
    .getByRole('group', { name: 'Files to show' })
    .getByRole('button', { name: /Failed/ })
    .click();
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('menuitem', { name: 'CSV: 1 failed…' }).click();
  await expect(page.getByText('Saved to')).toBeVisible();
  expect(readFileSync(file, 'utf8')).toContain('empty.txt');
  expect(readFileSync(file, 'utf8')).not.toContain('letter 1.txt');

  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('menuitem', { name: 'CSV: all 3…' }).click();
  await expect.poll(() => readFileSync(file, 'utf8')).toContain('letter 1.txt');

  const shown = await app.electron.evaluateHandle(({ shell }) => {
    const files: string[] = [];
    shell.showItemInFolder = (path) => void files.push(path);
    return files;
  });
  await page.getByRole('button', { name: 'Show in folder' }).click();
  await expect.poll(() => shown.jsonValue()).toEqual([file]);
  expect(await proposed.jsonValue()).toEqual(['letters failed.csv', 'letters.csv']);
  await app.quit();
});

test('columns can be resized with the keyboard, and reset', async ({ folder }) => {
  const app = await launch({ dataDir: join(folder, 'data') });
  await app.request('batch.createSample', undefined);
  await app.page.keyboard.press('Control+2');
  const grid = app.page.getByRole('grid');
  await expect(app.page.getByText('10 of 10 files')).toBeVisible();
  const width = async (name: string) =>
    Math.round((await grid.getByRole('columnheader', { name, exact: true }).boundingBox())?.width ?? 0);
  const ownWidth = await width('File');

  await grid.focus();
  await app.page.keyboard.press('Tab');
  const fileEdge = app.page.getByRole('separator', { name: 'Width of File' });
  await expect(fileEdge).toBeFocused();
  await expect(fileEdge).toHaveAttribute('aria-valuenow', String(ownWidth));
  // The handle extends beyond its column, whose name stays in place.
  expect(await grid.getByRole('columnheader', { name: 'File' }).evaluate((cell) => cell.scrollLeft)).toBe(0);
  await app.page.keyboard.press('Shift+ArrowRight');
  await expect(fileEdge).toHaveAttribute('aria-valuenow', String(ownWidth + 40));
  expect(await width('File')).toBe(ownWidth + 40);
  await app.page.keyboard.press('Home');
  expect(await width('File')).toBe(56);
  await app.page.keyboard.press('Enter');
  expect(await width('File')).toBe(ownWidth);

  await app.page.keyboard.press('ArrowDown');
  await expect(app.page.getByRole('separator', { name: 'Width of Status' })).toBeFocused();
  // The handles are a single tab stop.
  await app.page.keyboard.press('Shift+Tab');
  await expect(grid).toBeFocused();
  await app.quit();
});

test('a column whose edge is dragged is wider, and does not sort the table', async ({ folder }) => {
  const dataDir = join(folder, 'data');
  const app = await launch({ dataDir });
  await app.request('batch.createSample', undefined);
  await app.page.keyboard.press('Control+2');
  await expect(app.page.getByText('10 of 10 files')).toBeVisible();
  const header = ({ page }: typeof app) => page.getByRole('columnheader', { name: 'Extract' });
  const width = async (of: typeof app) => Math.round((await header(of).boundingBox())?.width ?? 0);
  const before = await width(app);
  const edge = app.page.getByRole('separator', { name: 'Width of Extract' });
  await edge.hover();
  const { x = 0, y = 0 } = (await edge.boundingBox()) ?? {};
  await app.page.mouse.down();
  await app.page.mouse.move(x + 64, y + 4, { steps: 4 });
  await app.page.mouse.up();
  await expect.poll(() => width(app)).toBeGreaterThan(before + 40);
  await expect(header(app)).not.toHaveAttribute('aria-sort', /./);
  const chosen = await width(app);
  await app.quit();

  const again = await launch({ dataDir });
  await again.page.keyboard.press('Control+2');
  await expect(again.page.getByText('10 of 10 files')).toBeVisible();
  expect(await width(again)).toBe(chosen);
  await again.quit();
});

test('the reason for a failure is readable in the list at any window size', async ({ folder }) => {
  const documents = join(folder, 'Mixed');
  mkdirSync(documents);
  writeFileSync(join(documents, 'good.txt'), 'The pump was delivered late. The customer was not pleased.');
  writeFileSync(
    join(documents, 'holiday photo.jpg'),
    Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46]),
  );
  writeFileSync(join(documents, 'nothing.txt'), '');
  const app = await launch({ dataDir: join(folder, 'data') });
  await app.drop([documents]);
  await expect(app.page.getByText('3 of 3 files')).toBeVisible();
  for (const width of [800, 1280, 1920]) {
    await app.electron.evaluate(
      ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size, 800),
      width,
    );
    await expect.poll(() => app.page.evaluate(() => innerWidth)).toBe(width);
    // A small window shows what happened; the advice is in the tooltip and in the file's detail.
    for (const reason of ['This image is damaged: it cannot be opened.', 'This file is empty (0 bytes).']) {
      const cell = app.page.getByRole('gridcell', { name: reason });
      const read = width === 800 ? reason.length : undefined;
      await expect.poll(() => cell.evaluate(unreadPixels, read)).toBe(0);
    }
  }
  await app.quit();
});

/** How far the text of a cell, or its first characters, extends beyond its visible part. */
function unreadPixels(cell: Element, characters?: number): number {
  const node = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT).nextNode();
  if (node === null) return Infinity;
  const range = document.createRange();
  range.setStart(node, 0);
  range.setEnd(node, characters ?? node.textContent?.length ?? 0);
  const text = range.getBoundingClientRect();
  const shown = cell.getBoundingClientRect();
  const table = cell.closest('[role="grid"]')?.getBoundingClientRect();
  return Math.max(0, text.right - Math.min(shown.right, table?.right ?? 0), text.bottom - shown.bottom);
}

test('a batch that ends in the background shows a notification, and clicking it shows the batch', async ({
  folder,
}) => {
  const app = await launch({ dataDir: join(folder, 'data') });
  const { page } = app;
  // Stands in for a click on the system's notification, which cannot be automated.
  const shown = await app.electron.evaluateHandle(({ BrowserWindow, Notification }) => {
    for (const window of BrowserWindow.getAllWindows()) window.blur();
    const told: { readonly title: string; readonly body: string; click(): void }[] = [];
    Notification.isSupported = () => true;
    Notification.prototype.show = function show() {
      told.push({ title: this.title, body: this.body, click: () => this.emit('click') });
    };
    return told;
  });
  const isInFront = () => app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getFocusedWindow() !== null);
  await expect.poll(isInFront).toBe(false);
  await app.request('batch.createSample', undefined);
  await expect
    .poll(() => shown.evaluate((told) => told.map(({ title, body }) => `${title} / ${body}`)))
    .toEqual([expect.stringMatching(/^Sample documents: finished \/ \d+ files done(, \d failed)?\.$/)]);
  await shown.evaluate((told) => told[0]?.click());
  await expect(page.getByRole('heading', { name: 'Sample documents' })).toBeVisible();

  await page.keyboard.press('Control+4');
  await page.getByText(/^When a batch ends or stops/).click();
  await expect.poll(async () => (await app.request('settings.get', undefined)).settings.notifyBatchEnd).toBe(false);
  await app.quit();
});

test('a batch started with another provider says so and waits', async ({ folder, server }) => {
  server.respond(hangBeforeHeaders());
  const documents = join(folder, 'letters');
  mkdirSync(documents);
  for (const n of [1, 2]) writeFileSync(join(documents, `letter ${n}.txt`), `Letter ${n} is about the roof.`);
  const app = await launch({ dataDir: join(folder, 'data') });
  const { page } = app;
  await app.request('settings.save', settingsFor(server));
  await page.keyboard.press('Control+2');
  await app.drop([documents]);
  await server.waitUntil(() => server.hanging > 0);
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await app.request('settings.save', defaultSettings);

  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(
    page.getByText(/^This batch was started with .* but the provider is now Built-in text engine/),
  ).toBeVisible();
  await expect(page.getByText('0 of 2 files')).toBeVisible();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(page.getByText('2 of 2 files')).toBeVisible();
  await app.quit();
});

test('Ctrl+F searches the results of the open file', async ({ folder }) => {
  const app = await launch({ dataDir: join(folder, 'data') });
  const { page } = app;
  await app.request('batch.createSample', undefined);
  await page.keyboard.press('Control+2');
  await expect(page.getByText('10 of 10 files')).toBeVisible();
  await page
    .getByRole('grid')
    .getByRole('row', { name: /Customer letter/ })
    .click();
  await expect(
    page.getByRole('region', { name: 'File in full' }).getByText('Customer letter.txt').first(),
  ).toBeVisible();
  await page.keyboard.press('Control+F');
  await page.keyboard.type('customer letter');
  await expect(page.getByRole('search').getByRole('status')).toHaveText(/^1 of \d+$/);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('search')).toHaveCount(0);
  await app.quit();
});
