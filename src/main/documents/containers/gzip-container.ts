import { basename } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Problem } from '../../../shared/problem.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { damagedFile, tooLargeFile } from '../file-problems.ts';
import type { ExtractLimits } from '../limits.ts';
import { archiveOf } from './archive.ts';
import type { Container, Source } from './container.ts';
import { decodeNames } from './member-names.ts';

const [FLAGS_AT, EXTRA_FLAG, NAME_FLAG, HEADER_BYTES] = [3, 4, 8, 10];

/** The one file that a gzip file packs. */
export async function openGzip(
  source: Source,
  head: Buffer,
  name: string,
  limits: ExtractLimits,
): Promise<Result<Container, Problem>> {
  const entry = {
    name: storedName(head) ?? nameOfPacked(name),
    isFolder: false,
    linksTo: null,
    // What the file says of that is only a part of it, and may be wrong.
    bytes: null,
    problem: null,
    unpack: async () => unpack(source, limits),
  };
  return await archiveOf([entry], limits);
}

function storedName(head: Buffer): string | null {
  const flags = head[FLAGS_AT] ?? 0;
  if ((flags & NAME_FLAG) === 0) return null;
  const start = HEADER_BYTES + ((flags & EXTRA_FLAG) === 0 ? 0 : 2 + head.readUInt16LE(HEADER_BYTES));
  const end = head.indexOf(0, start);
  const [name = ''] = end <= start ? [] : decodeNames([head.subarray(start, end)]);
  return name === '' ? null : name;
}

/** `report.csv.gz` packs `report.csv`. */
function nameOfPacked(name: string): string {
  const own = basename(name);
  return own.replace(/\.svgz$/i, '.svg').replace(/\.gz$/i, '') || own;
}

function unpack(source: Source, limits: ExtractLimits): Result<Buffer, Problem> {
  const packed = source.readWhole(limits.maxFileBytes);
  if (!packed.ok) return packed;
  try {
    return ok(gunzipSync(packed.value, { maxOutputLength: limits.maxFileBytes }));
  } catch (error) {
    const isTooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    if (isTooLarge) return err(tooLargeFile(limits.maxFileBytes + 1, limits.maxFileBytes));
    return err(damagedFile({ what: 'member' }, String(error)));
  }
}
