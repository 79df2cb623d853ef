import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Database } from 'better-sqlite3';
import { prepared } from '../prepared.ts';

/** Below this size deflate gains nothing worth a decompression. */
const COMPRESS_FROM_BYTES = 512;
/** Level 1: intents are committed on the way to the provider, so time counts more than size. */
const DEFLATE_LEVEL = 1;

/** A text under the SHA-256 of its UTF-8 bytes. */
export interface Body {
  readonly hash: Buffer;
  readonly bytes: Buffer;
}

export function toBody(text: string): Body {
  const bytes = Buffer.from(text, 'utf8');
  return { hash: createHash('sha256').update(bytes).digest(), bytes };
}

/** Stores a text, once however often it is put. */
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

/** @throws when the hash is not stored: rows refer only to bodies of their own transaction or an earlier one. */
export function getBody(db: Database, hash: Uint8Array): string {
  const row = prepared<[Uint8Array], { encoding: string; data: Buffer }>(
    db,
    'SELECT encoding, data FROM bodies WHERE hash = ?',
  ).get(hash);
  if (row === undefined) throw new Error(`No body ${Buffer.from(hash).toString('hex')}`);
  return (row.encoding === 'deflate-raw' ? inflateRawSync(row.data) : row.data).toString('utf8');
}
