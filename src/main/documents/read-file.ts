import { closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import { type Problem, problem } from '../../shared/problem.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { notAFile, problemOfFileError, tooLargeFile } from './file-problems.ts';
import { whyOutside } from './still-inside.ts';

/** What a path is if neither a file nor a folder, as a noun; `null` for those two. */
export function specialKind(stats: Pick<Stats, 'isFIFO' | 'isSocket' | 'isBlockDevice' | 'isCharacterDevice'>) {
  if (stats.isFIFO()) return 'pipe';
  if (stats.isSocket()) return 'socket';
  return stats.isBlockDevice() || stats.isCharacterDevice() ? 'device' : null;
}

/** An open file. */
export interface OpenFile {
  readonly size: number;
  /** Fills the buffer from an offset on. @returns how many bytes there were. */
  readAt(buffer: Buffer, offset: number): number;
  /** The whole of it, if it has at most `maxBytes`: of a larger one, nothing is read. */
  readWhole(maxBytes: number): Result<Buffer, Problem>;
  close(): void;
}

/**
 * Opens a file of any size. Pipes, sockets and devices are never opened; a file that grows past the limit while it is read
 * is refused, too.
 * @param roots files and folders it must lie in, whatever links lead to it; null for anywhere.
 *
 * Synchronous on purpose: it runs on a thread that may be killed, and a file on a dead network drive must block only
 * that thread, not the few file system threads shared by the whole process.
 */
export function openFile(path: string, roots: readonly string[] | null = null): Result<OpenFile, Problem> {
  return ofSystem(() => {
    const refused = refusal(statSync(path), Number.POSITIVE_INFINITY);
    if (refused !== null) return err(refused);
    const handle = openSync(path, READ_ONLY);
    let opened: Result<OpenFile, Problem> | null = null;
    try {
      opened = ofHandle(handle, path, roots);
      return opened;
    } finally {
      if (opened?.ok !== true) closeSync(handle);
    }
  });
}

function ofHandle(handle: number, path: string, roots: readonly string[] | null): Result<OpenFile, Problem> {
  const stats = fstatSync(handle);
  const refused = (roots === null ? null : whyOutside(handle, path, roots)) ?? refusal(stats, stats.size);
  if (refused !== null) return err(refused);
  return ok({
    size: stats.size,
    readAt: (buffer, offset) => readSync(handle, buffer, 0, buffer.length, offset),
    readWhole: (maxBytes) => ofSystem(() => readHandle(handle, maxBytes)),
    close: () => closeSync(handle),
  });
}

// Without O_NONBLOCK, opening a path that has since become a pipe would block for ever.
const READ_ONLY = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Expected errors of the file system are problems. */
function ofSystem<T>(read: () => Result<T, Problem>): Result<T, Problem> {
  try {
    return read();
  } catch (error) {
    const known = problemOfFileError(error);
    if (known === null) throw error;
    return err(known);
  }
}

function refusal(stats: Stats, maxBytes: number): Problem | null {
  const special = stats.isDirectory() ? 'folder' : specialKind(stats);
  if (special !== null) return notAFile(special);
  return stats.size > maxBytes ? tooLargeFile(stats.size, maxBytes) : null;
}

function readHandle(handle: number, maxBytes: number): Result<Buffer, Problem> {
  const stats = fstatSync(handle);
  const refused = refusal(stats, maxBytes);
  if (refused !== null) return err(refused);
  const bytes = readToEnd(handle, stats.size, maxBytes);
  if (bytes.length > maxBytes) return err(tooLargeFile(bytes.length, maxBytes));
  return bytes.length === 0 ? err(problem('file_empty', { what: 'no_bytes' })) : ok(bytes);
}

/** Reads to the end, or one byte past the limit. The expected size only saves copies; it is not trusted. */
function readToEnd(handle: number, expectedBytes: number, maxBytes: number): Buffer {
  let buffer = Buffer.allocUnsafeSlow(Math.min(expectedBytes, maxBytes) + 1);
  let length = 0;
  for (;;) {
    const count = readSync(handle, buffer, length, buffer.length - length, length);
    length += count;
    if (count === 0 || length > maxBytes) return buffer.subarray(0, length);
    if (length === buffer.length) {
      const larger = Buffer.allocUnsafeSlow(Math.min(length * 2 + 65_536, maxBytes + 1));
      buffer.copy(larger, 0, 0, length);
      buffer = larger;
    }
  }
}
