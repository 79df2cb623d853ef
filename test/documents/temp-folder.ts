import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { removeFolder } from '../support/remove-folder.ts';

/** A temporary folder for the current test, removed afterwards. `put` writes a file into it and returns its path. */
export function tempFolder() {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'docket-documents-')));
  onTestFinished(() => removeFolder(path));
  return {
    path,
    put(name: string, content: string | Uint8Array): string {
      const target = join(path, name);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, content);
      return target;
    },
  };
}

/**
 * Runs something without root rights, since root can read any file. Everything it imports must already be imported, and
 * whatever its threads read must be world-readable, which the project folder may not be.
 */
export async function asOrdinaryUser<T>(run: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return await run();
  process.seteuid?.(65_534);
  try {
    return await run();
  } finally {
    process.seteuid?.(0);
  }
}
