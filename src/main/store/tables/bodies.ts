import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Database } from 'better-sqlite3';

/** Below this size deflate gains nothing worth a decompression. */
const COMPRESS_FROM_BYTES = 256;
/** Level 1: intents are committed on the way to the provider, so time counts more than size. */
const DEFLATE_LEVEL = 1;

export function hashOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

/** Stores a text once; returns its hash. */
export function putBody(db: Database, text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  const hash = hashOf(bytes);
  if (db.prepare('SELECT 1 FROM bodies WHERE hash = ?').get(hash) !== undefined) return hash;
  const deflated = bytes.length >= COMPRESS_FROM_BYTES ? deflateRawSync(bytes, { level: DEFLATE_LEVEL }) : bytes;
  const smaller = deflated.length < bytes.length;
  db.prepare('INSERT INTO bodies (hash, encoding, size, data) VALUES (?, ?, ?, ?)').run(
    hash,
    smaller ? 'deflate-raw' : 'identity',
    bytes.length,
    smaller ? deflated : bytes,
  );
  return hash;
}

/** @throws when the hash is not stored: rows refer only to bodies of their own transaction or an earlier one. */
export function getBody(db: Database, hash: Uint8Array): string {
  const row = db.prepare<[Uint8Array], { encoding: string; data: Buffer }>('SELECT encoding, data FROM bodies WHERE hash = ?').get(hash);
  if (row === undefined) throw new Error(`No body ${Buffer.from(hash).toString('hex')}`);
  return (row.encoding === 'deflate-raw' ? inflateRawSync(row.data) : row.data).toString('utf8');
}
