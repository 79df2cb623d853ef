import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type App, electronPath, expect, launch, projectRoot, sandboxSwitch, test } from './app.ts';

test('the first start works without a key or network: the sample folder is analysed and nothing leaves', async ({
  folder,
}) => {
  const app = await launch({ dataDir: join(folder, 'data') });
  const { page } = app;
  await expect(page.getByText('Nothing has left this machine today')).toBeVisible();
  await page.getByRole('button', { name: 'Try the sample folder' }).click();
  const table = page.getByRole('grid');
  await expect(table.getByText('Customer letter.txt')).toBeVisible();
  await expect(page.getByText('10 of 10 files')).toBeVisible();
  await expect(table.getByRole('columnheader', { name: 'Extract' })).toBeVisible();
  await expect(table.getByRole('columnheader', { name: 'Word-list tone' })).toBeVisible();
  await expect(page.getByText('Built-in text engine (no AI model)').filter({ visible: true }).first()).toBeVisible();
  await expect(page.getByText('Nothing has left this machine today')).toBeVisible();
  expect((await app.request('status.get', undefined)).leftToday).toEqual({ calls: 0, bytes: 0, hosts: [] });
  await app.quit();
});

test('a start runs a single thread, the one that writes to the store, and no HTTP client', async ({ folder }) => {
  const app = await launch({ dataDir: join(folder, 'data') });
  await app.page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  // Answered after all that was asked before.
  await app.request('chat.list', undefined);
  expect(await runningThreads(app)).toBe(1);
  expect(await loadedOfNode(app)).toContain('worker_threads');
  // Node's own, of which Electron's usual handler of a protocol needs the requests: 35 ms before the page.
  expect(await loadedOfNode(app)).not.toContain('internal/deps/undici/undici');
  // What no start reads has a thread of its own.
  await app.request('batch.list', undefined);
  expect(await runningThreads(app)).toBe(2);
  await app.quit();
});

test('a second start brings the first window forward instead of opening another', async ({ folder }) => {
  const dataDir = join(folder, 'data');
  const first = await launch({ dataDir });
  await first.electron.evaluate(({ app }) => {
    Reflect.set(
      globalThis,
      'secondStart',
      new Promise((resolve) => void app.once('second-instance', () => resolve(true))),
    );
  });
  await expect(launch({ dataDir })).rejects.toThrow();
  expect(await first.electron.evaluate(() => Reflect.get(globalThis, 'secondStart'))).toBe(true);
  expect(first.electron.windows()).toHaveLength(1);
  await first.quit();
});

test('the window remembers its size', async ({ folder }) => {
  const dataDir = join(folder, 'data');
  const first = await launch({ dataDir });
  await first.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(1011, 707));
  await first.quit();
  const second = await launch({ dataDir });
  const size = await second.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getSize());
  expect(size).toEqual([1011, 707]);
  await second.quit();
});

test('a relative data folder can be given on the command line', async ({ folder }) => {
  const app = await launch({ dataDir: 'data', cwd: folder });
  await app.quit();
  expect(readdirSync(join(folder, 'data'))).toContain('docket.db');
});

test('a data folder that cannot be created is reported in a sentence, and no other is used', async ({ folder }) => {
  const file = join(folder, 'letter.txt');
  writeFileSync(file, '');
  const child = spawn(electronPath, [...sandboxSwitch, projectRoot, '--data-dir', file], {
    env: { ...process.env, XDG_CONFIG_HOME: join(folder, 'config') },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  expect(said).toContain(`The data folder ${file} cannot be used: `);
  expect([code, readdirSync(folder)]).toEqual([1, ['letter.txt']]);
});

function runningThreads({ electron }: App): Promise<number> {
  return electron.evaluate(() => {
    const { workers } = process.report.getReport() as unknown as { workers: readonly unknown[] };
    return workers.length;
  });
}

/** The parts of Node itself that the main process has loaded. */
function loadedOfNode({ electron }: App): Promise<readonly string[]> {
  return electron.evaluate(() => {
    const { moduleLoadList } = process as unknown as { moduleLoadList: readonly string[] };
    return moduleLoadList.map((entry) => entry.replace('NativeModule ', ''));
  });
}
