import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Writes an export to a file, which appears whole or not at all, whatever stops it. */
export async function writeExportFile(
  file: string,
  pieces: AsyncIterable<string>,
  signal?: AbortSignal,
): Promise<void> {
  // Hidden, so that no batch takes it for a document, also where a killed process left it.
  const partial = join(dirname(file), `.${basename(file)}.partial`);
  try {
    // On the disk before it gets its name.
    const stream = createWriteStream(partial, { flush: true });
    await pipeline(Readable.from(pieces), stream, signal === undefined ? {} : { signal });
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}
