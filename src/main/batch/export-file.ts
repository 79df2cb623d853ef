import { createWriteStream } from 'node:fs';
import { realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Writes an export to a file, which appears whole or not at all, whatever stops it. */
export async function writeExportFile(
  file: string,
  pieces: AsyncIterable<string>,
  signal?: AbortSignal,
): Promise<void> {
  const target = await whereWritten(file);
  // Hidden, so that no batch takes it for a document, also where a killed process left it.
  const partial = join(dirname(target), `.${basename(target)}.partial`);
  try {
    // On the disk before it gets its name.
    const stream = createWriteStream(partial, { flush: true });
    await pipeline(Readable.from(pieces), stream, signal === undefined ? {} : { signal });
    await rename(partial, target);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/** Where a link leads, or the file itself: replacing the link would leave what it leads to as it was. */
export async function whereWritten(file: string): Promise<string> {
  return realpath(file).catch(() => resolve(file));
}
