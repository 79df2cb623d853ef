/** The one gate that every model call goes through: recorded, sent, watched, retried, recorded again. */
import type OpenAI from 'openai';
import type { RetryWait } from '../../shared/data.ts';
import { kindOfFinish } from '../../shared/finish-reasons.ts';
import { type Problem, problem } from '../../shared/problem.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Audit } from '../audit/audit.ts';
import { sleep } from '../sleep.ts';
import { storeProblem } from '../store/store-failure.ts';
import type { BegunCall, CallIntent, FinishedCall } from '../store/tables/calls.ts';
import { type Ending, nothingReceived, type Received, toIntent, toOutcome } from './call-records.ts';
import { type ChatBody, learnQuirk, toChatBody } from './chat-body.ts';
import type { Usage } from './completion.ts';
import type { Connection, Quirks } from './connection.ts';
import { neverLeft, toProblem } from './errors.ts';
import { hideKey } from './hide-key.ts';
import type { ModelCall } from './model-call.ts';
import { createPacer, type Pacer } from './pacer.ts';
import { answerIn, withReasoning } from './reasoning.ts';
import { receive } from './receive.ts';
import { MAX_ATTEMPTS, retryDelay } from './retry.ts';
import { watch } from './watchdog.ts';
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
  /** The answer, without what the model thought before it. */
  readonly text: string;
  /** All that came, as it is kept. */
  readonly raw: string;
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
  return ok({
    callId,
    text,
    raw: withReasoning(received),
    model,
    finishReason,
    usage,
    note,
    latencyMs,
    timeToFirstTokenMs,
  });
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
  const { client, body: asked } = attempt;
  const exchange = {
    client,
    body: body.bytes,
    stream: asked.stream === true,
    headers: headersOf(call, options),
    watchdog,
  };
  const thrown = await receive({ ...exchange, onText: options.onText }, received).then(
    () => null,
    (error: unknown) => ({ error }),
  );
  watchdog.stop();
  settle(received, options.onText);
  hideKeyIn(received, attempt.key);
  const sent = thrown === null || !neverLeft(thrown.error);
  if (options.signal.aborted) return { failure: watchdog.problem() ?? cancelled(), sent };
  // An aborted stream ends without an error; and what broke after the reply had ended took nothing of it.
  if (watchdog.problem() === null && thrown === null) return { failure: whyIncomplete(call, received, host), sent };
  if (isAllThere(received)) return { failure: whyIncomplete(call, received, host), sent };
  return { failure: watchdog.problem() ?? whyFailed(toProblem(thrown?.error, host, attempt.key), received), sent };
}

/** Only the built-in engine is told the task: it guesses nothing from prose. */
function headersOf(call: ModelCall, { connection }: CallOptions): Readonly<Record<string, string>> {
  return connection.settings.provider.kind === 'builtin' ? { 'x-docket-task': taskHeader(call) } : {};
}

function isAllThere({ text, finishReason, endedAlone }: Received): boolean {
  return text !== '' && endedAlone && finishReason !== null && kindOfFinish(finishReason) === 'whole';
}

function taskHeader(call: ModelCall): string {
  return call.task === 'test' ? 'chat' : call.task;
}

/** What was held back in case a mark of reasoning would come; the whole text shows where the answer begins. */
function settle(received: Received, onText: CallOptions['onText']): void {
  const rest = received.splitter.end();
  received.text = answerIn(received.raw);
  if (rest !== '') onText?.(rest);
}

/** In a stream the key may come in pieces; here they are together. */
function hideKeyIn(received: Received, key: string): void {
  const hide = (text: string | null) => (text === null ? null : hideKey(text, key));
  received.text = hideKey(received.text, key);
  received.raw = hideKey(received.raw, key);
  received.reasoning = hideKey(received.reasoning, key);
  received.refusal = hideKey(received.refusal, key);
  received.model = hide(received.model);
  received.finishReason = hide(received.finishReason);
  received.note = hide(received.note);
  received.unread = hide(received.unread);
}

function whyFailed(failure: Problem, received: Received): Problem {
  received.httpStatus = failure.httpStatus ?? received.httpStatus;
  received.requestId = failure.requestId ?? received.requestId;
  return received.text === '' ? failure : { ...failure, partialKept: true };
}

function reused(finished: FinishedCall): Reply {
  return {
    callId: finished.callId,
    text: answerIn(finished.reply),
    raw: finished.reply,
    model: null,
    finishReason: finished.finishReason,
    usage:
      finished.totalTokens === null
        ? null
        : { promptTokens: null, completionTokens: null, totalTokens: finished.totalTokens, cachedTokens: null },
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
