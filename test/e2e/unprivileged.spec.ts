import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { electronPath, expect, type Installation, launch, projectRoot, test } from './app.ts';

/** A user that owns nothing, present on every Linux. */
const NOBODY = 65_534;

/** Copies the app as a user would have installed it and starts it as a user without rights. */
function installForNobody(folder: string): Installation {
  chmodSync(folder, 0o755);
  const runtime = join(folder, 'electron');
  mkdirSync(runtime);
  // Both keep owner and mode of the sandbox helper, which must belong to root; hard links do not cross file systems.
  execFileSync('sh', [
    '-c',
    'cp -al "$1/." "$2" 2>/dev/null || cp -a "$1/." "$2"',
    'sh',
    dirname(electronPath),
    runtime,
  ]);
  const appPath = join(folder, 'app');
  for (const part of ['package.json', 'out', 'resources', join('node_modules', 'better-sqlite3')]) {
    cpSync(join(projectRoot, part), join(appPath, part), { recursive: true });
  }
  execFileSync('chmod', ['-R', 'a+rX', appPath]);
  const home = join(folder, 'home');
  mkdirSync(home);
  chownSync(home, NOBODY, NOBODY);
  const executable = join(folder, 'electron-as-nobody');
  writeFileSync(
    executable,
    [
      '#!/bin/sh',
      `export HOME='${home}' XDG_CONFIG_HOME='${home}' XDG_CACHE_HOME='${home}' ${displayAccess(home)}`,
      // Playwright disables the sandbox because the tests run as root; this process does not.
      'for argument; do shift; [ "$argument" = --no-sandbox ] || set -- "$@" "$argument"; done',
      `exec setpriv --reuid=${NOBODY} --regid=${NOBODY} --clear-groups '${join(runtime, 'electron')}' "$@"`,
    ].join('\n'),
    { mode: 0o755 },
  );
  return { executable, appPath, switches: [] };
}

/** The virtual screen admits processes that have its cookie. */
function displayAccess(home: string): string {
  const cookie = process.env.XAUTHORITY;
  if (cookie === undefined) return '';
  const copy = join(home, 'Xauthority');
  copyFileSync(cookie, copy);
  chownSync(copy, NOBODY, NOBODY);
  return `XAUTHORITY='${copy}'`;
}

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
  await expect.poll(async () => (await app.request('batch.get', { batchId: batch.id })).batch.counts.done).toBe(6);
  await app.quit();
});
