/** Starts the app as a user without rights. */
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, copyFileSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { electronPath, type Installation, projectRoot } from './app.ts';

/** A user that owns nothing, present on every Linux. */
const NOBODY = 65_534;

/** Copies the app as a user would have installed it and starts it as a user without rights. */
export function installForNobody(folder: string): Installation {
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
