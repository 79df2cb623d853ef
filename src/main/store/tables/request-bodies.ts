/**
 * A request's body is stored exactly, yet the long texts in it (a document that three tasks send, the turns that
 * every chat message repeats) only once: a manifest lists the body's pieces, either verbatim or by hash.
 */
import type { Database } from 'better-sqlite3';
import { getBody, hashOf, putBody } from './bodies.ts';

/** A piece of the JSON text: verbatim, or a stored text that appears JSON-escaped. */
type Piece = string | { readonly body: string };

/** What leaves the machine, and the long texts in it that are worth sharing with other requests. */
export interface RequestBody {
  readonly json: string;
  readonly texts: readonly string[];
}

/** The key of "same content, prompt, model and parameters". */
export function requestHash(request: RequestBody): Buffer {
  return hashOf(Buffer.from(JSON.stringify(pieces(request)), 'utf8'));
}

export function putRequest(db: Database, request: RequestBody): Buffer {
  for (const text of request.texts) putBody(db, text);
  return putBody(db, JSON.stringify(pieces(request)));
}

export function getRequest(db: Database, hash: Uint8Array): string {
  const manifest = JSON.parse(getBody(db, hash)) as readonly Piece[];
  return manifest
    .map((piece) => (typeof piece === 'string' ? piece : escaped(getBody(db, Buffer.from(piece.body, 'hex')))))
    .join('');
}

function pieces(request: RequestBody): readonly Piece[] {
  const found: Piece[] = [];
  let rest = request.json;
  for (const text of request.texts) {
    const needle = escaped(text);
    const at = rest.indexOf(needle);
    if (at < 0) continue;
    found.push(rest.slice(0, at), { body: hashOf(Buffer.from(text, 'utf8')).toString('hex') });
    rest = rest.slice(at + needle.length);
  }
  return [...found, rest];
}

function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
