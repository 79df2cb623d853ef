import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder, and those above it, for the user alone. Node's recursive `mkdir` tries for ever where a folder takes
 * no others and says that it is not there, as /proc does or a share that is not connected.
 * @throws what the system says.
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

/** False for a file: what is made in it fails with the system's own words. */
function exists(folder: string): boolean {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
}
