/** The one gate that every model call goes through: recorded, sent, watched, retried, recorded again. */
import type OpenAI from 'openai';
import type { AnalysisTask, CallKind } from '../../shared/data.ts';
import { type Problem, problem } from '../../shared/problem.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Audit } from '../audit/audit.ts';
import type { BegunCall, CallIntent, CallOutcome } from '../store/tables/calls.ts';
import { type ReplyPiece, readChunk, readCompletion, type Usage } from './completion.ts';
import type { Connection, Quirks } from './connection.ts';
import { toProblem } from './errors.ts';
import { hideKey } from './hide-key.ts';
import { retryDelay, sleep } from './retry.ts';
import { type Watchdog, watch } from './watchdog.ts';

/** Texts from here on are stored once, however many requests carry them. */
const SHARED_FROM_CHARACTERS = 512;
/** As in the seed, as long as Docket knows one user. */
const USER_ID = 'anonymous';

export interface ChatTurn {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** What a call belongs to. */
export interface CallLinks {
  readonly conversationId?: string;
  readonly messageId?: string;
  readonly batchId?: string;
  readonly itemId?: number;
  readonly fileName?: string;
}

export interface ModelCall {
  readonly kind: CallKind;
  readonly task: AnalysisTask | 'chat' | 'test';
  readonly model: string;
  readonly turns: readonly ChatTurn[];
  /** What a list shows and a search finds first; left out, the last turn. */
  readonly asked?: string;
  readonly temperature: number;
  readonly maxTokens?: number;
  readonly stream: boolean;
  readonly links: CallLinks;
  /** Long texts inside the turns; left out, every long turn is one. */
  readonly sharedTexts?: readonly string[];
}

export interface CallOptions {
  readonly connection: Connection;
  readonly signal: AbortSignal;
  /** Runs one attempt in a slot of a limiter. Waiting before a retry takes no slot. */
  readonly slot?: <T>(attempt: () => Promise<T>) => Promise<T>;
  /** Pieces of a streamed reply as they come. After the first, a failure is not retried. */
  readonly onText?: (text: string) => void;
}

export interface Reply {
  readonly callId: number;
  readonly text: string;
  readonly model: string | null;
  readonly finishReason: string | null;
  readonly usage: Usage | null;
  /** Why the built-in engine gives no result, when it gives none. */
  readonly note: string | null;
  readonly latencyMs: number;
  readonly timeToFirstTokenMs: number | null;
}

/** A call that failed for good, with what had arrived. */
export interface CallFailure {
  readonly problem: Problem;
  /** Of the last attempt; null when nothing was sent. */
  readonly callId: number | null;
  readonly partial: string;
  readonly latencyMs: number | null;
  readonly timeToFirstTokenMs: number | null;
}

export interface Gateway {
  complete(call: ModelCall, options: CallOptions): Promise<Result<Reply, CallFailure>>;
}

type ChatBody = OpenAI.Chat.Completions.ChatCompletionCreateParams;

/** One request as it will be sent, and who is asked. */
interface Attempt {
  readonly number: number;
  readonly body: ChatBody;
  readonly client: OpenAI;
  /** Nothing that is kept may contain it. */
  readonly key: string;
}

/** What has been received so far; a failure leaves it as it is. */
interface Received {
  text: string;
  model: string | null;
  finishReason: string | null;
  usage: Usage | null;
  note: string | null;
  firstTokenAt: number | null;
  requestId: string | null;
  httpStatus: number | null;
}

export function createGateway(audit: Audit, now: () => number = Date.now): Gateway {
  return { complete: (call, options) => completeWithRetries(audit, now, call, options) };
}

async function completeWithRetries(
  audit: Audit,
  now: () => number,
  call: ModelCall,
  options: CallOptions,
): Promise<Result<Reply, CallFailure>> {
  const { connection, signal } = options;
  const quirks = connection.quirksOf(call.model);
  const slot = options.slot ?? ((attempt) => attempt());
  if (call.model === '') return err(notSent(problem('not_configured', 'No model is chosen. Choose one in Settings.')));
  let last: CallFailure | null = null;
  for (let number = 1; ; number += 1) {
    if (signal.aborted) return err(endedBy(cancelled(), last));
    const client = await connection.client();
    if (!client.ok) return err(endedBy(client.error, last));
    const attempt = { number, body: requestBody(call, quirks), client: client.value, key: client.value.apiKey ?? '' };
    const result = await slot(() => attemptOnce(audit, now, call, options, attempt));
    if (result.ok) return result;
    last = result.error.callId === null ? endedBy(result.error.problem, last) : result.error;
    const delay = nextDelay(last, quirks, attempt);
    if (delay === null) return err(last);
    await sleep(delay, signal);
  }
}

/** Null when the call has failed for good; 0 when the server only refused a parameter that can be left out. */
function nextDelay(failure: CallFailure, quirks: Quirks, attempt: Attempt): number | null {
  if (failure.partial !== '') return null;
  if (learnQuirk(failure.problem, quirks, attempt.body)) return 0;
  return retryDelay(failure.problem, attempt.number);
}

/** Servers and newer models refuse parameters that others need; what was refused is left out from then on. */
function learnQuirk(failure: Problem, quirks: Quirks, body: ChatBody): boolean {
  if (failure.code !== 'bad_request' || failure.detail === undefined) return false;
  const refuses = (name: string) => failure.detail?.includes(name) === true;
  if (body.stream_options && refuses('stream_options')) {
    quirks.streamOptions = false;
    return true;
  }
  if (typeof body.max_tokens === 'number' && refuses('max_tokens')) {
    quirks.maxTokens = false;
    return true;
  }
  if (typeof body.temperature === 'number' && refuses('temperature')) {
    quirks.temperature = false;
    return true;
  }
  return false;
}

function requestBody(call: ModelCall, quirks: Quirks): ChatBody {
  const limit = quirks.maxTokens ? 'max_tokens' : 'max_completion_tokens';
  return {
    model: call.model,
    messages: call.turns.map((turn) => ({ role: turn.role, content: turn.content })),
    ...(quirks.temperature ? { temperature: call.temperature } : {}),
    ...(call.maxTokens === undefined ? {} : { [limit]: call.maxTokens }),
    stream: call.stream,
    ...(call.stream && quirks.streamOptions ? { stream_options: { include_usage: true } } : {}),
  };
}

async function attemptOnce(
  audit: Audit,
  now: () => number,
  call: ModelCall,
  options: CallOptions,
  attempt: Attempt,
): Promise<Result<Reply, CallFailure>> {
  if (options.signal.aborted) return err(notSent(cancelled()));
  const { provider } = options.connection.settings;
  const intent = toIntent(call, options.connection, attempt, now());
  const begun = await begin(audit, intent);
  if (!begun.ok) return begun;
  if ('finished' in begun.value) return ok(reused(begun.value.finished));
  const { callId } = begun.value;
  const startedAt = performance.now();
  const received: Received = {
    text: '',
    model: null,
    finishReason: null,
    usage: null,
    note: null,
    firstTokenAt: null,
    requestId: null,
    httpStatus: null,
  };
  const failure = await exchange(call, options, attempt, received, provider.host);
  hideKeyIn(received, attempt.key);
  const latencyMs = tenths(performance.now() - startedAt);
  const timeToFirstTokenMs = received.firstTokenAt === null ? null : tenths(received.firstTokenAt - startedAt);
  audit.end(toOutcome(callId, intent, received, failure, latencyMs, timeToFirstTokenMs));
  if (failure !== null) return err({ problem: failure, callId, partial: received.text, latencyMs, timeToFirstTokenMs });
  const { text, model, finishReason, usage, note } = received;
  return ok({ callId, text, model, finishReason, usage, note, latencyMs, timeToFirstTokenMs });
}

/** What cannot be recorded is not sent. */
async function begin(audit: Audit, intent: CallIntent): Promise<Result<BegunCall, CallFailure>> {
  try {
    return ok(await audit.begin(intent));
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    const message = 'The call could not be recorded, so it was not sent. Is the disk full?';
    return err(notSent(problem('store_failed', message, { detail })));
  }
}

/** Sends and receives. Fills `received` and returns what went wrong, if anything. */
async function exchange(
  call: ModelCall,
  options: CallOptions,
  attempt: Attempt,
  received: Received,
  host: string,
): Promise<Problem | null> {
  if (options.signal.aborted) return cancelled();
  const watchdog = watch(options.connection.settings, host, options.signal);
  try {
    await receive(call, options, attempt, received, watchdog);
  } catch (error) {
    return whyEnded(options.signal, watchdog) ?? noteStatus(toProblem(error, host, attempt.key), received);
  } finally {
    watchdog.stop();
  }
  // An aborted stream ends without an error.
  return whyEnded(options.signal, watchdog) ?? whyIncomplete(call, received, host);
}

async function receive(
  call: ModelCall,
  options: CallOptions,
  attempt: Attempt,
  received: Received,
  watchdog: Watchdog,
): Promise<void> {
  const builtin = options.connection.settings.provider.kind === 'builtin';
  const { data, response } = await attempt.client.chat.completions
    .create(attempt.body, {
      signal: watchdog.signal,
      ...(builtin ? { headers: { 'x-docket-task': taskHeader(call) } } : {}),
    })
    .withResponse();
  received.httpStatus = response.status;
  received.requestId = response.headers.get('x-request-id');
  if (!isStream(data)) {
    take(received, readCompletion(data), options.onText);
    return;
  }
  // Headers are no sign of life: a local model may read a long prompt for minutes after them.
  for await (const event of data) {
    watchdog.alive();
    take(received, readChunk(event), options.onText);
  }
}

function isStream(data: unknown): data is AsyncIterable<unknown> {
  return typeof data === 'object' && data !== null && Symbol.asyncIterator in data;
}

function taskHeader(call: ModelCall): string {
  return call.task === 'test' ? 'chat' : call.task;
}

function take(received: Received, piece: ReplyPiece | null, onText: ((text: string) => void) | undefined): void {
  if (piece === null) return;
  received.model = piece.model ?? received.model;
  received.finishReason = piece.finishReason ?? received.finishReason;
  received.usage = piece.usage ?? received.usage;
  received.note = piece.note ?? received.note;
  if (piece.text === '') return;
  received.firstTokenAt ??= performance.now();
  received.text += piece.text;
  onText?.(piece.text);
}

/** In a stream the key may come in pieces; here they are together. */
function hideKeyIn(received: Received, key: string): void {
  const hide = (text: string | null) => (text === null ? null : hideKey(text, key));
  received.text = hideKey(received.text, key);
  received.model = hide(received.model);
  received.finishReason = hide(received.finishReason);
  received.note = hide(received.note);
}

function whyEnded(signal: AbortSignal, watchdog: Watchdog): Problem | null {
  return watchdog.problem() ?? (signal.aborted ? cancelled() : null);
}

/** A reply without a finish reason did not finish, however politely the connection was closed. */
function whyIncomplete(call: ModelCall, received: Received, host: string): Problem | null {
  if (received.finishReason === 'content_filter') {
    return problem('content_refused', `${host} held back the reply by its content policy.`);
  }
  if (received.finishReason !== null) return null;
  if (received.text === '') {
    return problem(
      'bad_response',
      `${host} answered without a reply in it. Check that the base URL is that of an OpenAI-compatible API.`,
    );
  }
  // Some local servers leave the reason out of replies that do not stream; there the JSON itself is complete.
  if (!call.stream) return null;
  return problem('incomplete', `The connection to ${host} ended before the reply was complete. What arrived is kept.`);
}

function noteStatus(failure: Problem, received: Received): Problem {
  received.httpStatus = failure.httpStatus ?? received.httpStatus;
  received.requestId = failure.requestId ?? received.requestId;
  return failure;
}

function toIntent(call: ModelCall, connection: Connection, attempt: Attempt, createdAt: number): CallIntent {
  const { provider } = connection.settings;
  const { messages: _, ...parameters } = attempt.body;
  const json = JSON.stringify(attempt.body);
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
    asked: call.asked ?? call.turns.at(-1)?.content ?? '',
    body: { json, texts: call.sharedTexts ?? longTurns(call.turns) },
    requestBytes: Buffer.byteLength(json),
    fileName: call.links.fileName ?? null,
    conversationId: call.links.conversationId ?? null,
    messageId: call.links.messageId ?? null,
    batchId: call.links.batchId ?? null,
    itemId: call.links.itemId ?? null,
  };
}

function longTurns(turns: readonly ChatTurn[]): readonly string[] {
  return turns.map((turn) => turn.content).filter((content) => content.length >= SHARED_FROM_CHARACTERS);
}

function toOutcome(
  callId: number,
  intent: CallIntent,
  received: Received,
  failure: Problem | null,
  latencyMs: number,
  timeToFirstTokenMs: number | null,
): CallOutcome {
  return {
    callId,
    asked: intent.asked,
    fileName: intent.fileName,
    status: failure === null ? 'ok' : failure.code === 'cancelled' ? 'cancelled' : 'error',
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
    errorCode: failure?.code ?? null,
    errorMessage: failure?.message ?? null,
    errorDetail: failure?.detail ?? null,
  };
}

function reused(finished: {
  readonly callId: number;
  readonly reply: string;
  readonly note: string | null;
  readonly finishReason: string | null;
  readonly totalTokens: number | null;
}): Reply {
  return {
    callId: finished.callId,
    text: finished.reply,
    model: null,
    finishReason: finished.finishReason,
    usage:
      finished.totalTokens === null
        ? null
        : { promptTokens: null, completionTokens: null, totalTokens: finished.totalTokens },
    note: finished.note,
    latencyMs: 0,
    timeToFirstTokenMs: null,
  };
}

function notSent(why: Problem): CallFailure {
  return { problem: why, callId: null, partial: '', latencyMs: null, timeToFirstTokenMs: null };
}

/** A call that ends between two attempts: the last one is what the history knows of it. */
function endedBy(why: Problem, last: CallFailure | null): CallFailure {
  return last === null ? notSent(why) : { ...last, problem: why };
}

function cancelled(): Problem {
  return problem('cancelled', 'Cancelled.');
}

/** The seed keeps latencies to a tenth of a millisecond. */
function tenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}
