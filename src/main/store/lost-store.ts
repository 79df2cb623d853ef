/** Tells a store that lost its content from one that never existed. */
import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Whether a store lost all its content: the file is empty, as a full disk or a sync tool leaves it (Docket itself never
 * leaves an empty one), or it is missing but its log or a backup is there. Call this before SQLite opens the file: it
 * deletes the log of an empty one.
 */
export function isLost(file: string): boolean {
  const bytes = sizeOf(file);
  return bytes === null ? (sizeOf(`${file}-wal`) ?? 0) > 0 || backupsOf(file).length > 0 : bytes === 0;
}

/** The backups made before updates of the store, newest first. */
export function backupsOf(file: string): readonly string[] {
  const isBackup = (name: string) =>
    name.startsWith(basename(file)) && /^\.v\d+\.backup(-\d+)?$/.test(name.slice(basename(file).length));
  return namesIn(dirname(file))
    .filter(isBackup)
    .map((name) => join(dirname(file), name))
    .map((path) => ({ path, at: statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((one, other) => other.at - one.at)
    .map(({ path }) => path);
}

/** Null when there is no such file. */
export function sizeOf(file: string): number | null {
  return statSync(file, { throwIfNoEntry: false })?.size ?? null;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // Opening the store in it reports why.
  }
}
