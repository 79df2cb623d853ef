import { Readable } from 'node:stream';
import { constants, createGunzip, gunzipSync } from 'node:zlib';
import type { Source } from './container.ts';

/** How a whole file is packed. */
export type Packing = 'none' | 'gzip';

const CHUNK_BYTES = 262_144;

/** The bytes of a file, unpacked, from an offset up to another one of the packed ones. */
export function bytesOf(source: Source, packing: Packing, start = 0, end = source.size): Readable {
  const packed = Readable.from(chunksOf(source, start, end), { objectMode: false });
  if (packing === 'none') return packed;
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

/** What the beginning of a packed file unpacks to; nothing if it is damaged. */
export function unpackedHead(head: Buffer): Buffer {
  try {
    return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 16_777_216 });
  } catch {
    return Buffer.alloc(0);
  }
}
