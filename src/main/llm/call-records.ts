/** What the audit is told of a call before it leaves and after it ended. */
import type { Problem } from '../../shared/problem.ts';
import { toRequestBody } from '../audit/request-body.ts';
import { type CallIntent, type CallOutcome, excerpt } from '../store/tables/calls.ts';
import type { ChatBody } from './chat-body.ts';
import type { Usage } from './completion.ts';
import type { Connection } from './connection.ts';
import type { ModelCall } from './model-call.ts';

/** Texts from here on are stored once, however many requests carry them. */
const SHARED_FROM_CHARACTERS = 512;
/** As in the seed, as long as Docket knows one user. */
const USER_ID = 'anonymous';

/** What has been received so far; a failure leaves it as it is. */
export interface Received {
  text: string;
  refusal: string;
  /** It came in one piece of JSON, or as a stream that said that it had ended: nothing of it is missing. */
  isWhole: boolean;
  /** The beginning of what came instead of a reply. */
  unread: string | null;
  model: string | null;
  finishReason: string | null;
  usage: Usage | null;
  note: string | null;
  firstTokenAt: number | null;
  requestId: string | null;
  httpStatus: number | null;
}

export function nothingReceived(): Received {
  return {
    text: '',
    refusal: '',
    isWhole: false,
    unread: null,
    model: null,
    finishReason: null,
    usage: null,
    note: null,
    firstTokenAt: null,
    requestId: null,
    httpStatus: null,
  };
}

/** The bytes that are recorded are made here, once, and are the bytes that are sent. */
export function toIntent(
  call: ModelCall,
  connection: Connection,
  attempt: { readonly number: number; readonly body: ChatBody },
  createdAt: number,
): CallIntent {
  const { provider } = connection.settings;
  const { messages: _, ...parameters } = attempt.body;
  const body = toRequestBody(JSON.stringify(attempt.body), call.sharedTexts ?? longTurns(call));
  return {
    createdAt,
    kind: call.kind,
    task: call.task,
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
  return {
    callId,
    status: failure === null ? 'ok' : failure.code === 'cancelled' ? 'cancelled' : 'error',
    sent,
    modelAnswered: received.model,
    reply: failure !== null && received.text === '' ? null : received.text,
    httpStatus: received.httpStatus,
    requestId: received.requestId,
    finishReason: received.finishReason,
    promptTokens: received.usage?.promptTokens ?? null,
    completionTokens: received.usage?.completionTokens ?? null,
    totalTokens: received.usage?.totalTokens ?? null,
    timeToFirstTokenMs,
    latencyMs,
    note: received.note,
    problem: failure,
  };
}
