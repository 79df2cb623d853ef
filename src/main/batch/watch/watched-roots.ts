/** Whether what is watched is there, and whether its drive tells of changes. */
import { opendir, stat, statfs } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { type Problem, problem } from '../../../shared/problem.ts';
import type { Reads } from '../../store/operations.ts';

/**
 * Why a batch's folders cannot be looked at now; null if they can. A folder that is not there, or has no single name in it
 * though files of it are on record, is what a drive leaves behind that was taken away: none of those files is gone. Of a
 * file that was dropped by itself nothing else is told.
 */
export async function whyNotThere(
  read: Pick<Reads, 'itemsAtPaths' | 'hasFilesIn'>,
  batchId: string,
  roots: readonly string[],
): Promise<Problem<'watch_trouble'> | null> {
  const files = new Set((await read.itemsAtPaths(batchId, roots)).map(({ path }) => path));
  for (const root of roots) {
    if (files.has(root)) continue;
    const names = await namesIn(root);
    if (typeof names === 'string') return problem('watch_trouble', { reason: reasonOf(names), path: root });
    const isEmptied = names === 0 && (await read.hasFilesIn(batchId, join(root, sep)));
    if (isEmptied) return problem('watch_trouble', { reason: 'empty', path: root });
  }
  return null;
}

/** How many names are in a folder, 0 or 1; else the code of the system's error. */
async function namesIn(folder: string): Promise<number | string> {
  try {
    const opened = await opendir(folder);
    const first = await opened.read();
    await opened.close();
    return first === null ? 0 : 1;
  } catch (error) {
    const { code = 'EIO' } = error as NodeJS.ErrnoException;
    // A file that is not on record: left out, or removed for good.
    return code === 'ENOTDIR' && (await isThere(folder)) ? 1 : code;
  }
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function reasonOf(code: string): 'gone' | 'denied' {
  return code === 'EACCES' || code === 'EPERM' ? 'denied' : 'gone';
}

/** Whether someone is a folder: files alone get no neighbours. */
export async function hasFolder(roots: readonly string[]): Promise<boolean> {
  const kinds = await Promise.all(
    roots.map((root) =>
      stat(root).then(
        (stats) => stats.isDirectory(),
        () => false,
      ),
    ),
  );
  return kinds.includes(true);
}

/** Magic numbers of Linux: NFS, SMB, CIFS, SMB2, FUSE (as sshfs), 9P, VirtualBox, AFS, Ceph. */
export const networkTypes: ReadonlySet<number> = new Set([
  0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x65735546, 0x01021997, 0x786f4256, 0x5346414f, 0x00c36400,
]);

/** Which of them is on a share, whose changes by others are not told of on every system. @param types of network shares. */
export async function whichIsShared(roots: readonly string[], types: ReadonlySet<number>): Promise<string | null> {
  for (const root of roots) {
    if (process.platform === 'win32' && root.startsWith('\\\\')) return root;
    const type =
      process.platform === 'linux'
        ? await statfs(root).then(
            ({ type: of }) => of >>> 0,
            () => 0,
          )
        : 0;
    if (types.has(type)) return root;
  }
  return null;
}
