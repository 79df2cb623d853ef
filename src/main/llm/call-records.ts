/** What the audit records of a call, before it leaves and after it has ended. */
import type { Problem } from '../../shared/problem.ts';
import { type CallIntent, type CallOutcome, excerpt } from '../audit/call-record.ts';
import { toPicturedBody } from '../audit/request-body.ts';
import type { ChatBody } from './chat-body.ts';
import type { Connection } from './connection.ts';
import type { JsonObject } from './json-value.ts';
import type { ModelCall } from './model-call.ts';
import { createReasoningSplitter, type ReasoningSplitter, withReasoning } from './reasoning.ts';
import { readUsage, storedUsage } from './token-usage.ts';

/** Texts of at least this length are stored once, however many requests carry them. */
const SHARED_FROM_CHARACTERS = 512;
/** Docket has a single user. */
const USER_ID = 'anonymous';

/** What has been received so far. A failure does not clear it. */
export interface Received {
  /** The answer. */
  text: string;
  /** The content as received: the answer, with the reasoning before it where the server does not separate them. */
  raw: string;
  /** The reasoning before the answer. */
  reasoning: string;
  /** The part of it that the server separated from the content. */
  apart: string;
  readonly splitter: ReasoningSplitter;
  refusal: string;
  /** Nothing is missing: it came as one JSON object, or as a stream that announced its end. */
  isWhole: boolean;
  /** A piece of it could not be read. */
  isBroken: boolean;
  /** The beginning of what came instead of a reply. */
  unread: string | null;
  model: string | null;
  finishReason: string | null;
  /** The finish reason came in a piece of its own, after the last word. */
  endedAlone: boolean;
  /** The usage object as received. */
  usage: JsonObject | null;
  note: string | null;
  firstTokenAt: number | null;
  requestId: string | null;
  httpStatus: number | null;
}

export function nothingReceived(): Received {
  return {
    text: '',
    raw: '',
    reasoning: '',
    apart: '',
    splitter: createReasoningSplitter(),
    refusal: '',
    isWhole: false,
    isBroken: false,
    unread: null,
    model: null,
    finishReason: null,
    endedAlone: false,
    usage: null,
    note: null,
    firstTokenAt: null,
    requestId: null,
    httpStatus: null,
  };
}

/** Serialises the request once: the bytes recorded are the bytes sent. */
export function toIntent(
  call: ModelCall,
  connection: Connection,
  attempt: { readonly number: number; readonly body: ChatBody },
  createdAt: number,
): CallIntent {
  const { provider } = connection.settings;
  const { messages: _, ...parameters } = attempt.body;
  const body = toPicturedBody(attempt.body, picturesOf(call), call.sharedTexts ?? longTurns(call));
  return {
    createdAt,
    kind: call.kind,
    task: call.task,
    title: call.title ?? null,
    providerName: provider.name,
    host: provider.host,
    llm: provider.llm,
    local: provider.local,
    model: call.model,
    parameters: JSON.stringify(parameters),
    attempt: attempt.number,
    userId: USER_ID,
    message: excerpt(call.asked ?? call.turns.at(-1)?.content ?? ''),
    body,
    requestBytes: body.bytes.length,
    fileName: call.links.fileName ?? null,
    conversationId: call.links.conversationId ?? null,
    messageId: call.links.messageId ?? null,
    batchId: call.links.batchId ?? null,
    itemId: call.links.itemId ?? null,
  };
}

/** In the order in which they stand in the request. */
function picturesOf(call: ModelCall): readonly string[] {
  return call.turns.flatMap((turn) => turn.pictures ?? []).flatMap(({ image }) => image?.base64 ?? []);
}

function longTurns(call: ModelCall): readonly string[] {
  return call.turns.map((turn) => turn.content).filter((content) => content.length >= SHARED_FROM_CHARACTERS);
}

/** How an attempt ended. */
export interface Ending {
  readonly received: Received;
  readonly failure: Problem | null;
  readonly sent: boolean;
  readonly latencyMs: number;
  readonly timeToFirstTokenMs: number | null;
}

export function toOutcome(callId: number, ending: Ending): CallOutcome {
  const { received, failure, sent, latencyMs, timeToFirstTokenMs } = ending;
  const reply = withReasoning(received);
  const usage = received.usage === null ? null : readUsage(received.usage);
  return {
    callId,
    status: failure === null ? 'ok' : failure.code === 'cancelled' ? 'cancelled' : 'error',
    sent,
    modelAnswered: received.model,
    reply: failure !== null && reply === '' ? null : reply,
    httpStatus: received.httpStatus,
    requestId: received.requestId,
    finishReason: received.finishReason,
    promptTokens: usage?.promptTokens ?? null,
    completionTokens: usage?.completionTokens ?? null,
    totalTokens: usage?.totalTokens ?? null,
    usage: storedUsage(received.usage),
    timeToFirstTokenMs,
    latencyMs,
    note: noteOf(received, failure),
    problem: failure,
  };
}

/** The note that the history shows beside the reply. */
function noteOf(received: Received, failure: Problem | null): string | null {
  const { note, unread, reasoning } = received;
  const notes = [
    ...(note === null ? [] : [note]),
    ...(reasoning === ''
      ? []
      : [
          `The model reasoned before it answered (${reasoning.length.toLocaleString('en-US')} characters); the answer is without that.`,
        ]),
    ...(unread !== null && failure === null ? [`The server also sent what is no part of a reply: ${unread}`] : []),
  ];
  return notes.length === 0 ? null : notes.join(' ');
}
