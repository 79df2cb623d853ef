import { lstatSync, mkdirSync, type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Creates a folder and its parents, accessible only to the user. Node's recursive `mkdir` loops forever where creating
 * a subfolder fails with ENOENT, as under /proc or on a disconnected share.
 * @throws an error whose message is a clause for the user where it is known what stands in the way, otherwise the system's.
 */
export function makeFolder(folder: string): void {
  const above = dirname(folder);
  if (above !== folder && !isFolder(above)) makeFolder(above);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (isFolder(folder)) return;
    const why = whyNoFolder(folder);
    throw why === null ? error : new Error(why, { cause: error });
  }
}

/** Why a path is no folder that can be read, as a clause; `null` if it is one, or if nothing is there yet. */
export function whyNoFolder(path: string): string | null {
  try {
    const stats = statSync(path);
    if (!stats.isDirectory()) return `${path} is a ${kindOf(stats)}, not a folder`;
    // Whoever may not search a folder sees none of its files.
    statSync(`${path}/.`);
    return null;
  } catch (error) {
    return whyNotSeen(error, path);
  }
}

function whyNotSeen(error: unknown, path: string): string | null {
  switch (error instanceof Error && 'code' in error ? error.code : null) {
    case 'ENOENT':
      return deadLink(path);
    case 'ENOTDIR':
      return whyNoFolder(dirname(path));
    case 'EACCES':
    case 'EPERM':
      return `you have no permission to open ${path}`;
    case 'ELOOP':
      return `${path} is a link that leads back to itself`;
    case 'ENAMETOOLONG':
      return 'its name is too long for the system';
    default:
      return error instanceof Error ? error.message : String(error);
  }
}

/** Nothing is at the path: is that so because it, or a folder on the way to it, is a link to nothing? */
function deadLink(path: string): string | null {
  const above = dirname(path);
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return above === path ? null : deadLink(above);
  return stats.isSymbolicLink() ? `${path} is a link to something that does not exist` : null;
}

function kindOf(stats: Stats): string {
  if (stats.isFIFO()) return 'pipe';
  if (stats.isSocket()) return 'socket';
  return stats.isFile() ? 'file' : 'device';
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
