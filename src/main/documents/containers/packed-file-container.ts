import { basename } from 'node:path';
import { constants, gunzipSync } from 'node:zlib';
import type { Problem } from '../../../shared/problem.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { damagedFile, tooLargeFile } from '../file-problems.ts';
import type { ExtractLimits } from '../limits.ts';
import { archiveOf } from './archive.ts';
import type { Container, Source } from './container.ts';
import { decodeNames } from './member-names.ts';
import type { Packing } from './packing.ts';
import { unpackPiece } from './unpacked-stream.ts';

/** The one file that another one packs. */
export async function openPackedFile(
  source: Source,
  packing: Packing,
  head: Buffer,
  name: string,
  limits: ExtractLimits,
): Promise<Result<Container, Problem>> {
  const entry = {
    name: (packing === 'gzip' ? storedName(head) : null) ?? nameOfPacked(name),
    isFolder: false,
    linksTo: null,
    // What the file says of that is only a part of it, and may be wrong.
    bytes: null,
    problem: null,
    unpack: async () => (packing === 'gzip' ? gunzip(source, limits) : await unpack(source, packing, limits)),
  };
  return await archiveOf([entry], limits);
}

const HEAD_BYTES = 4_096;

/** What a packed file begins with; nothing if it is damaged. */
export async function unpackedHead(source: Source, packing: Packing, head: Buffer): Promise<Buffer> {
  if (packing !== 'gzip') return Buffer.concat((await unpackPiece(source, packing, 0, HEAD_BYTES)).parts);
  try {
    return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 16_777_216 });
  } catch {
    return Buffer.alloc(0);
  }
}

const [FLAGS_AT, EXTRA_FLAG, NAME_FLAG, GZIP_HEADER_BYTES] = [3, 4, 8, 10];

function storedName(head: Buffer): string | null {
  const flags = head[FLAGS_AT] ?? 0;
  if ((flags & NAME_FLAG) === 0) return null;
  const start = GZIP_HEADER_BYTES + ((flags & EXTRA_FLAG) === 0 ? 0 : 2 + head.readUInt16LE(GZIP_HEADER_BYTES));
  const end = head.indexOf(0, start);
  const [name = ''] = end <= start ? [] : decodeNames([head.subarray(start, end)]);
  return name === '' ? null : name;
}

/** `report.csv.gz` packs `report.csv`. */
function nameOfPacked(name: string): string {
  const own = basename(name);
  return own.replace(/\.svgz$/i, '.svg').replace(/\.(?:gz|xz|bz2|zst)$/i, '') || own;
}

function gunzip(source: Source, limits: ExtractLimits): Result<Buffer, Problem> {
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

async function unpack(
  source: Source,
  packing: Exclude<Packing, 'gzip'>,
  { maxFileBytes }: ExtractLimits,
): Promise<Result<Buffer, Problem>> {
  const { parts, error, isEnd } = await unpackPiece(source, packing, 0, maxFileBytes);
  if (!isEnd) return err(tooLargeFile(maxFileBytes + 1, maxFileBytes));
  return error === null ? ok(Buffer.concat(parts)) : err(damagedFile({ what: 'member' }, error));
}
