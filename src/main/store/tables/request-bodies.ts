/**
 * A request's body is stored exactly, yet the long texts in it (a document that three tasks send, the turns that
 * every chat message repeats) only once: a manifest lists the body's pieces, either verbatim or by hash.
 */
import type { Database } from 'better-sqlite3';
import { type Body, getBody, putBody, toBody } from './bodies.ts';

/** A piece of the JSON text: verbatim, or a stored text that appears JSON-escaped. */
type Piece = string | { readonly body: string };

/** What leaves the machine, and the long texts in it that are worth sharing with other requests. */
export interface RequestBody {
  readonly json: string;
  readonly texts: readonly string[];
}

/** A request as it is stored. Its hash is the key of "same content, prompt, model and parameters". */
export interface PackedRequest {
  readonly manifest: Body;
  readonly texts: readonly Body[];
}

/** How JSON escapes half a surrogate pair. UTF-8 cannot hold one, so a text that has one stays in the JSON. */
const ESCAPED_SURROGATE = '\\ud';

export function packRequest(request: RequestBody): PackedRequest {
  const pieces: Piece[] = [];
  const texts: Body[] = [];
  let from = 0;
  for (const text of request.texts) {
    const needle = escaped(text);
    const at = needle.includes(ESCAPED_SURROGATE) ? -1 : request.json.indexOf(needle, from);
    if (at < 0 || text === '') continue;
    const body = toBody(text);
    pieces.push(request.json.slice(from, at), { body: body.hash.toString('hex') });
    texts.push(body);
    from = at + needle.length;
  }
  pieces.push(request.json.slice(from));
  return { manifest: toBody(JSON.stringify(pieces)), texts };
}

export function putRequest(db: Database, request: PackedRequest): void {
  for (const text of request.texts) putBody(db, text);
  putBody(db, request.manifest);
}

/** @returns the JSON text exactly as it was sent. */
export function getRequest(db: Database, hash: Uint8Array): string {
  const manifest = JSON.parse(getBody(db, hash)) as readonly Piece[];
  return manifest
    .map((piece) => (typeof piece === 'string' ? piece : escaped(getBody(db, Buffer.from(piece.body, 'hex')))))
    .join('');
}

function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
