/** Replies that do not come as a stream, even if one was requested. */
import { type ReplyPiece, readCompletion } from './completion.ts';
import { at, listOf, parseJson } from './json-value.ts';
import { throwIfError, throwIfOnlyError } from './server-error.ts';

/** How much is kept of an answer that is not a reply, such as a network's sign-in page. */
export const UNREAD_CHARACTERS = 500;

export interface WholeReply {
  readonly piece: ReplyPiece | null;
  /** The beginning of what came instead of a reply. */
  readonly unread: string | null;
}

/** Whether a text not labelled as a stream is one: of events, or of JSON lines. */
export function holdsEvents(text: string): boolean {
  if (/^(?:data|event):/m.test(text.slice(0, BEGINNING))) return parseJson(text) === null;
  return /^\s*\{.*\}[ \t]*\r?\n\s*\{/.test(text.slice(0, BEGINNING)) && parseJson(text) === null;
}

const BEGINNING = 20_000;

/**
 * Reads a reply in JSON, even if it is not labelled as JSON.
 * @throws the server's own error, which some servers send with a 2xx status.
 */
export function readWhole(text: string, headers: Headers): WholeReply {
  const parsed = parseJson(text);
  // Google wraps its errors in a list.
  const value = Array.isArray(parsed) && parsed.length === 1 ? listOf(parsed)[0] : parsed;
  throwIfError(value, headers);
  const piece = readCompletion(value);
  if (piece !== null) return { piece, unread: null };
  if (at(value, 'choices') == null) throwIfOnlyError(value, headers);
  return { piece: null, unread: text.slice(0, UNREAD_CHARACTERS) };
}
