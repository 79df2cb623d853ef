import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Creates a folder and its parents, accessible only to the user. Node's recursive `mkdir` loops forever where creating
 * a subfolder fails with ENOENT, as under /proc or on a disconnected share.
 * @throws the system's error.
 */
export function makeFolder(folder: string): void {
  const above = dirname(folder);
  if (above !== folder && !exists(above)) makeFolder(above);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (!exists(folder)) throw error;
  }
}

/** False for a file, so that creating something in it fails with the system's own error. */
function exists(folder: string): boolean {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
}
