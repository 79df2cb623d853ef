/** The one gate that every model call goes through: recorded, sent, watched, retried, recorded again. */
import type OpenAI from 'openai';
import type { RetryWait } from '../../shared/data.ts';
import { type Problem, problem } from '../../shared/problem.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Audit } from '../audit/audit.ts';
import { sleep } from '../sleep.ts';
import { storeProblem } from '../store/store-failure.ts';
import type { BegunCall, CallIntent, FinishedCall } from '../store/tables/calls.ts';
import { type Ending, nothingReceived, type Received, toIntent, toOutcome } from './call-records.ts';
import { type ChatBody, learnQuirk, toChatBody } from './chat-body.ts';
import { type ReplyPiece, readChunk, type Usage } from './completion.ts';
import type { Connection, Quirks } from './connection.ts';
import { neverLeft, toProblem } from './errors.ts';
import { hideKey } from './hide-key.ts';
import type { ModelCall } from './model-call.ts';
import { createPacer, type Pacer } from './pacer.ts';
import type { PooledOptions } from './pooled-fetch.ts';
import { MAX_ATTEMPTS, retryDelay } from './retry.ts';
import { type Watchdog, watch } from './watchdog.ts';
import { holdsEvents, readWhole } from './whole-reply.ts';
import { whyIncomplete } from './why-incomplete.ts';

/** Does some work when its turn has come. */
export type Turn = <T>(work: () => Promise<T>) => Promise<T>;

/** The turns that a limiter gives. Waiting before a retry takes none. */
export interface Lanes {
  /** To record a request and wait with it: a few more than may be sent, so that a free slot finds one that may leave. */
  readonly ahead: Turn;
  /** To send it. */
  readonly slot: Turn;
}

export interface CallOptions {
  readonly connection: Connection;
  readonly signal: AbortSignal;
  /** Left out, the call waits for no others. */
  readonly lanes?: Lanes;
  /** Pieces of a streamed reply as they come. After the first, a failure is not retried. */
  readonly onText?: (text: string) => void;
  /** Told when the call begins to wait for a further attempt. What ends the wait early is `signal`. */
  readonly onRetry?: (wait: RetryWait) => void;
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

/** One request as it will be sent, and who is asked. */
interface Attempt {
  readonly number: number;
  readonly body: ChatBody;
  readonly client: OpenAI;
  /** Nothing that is kept may contain it. */
  readonly key: string;
}

const AT_ONCE: Lanes = { ahead: (work) => work(), slot: (work) => work() };

interface GatewayParts {
  readonly audit: Audit;
  readonly now: () => number;
  readonly pacer: Pacer;
}

export function createGateway(audit: Audit, now: () => number = Date.now): Gateway {
  const parts: GatewayParts = { audit, now, pacer: createPacer() };
  return { complete: (call, options) => completeWithRetries(parts, call, options) };
}

async function completeWithRetries(
  parts: GatewayParts,
  call: ModelCall,
  options: CallOptions,
): Promise<Result<Reply, CallFailure>> {
  const { connection, signal } = options;
  const quirks = connection.quirksOf(call.model);
  const { ahead } = options.lanes ?? AT_ONCE;
  if (call.model === '') return err(notSent(problem('not_configured', { missing: 'model' })));
  let last: CallFailure | null = null;
  for (let number = 1; ; number += 1) {
    if (signal.aborted) return err(endedBy(cancelled(), last));
    const client = await connection.client();
    if (!client.ok) return err(endedBy(client.error, last));
    const attempt = { number, body: toChatBody(call, quirks), client: client.value, key: client.value.apiKey ?? '' };
    const result = await ahead(() => attemptOnce(parts, call, options, attempt));
    if (result.ok) return result;
    last = result.error.callId === null ? endedBy(result.error.problem, last) : result.error;
    const delay = nextDelay(last, quirks, attempt);
    if (delay === null) return err(last);
    if (delay > 0) options.onRetry?.(toWait(last.problem, number, delay));
    await sleep(delay, signal);
  }
}

/** Null when the call has failed for good; 0 when the server only refused a parameter that can be left out. */
function nextDelay(failure: CallFailure, quirks: Quirks, attempt: Attempt): number | null {
  if (failure.partial !== '') return null;
  if (learnQuirk(failure.problem, quirks, attempt.body)) return 0;
  return retryDelay(failure.problem, attempt.number);
}

function toWait(why: Problem, failed: number, delayMs: number): RetryWait {
  return { problem: why, attempt: failed + 1, attempts: MAX_ATTEMPTS, delayMs };
}

async function attemptOnce(
  parts: GatewayParts,
  call: ModelCall,
  options: CallOptions,
  attempt: Attempt,
): Promise<Result<Reply, CallFailure>> {
  const { audit, pacer } = parts;
  await pacer.turn();
  if (options.signal.aborted) return err(notSent(cancelled()));
  const intent = toIntent(call, options.connection, attempt, parts.now());
  const begun = await begin(audit, intent);
  if (!begun.ok) return begun;
  if ('finished' in begun.value) return ok(reused(begun.value.finished));
  const { callId } = begun.value;
  const { slot } = options.lanes ?? AT_ONCE;
  const ending = await slot(() => exchange(parts, call, options, attempt, { callId, intent }));
  audit.end(toOutcome(callId, ending));
  const { received, failure, latencyMs, timeToFirstTokenMs } = ending;
  if (failure !== null) return err({ problem: failure, callId, partial: received.text, latencyMs, timeToFirstTokenMs });
  const { text, model, finishReason, usage, note } = received;
  return ok({ callId, text, model, finishReason, usage, note, latencyMs, timeToFirstTokenMs });
}

/** What cannot be recorded is not sent. */
async function begin(audit: Audit, intent: CallIntent): Promise<Result<BegunCall, CallFailure>> {
  try {
    return ok(await audit.begin(intent));
  } catch (error) {
    return err(notSent(storeProblem(error, 'call')));
  }
}

/** Sends and receives, unless the call was given up meanwhile. */
async function exchange(
  { audit, pacer }: GatewayParts,
  call: ModelCall,
  options: CallOptions,
  attempt: Attempt,
  { callId, intent }: { readonly callId: number; readonly intent: CallIntent },
): Promise<Ending> {
  const received = nothingReceived();
  await pacer.turn();
  if (options.signal.aborted) {
    return { received, failure: cancelled(), sent: false, latencyMs: 0, timeToFirstTokenMs: null };
  }
  const startedAt = performance.now();
  audit.leave(callId, intent);
  const { failure, sent } = await receiveAll(call, options, attempt, intent, received);
  return {
    received,
    failure,
    sent,
    latencyMs: tenths(performance.now() - startedAt),
    timeToFirstTokenMs: received.firstTokenAt === null ? null : tenths(received.firstTokenAt - startedAt),
  };
}

/** Fills `received` and returns what went wrong, if anything, and whether the request had left by then. */
async function receiveAll(
  call: ModelCall,
  options: CallOptions,
  attempt: Attempt,
  { body, host }: CallIntent,
  received: Received,
): Promise<Pick<Ending, 'failure' | 'sent'>> {
  const watchdog = watch(options.connection.settings, host, options.signal);
  try {
    await receive(call, options, attempt.client, body.bytes, received, watchdog);
  } catch (error) {
    const failure = whyEnded(options.signal, watchdog) ?? whyFailed(toProblem(error, host, attempt.key), received);
    return { failure, sent: !neverLeft(error) };
  } finally {
    watchdog.stop();
    hideKeyIn(received, attempt.key);
  }
  // An aborted stream ends without an error.
  return { failure: whyEnded(options.signal, watchdog) ?? whyIncomplete(call, received, host), sent: true };
}

/** The client is given the very bytes that are on record, not an object that it would write out anew. */
async function receive(
  call: ModelCall,
  options: CallOptions,
  client: OpenAI,
  body: Uint8Array,
  received: Received,
  watchdog: Watchdog,
): Promise<void> {
  const builtin = options.connection.settings.provider.kind === 'builtin';
  const fetchOptions: PooledOptions = {
    endedBy: watchdog.signal,
    onComplete: () => {
      received.isWhole = true;
    },
  };
  const { data, response } = await client
    .post<unknown>('/chat/completions', {
      body,
      stream: call.stream,
      fetchOptions,
      headers: { 'content-type': 'application/json', ...(builtin ? { 'x-docket-task': taskHeader(call) } : {}) },
    })
    .withResponse();
  received.httpStatus = response.status;
  received.requestId = response.headers.get('x-request-id');
  if (!isStream(data) || !(await holdsEvents(response))) {
    const { piece, unread } = readWhole(isStream(data) ? await response.text() : data, response.headers);
    received.isWhole = true;
    received.unread = unread;
    take(received, piece, options.onText);
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
  received.refusal += piece.refusal;
  if (piece.text === '') return;
  received.firstTokenAt ??= performance.now();
  received.text += piece.text;
  onText?.(piece.text);
}

/** In a stream the key may come in pieces; here they are together. */
function hideKeyIn(received: Received, key: string): void {
  const hide = (text: string | null) => (text === null ? null : hideKey(text, key));
  received.text = hideKey(received.text, key);
  received.refusal = hideKey(received.refusal, key);
  received.model = hide(received.model);
  received.finishReason = hide(received.finishReason);
  received.note = hide(received.note);
}

function whyEnded(signal: AbortSignal, watchdog: Watchdog): Problem | null {
  return watchdog.problem() ?? (signal.aborted ? cancelled() : null);
}

function whyFailed(failure: Problem, received: Received): Problem {
  received.httpStatus = failure.httpStatus ?? received.httpStatus;
  received.requestId = failure.requestId ?? received.requestId;
  return received.text === '' ? failure : { ...failure, partialKept: true };
}

function reused(finished: FinishedCall): Reply {
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
  return problem('cancelled', { what: 'call' });
}

/** The seed keeps latencies to a tenth of a millisecond. */
function tenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}
