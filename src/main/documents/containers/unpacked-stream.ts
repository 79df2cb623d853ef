import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Source } from './container.ts';
import type { Packing } from './packing.ts';
import { runSevenZip } from './seven-zip.ts';

const CHUNK_BYTES = 262_144;
/** What 7-Zip unpacks at once: it cannot wait for whoever takes it. */
const PIECE_BYTES = 64_000_000;

/** The bytes of a file from an offset up to another one. */
export function bytesOf(source: Source, start = 0, end = source.size): Readable {
  return Readable.from(chunksOf(source, start, end), { objectMode: false });
}

/** The bytes that a file unpacks to. */
export function unpackedBytesOf(source: Source, packing: Packing | null): Readable {
  if (packing === null) return bytesOf(source);
  if (packing !== 'gzip') return Readable.from(piecesOf(source, packing), { objectMode: false });
  const packed = bytesOf(source);
  const unpacked = createGunzip();
  packed.on('error', (error) => unpacked.destroy(error));
  return packed.pipe(unpacked);
}

/** Reads on this thread alone: a dead network drive must not block the file system threads that all others share. */
function* chunksOf(source: Source, start: number, end: number): Generator<Buffer> {
  for (let at = start; at < end; ) {
    const chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, end - at));
    const count = source.readAt(chunk, at);
    if (count === 0) return;
    at += count;
    yield chunk.subarray(0, count);
  }
}

/** Each piece is unpacked from the beginning, so that no more than one is in memory. */
async function* piecesOf(source: Source, packing: Exclude<Packing, 'gzip'>): AsyncGenerator<Buffer> {
  for (let at = 0; ; at += PIECE_BYTES) {
    const { parts, error, isEnd } = await unpackPiece(source, packing, at, PIECE_BYTES);
    yield* parts;
    if (error !== null) throw new Error(error);
    if (isEnd) return;
  }
}

interface Piece {
  readonly parts: readonly Buffer[];
  readonly error: string | null;
  readonly isEnd: boolean;
}

/** A part of what a file unpacks to, from an offset on. */
export async function unpackPiece(
  source: Source,
  packing: Exclude<Packing, 'gzip'>,
  from: number,
  mostBytes: number,
): Promise<Piece> {
  const parts: Buffer[] = [];
  let at = 0;
  const end = from + mostBytes;
  const run = await runSevenZip(source, ['x', '-so', `-t${packing}`], (part) => {
    const kept = part.subarray(Math.max(0, from - at), Math.max(0, end - at));
    if (kept.length > 0) parts.push(Buffer.from(kept));
    at += part.length;
    return at <= end;
  });
  const isEnd = at <= end;
  const why = run.outOfMemory ? 'It takes too much memory to unpack.' : run.errors || 'It cannot be unpacked.';
  return { parts, error: isEnd && !run.succeeded ? why : null, isEnd };
}
