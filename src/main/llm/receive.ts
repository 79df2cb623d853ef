/** Sends one request and receives the reply, whole or in pieces. */
import type OpenAI from 'openai';
import type { CallOptions } from './call-options.ts';
import type { Received } from './call-records.ts';
import { type ReplyPiece, readChunk } from './completion.ts';
import { createEventReader, type StreamEvent } from './event-stream.ts';
import type { PooledOptions } from './pooled-fetch.ts';
import type { Told } from './reasoning.ts';
import { requestIdIn, throwIfError } from './server-error.ts';
import type { Watchdog } from './watchdog.ts';
import { holdsEvents, readWhole, UNREAD_CHARACTERS } from './whole-reply.ts';

/** Receives the pieces of a reply. */
export type PieceListener = Pick<CallOptions, 'onText' | 'onReasoning' | 'onStartOver'>;

export interface Exchange {
  readonly client: OpenAI;
  /** The exact bytes on record, so that the client does not serialise the request again. */
  readonly body: Uint8Array;
  /** Whether the body asks for a stream. The server may do otherwise. */
  readonly stream: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly watchdog: Watchdog;
  readonly listener: PieceListener;
}

/**
 * Fills `received` as far as it gets.
 * @throws the error of the network, the client or the server.
 */
export async function receive(exchange: Exchange, received: Received): Promise<void> {
  const { client, body, stream, headers, watchdog } = exchange;
  const fetchOptions: PooledOptions = { endedBy: watchdog.signal, onBytes: watchdog.alive };
  const response = await client
    .post('/chat/completions', {
      body,
      stream,
      fetchOptions,
      headers: { 'content-type': 'application/json', ...headers },
    })
    .asResponse();
  received.httpStatus = response.status;
  received.requestId = requestIdIn(response.headers) ?? null;
  const take = (piece: ReplyPiece | null) => takePiece(exchange, received, piece, response.headers);
  if (isEventStream(response)) return readEvents(response, received, take);
  const text = await response.text();
  if (holdsEvents(text)) return readEvents(new Response(text), received, take);
  const { piece, unread } = readWhole(text, response.headers);
  received.isWhole = true;
  received.unread = unread;
  take(piece);
}

function isEventStream(response: Response): boolean {
  return response.headers.get('content-type')?.includes('text/event-stream') === true;
}

async function readEvents(
  response: Response,
  received: Received,
  take: (piece: ReplyPiece | null) => void,
): Promise<void> {
  const { body, headers } = response;
  const reader = createEventReader((event) => {
    // Ignores anything after the end of the stream.
    if (received.isWhole) return;
    if (event.kind === 'done') received.isWhole = true;
    else if (event.kind === 'unread') keepUnread(received, event);
    else take(readEvent(event.value, headers));
  });
  for await (const bytes of body ?? []) {
    reader.read(bytes);
    if (received.isWhole) return;
  }
  reader.end();
}

function readEvent(value: unknown, headers: Headers): ReplyPiece | null {
  throwIfError(value, headers);
  return readChunk(value);
}

/** Notes unreadable data without dropping the rest. After the finish reason, nothing of the reply can be missing. */
function keepUnread(received: Received, { text, broken }: Extract<StreamEvent, { kind: 'unread' }>): void {
  received.unread ??= text.slice(0, UNREAD_CHARACTERS);
  if (broken && received.finishReason === null) received.isBroken = true;
}

function takePiece(exchange: Exchange, received: Received, piece: ReplyPiece | null, headers: Headers): void {
  if (piece === null) return;
  received.model = piece.model ?? received.model;
  if (piece.usage !== null) received.usage = { ...received.usage, ...piece.usage };
  received.note = piece.note ?? received.note;
  received.refusal += piece.refusal;
  received.apart += piece.reasoning;
  // A finish reason followed by more text was not final.
  received.finishReason = piece.finishReason ?? (piece.text === '' ? received.finishReason : null);
  if (piece.finishReason !== null || piece.text !== '') received.endedAlone = piece.text === '';
  if (piece.text !== '' || piece.reasoning !== '' || piece.refusal !== '') exchange.watchdog.advanced();
  received.raw += piece.text;
  takeTold(exchange.listener, received, { moved: false, reasoning: piece.reasoning, answer: '' });
  if (piece.text !== '') takeTold(exchange.listener, received, received.splitter.push(piece.text));
  if (piece.error !== undefined) throwIfError({ error: piece.error }, headers);
}

/** Adds a piece to what was received and passes it on. */
export function takeTold(listener: PieceListener, received: Received, { moved, reasoning, answer }: Told): void {
  if (moved) {
    received.reasoning += received.text;
    received.text = '';
    listener.onStartOver?.(received.reasoning);
  }
  // White space before the reasoning is not part of it.
  const thought = received.reasoning === '' ? reasoning.trimStart() : reasoning;
  if (thought !== '') {
    received.reasoning += thought;
    listener.onReasoning?.(thought);
  }
  if (answer === '') return;
  received.firstTokenAt ??= performance.now();
  received.text += answer;
  listener.onText?.(answer);
}
