import { type BigIntStats, statSync } from 'node:fs';

/** The files that a connection has open, as they lie on the disk. */
export interface Place {
  /**
   * Whether another file, or none, lies where they lay: the folder was removed, moved away or replaced, or its drive is
   * no longer there. False again when it has come back.
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

/** Null when there is none, or the system cannot tell any more, as of a drive that was pulled out. */
function look(path: string): BigIntStats | null {
  try {
    return statSync(path, { bigint: true, throwIfNoEntry: false }) ?? null;
  } catch {
    return null;
  }
}
