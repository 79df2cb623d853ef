import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Database } from 'better-sqlite3';
import { prepared } from '../prepared.ts';
import { DAMAGED_TEXT } from '../store-error.ts';

/** Below this size, deflate saves too little to be worth the decompression. */
const COMPRESS_FROM_BYTES = 512;
/** Level 1: writing intents is on the way to the provider, so time matters more than size. */
const DEFLATE_LEVEL = 1;

/** A text and the SHA-256 of its UTF-8 bytes. */
export interface Body {
  readonly hash: Buffer;
  readonly bytes: Buffer;
}

export function toBody(text: string): Body {
  const bytes = Buffer.from(text, 'utf8');
  return { hash: createHash('sha256').update(bytes).digest(), bytes };
}

/** Stores a text, unless it is stored already. */
export function putBody(db: Database, { hash, bytes }: Body): void {
  if (prepared(db, 'SELECT 1 FROM bodies WHERE hash = ?').get(hash) !== undefined) return;
  const deflated = bytes.length >= COMPRESS_FROM_BYTES ? deflateRawSync(bytes, { level: DEFLATE_LEVEL }) : bytes;
  const smaller = deflated.length < bytes.length;
  prepared(db, 'INSERT INTO bodies (hash, encoding, size, data) VALUES (?, ?, ?, ?)').run(
    hash,
    smaller ? 'deflate-raw' : 'identity',
    bytes.length,
    smaller ? deflated : bytes,
  );
}

/** A stored text is missing or does not match its hash: the disk or another program has changed it. */
export class DamagedTextError extends Error {
  readonly code = DAMAGED_TEXT;
  constructor(hash: Uint8Array) {
    super(`The stored text ${Buffer.from(hash).toString('hex')} is missing or damaged.`);
    this.name = 'DamagedTextError';
  }
}

/** @throws DamagedTextError. A missing body is always damage: rows refer only to bodies stored before or with them. */
export function getBody(db: Database, hash: Uint8Array): string {
  const row = prepared<[Uint8Array], { encoding: string; data: Buffer }>(
    db,
    'SELECT encoding, data FROM bodies WHERE hash = ?',
  ).get(hash);
  const bytes = row === undefined ? null : wholeText(hash, row.encoding, row.data);
  if (bytes === null) throw new DamagedTextError(hash);
  return bytes.toString('utf8');
}

/** The bytes of a stored text; null if they do not match its hash. */
export function wholeText(hash: Uint8Array, encoding: unknown, data: Uint8Array): Buffer | null {
  const bytes = unpacked(encoding, data);
  return bytes !== null && createHash('sha256').update(bytes).digest().equals(hash) ? bytes : null;
}

/** The bytes of a text, or null if they cannot be decompressed. */
function unpacked(encoding: unknown, data: Uint8Array): Buffer | null {
  try {
    return encoding === 'deflate-raw'
      ? inflateRawSync(data)
      : Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  } catch {
    return null;
  }
}
