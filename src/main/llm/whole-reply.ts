/** Replies that do not come as a stream, also where one was asked for. */
import { APIError } from 'openai/core/error';
import { type ReplyPiece, readCompletion } from './completion.ts';

/** What is kept of an answer that is no reply, such as the sign-in page of a network. */
const UNREAD_CHARACTERS = 500;

export interface WholeReply {
  readonly piece: ReplyPiece | null;
  /** The beginning of what came instead. */
  readonly unread: string | null;
}

/** Whether there are events in a response to a request for a stream; some servers answer it whole. */
export async function holdsEvents(response: Response): Promise<boolean> {
  if (response.headers.get('content-type')?.includes('text/event-stream') === true) return true;
  return /^(data|event):/m.test(await response.text());
}

/**
 * Reads a reply in JSON, or in text that is JSON although it is not called so.
 * @throws the server's own error, which some send with a good status, as the client throws that of a stream.
 */
export function readWhole(body: unknown, headers: Headers): WholeReply {
  const value = typeof body === 'string' ? parse(body) : body;
  if (typeof value === 'object' && value !== null && 'error' in value && value.error) {
    const error = typeof value.error === 'object' ? value.error : { message: String(value.error) };
    throw new APIError(undefined, error, undefined, headers);
  }
  const piece = readCompletion(value);
  return { piece, unread: piece === null && typeof body === 'string' ? body.slice(0, UNREAD_CHARACTERS) : null };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
