import { access, constants, realpath, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { FolderInUseError } from '../store/store.ts';

/** Writes no faster than is read, and ends quietly when the reader has seen enough (`| head`). */
export async function writeAll(pieces: AsyncIterable<string>, out: Writable): Promise<void> {
  try {
    await pipeline(Readable.from(pieces), out, { end: false });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error;
  }
}

/** What a person is told of a data folder that could not be opened. */
export function whyNotOpened(error: unknown, dataDir: string): Error {
  if (error instanceof FolderInUseError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new Error(`The data folder ${dataDir} cannot be used: ${reason}. Choose another one with --data-dir.`);
}

/** A sentence when results could not be written to a file; said before anything is sent. */
export async function whyNotWritable(file: string): Promise<string | null> {
  const folder = dirname(resolve(file));
  try {
    await access(folder, constants.W_OK);
  } catch {
    return `Results cannot be written to ${file}: the folder ${folder} does not exist or may not be written to.`;
  }
  const existing = await stat(file).catch(() => null);
  return existing?.isDirectory() ? `Results cannot be written to ${file}: it is a folder.` : null;
}

/** A sentence when the results would take the place of what is to be read, whatever name or link leads to it. */
export async function whyOverwriting(file: string, paths: readonly string[]): Promise<string | null> {
  const real = (path: string) => realpath(path).catch(() => null);
  const target = await real(file);
  if (target === null) return null;
  const read = await Promise.all(paths.map(real));
  return read.includes(target)
    ? `Results would be written over ${file}, which is to be read. Name another file.`
    : null;
}
