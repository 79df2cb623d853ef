import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

const DECODERS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  // An old alias (RFC 9110 §8.4.1.3).
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** Some proxies compress although `identity` was requested. A corrupt body fails like a truncated one. */
export function unpacked(body: Readable, encoding: string | string[] | undefined): Readable {
  const decoder = typeof encoding === 'string' ? DECODERS[encoding.trim().toLowerCase()]?.() : undefined;
  return decoder === undefined ? body : pipeline(body, decoder, () => {});
}
