/**
 * Stores a request byte for byte, but each long text in it (a document sent by several analyses, the turns repeated by
 * every chat message) only once: a manifest lists the pieces of the request, either verbatim or by hash.
 */
import type { Database } from 'better-sqlite3';
import type { RequestBody } from '../../audit/request-body.ts';
import { type Body, getBody, putBody, toBody } from './bodies.ts';

/** A piece of the JSON text: verbatim, or the hash of a stored text that appears JSON-escaped. */
type Piece = string | { readonly body: string };

/** A request as it is stored. Its hash identifies "same content, prompt, model and parameters". */
export interface PackedRequest {
  readonly manifest: Body;
  readonly texts: readonly Body[];
}

/** Takes the shared texts out of a request. Stores nothing yet. */
export function packRequest({ bytes, shared }: RequestBody): PackedRequest {
  const json = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pieces: Piece[] = [];
  const texts: Body[] = [];
  let end = 0;
  for (const [from, to] of shared) {
    const body = toBody(JSON.parse(`"${json.toString('utf8', from, to)}"`));
    pieces.push(json.toString('utf8', end, from), { body: body.hash.toString('hex') });
    texts.push(body);
    end = to;
  }
  pieces.push(json.toString('utf8', end));
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
    .map((piece) =>
      typeof piece === 'string' ? piece : JSON.stringify(getBody(db, Buffer.from(piece.body, 'hex'))).slice(1, -1),
    )
    .join('');
}
