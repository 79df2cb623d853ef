import { type BigIntStats, statSync } from 'node:fs';

/** The files a connection has open, and where they should be on disk. */
export interface Place {
  /**
   * Whether the path now leads to another file, or to none: the folder was removed, moved or replaced, or its drive is
   * no longer there. False again once the original files are back.
   */
  isGone(): boolean;
}

/** Remembers device and inode of a database file and of its log, which appears with the first write. */
export function rememberPlace(file: string): Place {
  const files = [file, `${file}-wal`].map((path) => ({ path, known: look(path) }));
  return {
    isGone: () =>
      files.some((one) => {
        const now = look(one.path);
        one.known ??= now;
        return one.known !== null && (now === null || now.ino !== one.known.ino || now.dev !== one.known.dev);
      }),
  };
}

/** Null if there is no such file, or the system cannot say, for example because the drive was pulled out. */
function look(path: string): BigIntStats | null {
  try {
    return statSync(path, { bigint: true, throwIfNoEntry: false }) ?? null;
  } catch {
    return null;
  }
}
