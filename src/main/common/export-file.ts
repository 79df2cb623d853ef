import { createWriteStream } from 'node:fs';
import { realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Problem, type ProblemParameters, problem } from '../../shared/problem.ts';

/** Writes an export to a file, which appears whole or not at all, whatever stops it. */
export async function writeExportFile(
  file: string,
  pieces: AsyncIterable<string | Uint8Array>,
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

/** Why a file could not be written, by what the system reported. */
export function notWritten(file: string, error: unknown): Problem {
  const detail = error instanceof Error ? error.message : String(error);
  return problem('file_unwritable', { name: basename(file), reason: reasonOf(error) }, { detail });
}

function reasonOf(error: unknown): ProblemParameters['file_unwritable']['reason'] {
  switch (error instanceof Error && 'code' in error ? error.code : null) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'disk_full';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'not_allowed';
    case 'ENOENT':
    case 'ENOTDIR':
      return 'no_folder';
    default:
      return 'other';
  }
}
