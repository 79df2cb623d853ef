/** Replies that do not come as a stream, also where one was asked for. */
import { type ReplyPiece, readCompletion } from './completion.ts';
import { at, listOf, parseJson } from './json-value.ts';
import { throwIfError, throwIfOnlyError } from './server-error.ts';

/** What is kept of an answer that is no reply, such as the sign-in page of a network. */
export const UNREAD_CHARACTERS = 500;

export interface WholeReply {
  readonly piece: ReplyPiece | null;
  /** The beginning of what came instead. */
  readonly unread: string | null;
}

/** Whether a text that is not called a stream is one all the same: of events, or of lines of JSON. */
export function holdsEvents(text: string): boolean {
  if (/^(?:data|event):/m.test(text.slice(0, BEGINNING))) return parseJson(text) === null;
  return /^\s*\{.*\}[ \t]*\r?\n\s*\{/.test(text.slice(0, BEGINNING)) && parseJson(text) === null;
}

const BEGINNING = 20_000;

/**
 * Reads a reply in JSON, or in text that is JSON although it is not called so.
 * @throws the server's own error, which some send with a good status.
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
