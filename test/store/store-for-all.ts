import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';

const project = fileURLToPath(new URL('../../', import.meta.url));

/**
 * A copy of the store's thread and its modules that any user can read: a checkout in a folder of mode 0700 is readable
 * only by its owner.
 */
export function storeForAll(): URL {
  const folder = mkdtempSync(join(tmpdir(), 'docket-for-all-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const put = (from: string, to: string) => {
    mkdirSync(dirname(join(folder, to)), { recursive: true });
    cpSync(from, join(folder, to), { recursive: true, dereference: true, filter: (path) => !isSource(path) });
  };
  for (const part of ['package.json', 'src/shared', 'src/main']) put(join(project, part), part);
  put(packageFolder('better-sqlite3'), join('node_modules', 'better-sqlite3'));
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    chmodSync(join(entry.parentPath, entry.name), 0o755);
  }
  return pathToFileURL(join(folder, 'src/main/store/store-worker.ts'));
}

/** The native addon's sources. Only its build is needed. */
function isSource(path: string): boolean {
  return /better-sqlite3[\\/](deps|src)$/.test(path);
}

function packageFolder(name: string): string {
  return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
}
