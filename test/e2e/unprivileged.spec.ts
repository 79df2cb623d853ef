import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, launch, test } from './app.ts';
import { installForNobody } from './nobody.ts';

test('runs as an unprivileged user with the Chromium sandbox on', async ({ folder }) => {
  const isRoot = process.getuid?.() === 0;
  const app = isRoot
    ? await launch({ dataDir: join(folder, 'home', 'data'), installation: installForNobody(folder) })
    : await launch({ dataDir: join(folder, 'data') });
  const main = await app.electron.evaluate(({ app: electronApp, BrowserWindow }) => ({
    uid: process.getuid?.(),
    withoutSandbox: electronApp.commandLine.hasSwitch('no-sandbox'),
    renderer: BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0,
  }));
  expect(main.uid).not.toBe(0);
  expect(main.withoutSandbox).toBe(false);
  // 2: the kernel filters the page's system calls (proc(5), seccomp(2)).
  expect(readFileSync(`/proc/${main.renderer}/status`, 'utf8')).toMatch(/^Seccomp:\s*2$/m);

  const batch = await app.request('batch.createSample', undefined);
  await expect.poll(async () => (await app.request('batch.get', { batchId: batch.id })).batch.counts.done).toBe(10);
  await app.quit();
});
