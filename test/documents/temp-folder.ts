import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { removeFolder } from '../support/remove-folder.ts';

/** A folder of the running test's own, removed after it. `put` writes a file into it and returns its path. */
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
 * Runs something without the power of the superuser, to whom no file is unreadable. Everything that it imports must
 * have been imported before, and what its threads read must lie where anybody can read it: the project may not.
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
