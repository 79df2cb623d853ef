/** The one gate that every model call goes through: recorded, sent, watched, retried, recorded again. */
import { randomUUID } from 'node:crypto';
import type OpenAI from 'openai';
import type { RetryWait } from '../../shared/data.ts';
import { kindOfFinish } from '../../shared/finish-reasons.ts';
import { type Problem, problem } from '../../shared/problem.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Audit } from '../audit/audit.ts';
import { watchNetwork } from '../network-changes.ts';
import { sleep } from '../sleep.ts';
import { storeProblem } from '../store/store-failure.ts';
import type { BegunCall, CallIntent, FinishedCall } from '../store/tables/calls.ts';
import { type Ending, nothingReceived, type Received, toIntent, toOutcome } from './call-records.ts';
import { type ChatBody, toChatBody } from './chat-body.ts';
import type { Usage } from './completion.ts';
import type { Connection } from './connection.ts';
import { neverLeft, toProblem } from './errors.ts';
import { hideKey } from './hide-key.ts';
import type { HostGate, NeutralAnswer, Visit } from './host-gate.ts';
import { type HostTimes, usualTimes } from './host-health.ts';
import { createHosts, type Hosts } from './hosts.ts';
import type { ModelCall } from './model-call.ts';
import { neutralQuestion } from './neutral-question.ts';
import { createPacer, type Pacer } from './pacer.ts';
import { answerIn, withReasoning } from './reasoning.ts';
import { receive } from './receive.ts';
import { learnQuirk } from './refused-parameters.ts';
import { MAX_ATTEMPTS, retryDelay } from './retry.ts';
import { signOf } from './signs.ts';
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
  /** How many of the calls that are on record may leave: the free slots, and one that takes the next. */
  readonly room: () => number;
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
  /** Set for a call that nobody sits and waits for: it waits for a host that is away, as long as that takes. */
  readonly patient?: Patience;
}

export interface Patience {
  /** What the call is about; others about the same have the same. */
  readonly subject: string;
  /** Told when the call may be what its host does not take, and null when it was the host. */
  readonly onSuspect?: (problem: Problem | null) => void;
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
  /** Of the last attempt. */
  readonly latencyMs: number;
  readonly timeToFirstTokenMs: number | null;
  /** How many times it was asked for. */
  readonly attempts: number;
}

/** A call that failed for good, with what had arrived. */
export interface CallFailure {
  readonly problem: Problem;
  /** It is the host's or the account's failure: every other call would meet it too. */
  readonly isTheHosts?: boolean;
  /** Of the last attempt; null when nothing was sent. */
  readonly callId: number | null;
  readonly partial: string;
  /** Of the last attempt. */
  readonly latencyMs: number | null;
  readonly timeToFirstTokenMs: number | null;
  /** How many times it was asked for; 0 when nothing was sent. */
  readonly attempts: number;
}

export interface Gateway {
  complete(call: ModelCall, options: CallOptions): Promise<Result<Reply, CallFailure>>;
  /** What is known of a host, shared by all that call it. */
  gate(connection: Connection, model: string): HostGate;
  /** Something may have changed on the way to a host, or to all: those that are away are probed at once. */
  tryNow(host?: string): void;
  /** Resolves when no question of the gateway's own is on its way. */
  idle(): Promise<void>;
}

/** One request as it will be sent, and who is asked. */
interface Attempt {
  readonly number: number;
  readonly body: ChatBody;
  readonly client: OpenAI;
  /** Nothing that is kept may contain it. */
  readonly key: string;
}

const AT_ONCE: Pick<Lanes, 'ahead' | 'slot'> = { ahead: (work) => work(), slot: (work) => work() };

interface GatewayParts {
  readonly audit: Audit;
  readonly now: () => number;
  readonly pacer: Pacer;
}

/** What a gateway may be given in place of its own. */
export interface GatewayChoices {
  readonly now?: () => number;
  readonly times?: Partial<HostTimes>;
}

export function createGateway(audit: Audit, choices: GatewayChoices = {}): Gateway {
  const parts: GatewayParts = { audit, now: choices.now ?? Date.now, pacer: createPacer() };
  const hosts = createHosts({
    times: { ...usualTimes, ...choices.times },
    now: () => performance.now(),
    random: Math.random,
    askNeutral: (connection, model, signal) => askNeutral(parts, connection, model, signal),
    watchNetwork,
  });
  return {
    complete: (call, options) => completeWithRetries(parts, hosts, call, options),
    gate: hosts.gate,
    tryNow: hosts.tryNow,
    idle: hosts.idle,
  };
}

async function completeWithRetries(
  parts: GatewayParts,
  hosts: Hosts,
  call: ModelCall,
  options: CallOptions,
): Promise<Result<Reply, CallFailure>> {
  const { connection, signal, patient } = options;
  if (call.model === '') return err(notSent(problem('not_configured', { missing: 'model' })));
  const visit = hosts.gate(connection, call.model).visit({
    subject: patient?.subject ?? randomUUID(),
    urgent: patient === undefined,
    connection,
    signal,
    onSuspect: patient?.onSuspect,
  });
  let last: CallFailure | null = null;
  for (let number = 1; ; ) {
    const refused = await visit.admit();
    if (signal.aborted) return err(endedBy(cancelled(), last));
    if (refused !== null) return err({ ...endedBy(refused, last), isTheHosts: true });
    const body = toChatBody(call, connection.quirksOf(call.model));
    const made = await makeAttempt(parts, call, options, visit, { number, body });
    if (made === 'held back') continue;
    if (made.ok) return made;
    last = made.error.callId === null ? endedBy(made.error.problem, last) : made.error;
    const next = await afterFailure(options, visit, last, body);
    if (typeof next !== 'number') return err(next);
    if (next > 0) options.onRetry?.(toWait(last.problem, number, next));
    await sleep(next, signal);
    number += 1;
  }
}

async function makeAttempt(
  parts: GatewayParts,
  call: ModelCall,
  options: CallOptions,
  visit: Visit,
  asked: Pick<Attempt, 'number' | 'body'>,
): Promise<Result<Reply, CallFailure> | 'held back'> {
  const { ahead } = options.lanes ?? AT_ONCE;
  try {
    const client = await options.connection.client();
    if (!client.ok) return err(notSent(client.error));
    const attempt = { ...asked, client: client.value, key: client.value.apiKey ?? '' };
    return await ahead(() => attemptOnce(parts, call, options, attempt, visit));
  } finally {
    visit.roundOver();
  }
}

/** How long to wait before the next attempt (0: a parameter that can be left out was refused), or how the call ended. */
async function afterFailure(
  options: CallOptions,
  visit: Visit,
  failure: CallFailure,
  body: ChatBody,
): Promise<number | CallFailure> {
  if (failure.partial !== '') return failure;
  if (learnQuirk(failure.problem, options.connection.quirksOf(body.model), body)) return 0;
  const delay = retryDelay(failure.problem, Math.max(1, visit.failures()));
  if (delay !== null) return delay;
  if (options.patient === undefined || !isWorthAsking(failure.problem)) return failure;
  const verdict = await visit.verdict(failure.problem);
  switch (verdict.is) {
    case 'own':
      return failure;
    case 'again':
      return 0;
    case 'refused':
      return { ...failure, problem: verdict.problem, isTheHosts: true };
  }
}

/** Whether a failure may be the host's as well as the call's. */
function isWorthAsking(why: Problem): boolean {
  const sign = signOf(why, true, true);
  return sign === 'away' || sign === 'refuses';
}

/** A small question that holds nothing of anybody, on record as any other call. */
async function askNeutral(
  parts: GatewayParts,
  connection: Connection,
  model: string,
  signal: AbortSignal,
): Promise<NeutralAnswer> {
  const client = await connection.client();
  if (!client.ok) return { left: false, failure: client.error };
  const call = neutralQuestion(model);
  const body = toChatBody(call, connection.quirksOf(model));
  const attempt = { number: 1, body, client: client.value, key: client.value.apiKey ?? '' };
  const result = await attemptOnce(parts, call, { connection, signal }, attempt, null);
  if (result === 'held back' || signal.aborted) return { left: false, failure: null };
  if (result.ok) return { left: true, failure: null };
  return { left: result.error.callId !== null, failure: result.error.problem };
}

function toWait(why: Problem, failed: number, delayMs: number): RetryWait {
  return { problem: why, attempt: failed + 1, attempts: MAX_ATTEMPTS, delayMs };
}

async function attemptOnce(
  parts: GatewayParts,
  call: ModelCall,
  options: CallOptions,
  attempt: Attempt,
  visit: Visit | null,
): Promise<Result<Reply, CallFailure> | 'held back'> {
  const { audit, pacer } = parts;
  await pacer.turn();
  if (options.signal.aborted) return err(notSent(cancelled()));
  const intent = toIntent(call, options.connection, attempt, parts.now());
  const begun = await begin(audit, intent, options.lanes?.room());
  if (!begun.ok) return begun;
  if ('finished' in begun.value) return ok(reused(begun.value.finished));
  const { callId } = begun.value;
  const { slot } = options.lanes ?? AT_ONCE;
  const leaves = () => visit?.leaves() ?? true;
  const ending = await slot(() => exchange(parts, call, options, attempt, { callId, intent, leaves }));
  if (ending === 'held back') {
    audit.end(toOutcome(callId, notLeft()));
    return ending;
  }
  if (!options.signal.aborted) visit?.ended(ending.failure);
  audit.end(toOutcome(callId, ending));
  const { received, failure, latencyMs, timeToFirstTokenMs } = ending;
  const attempts = attempt.number;
  if (failure !== null)
    return err({ problem: failure, callId, partial: received.text, latencyMs, timeToFirstTokenMs, attempts });
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
    attempts,
  });
}

/** What cannot be recorded is not sent. */
async function begin(
  audit: Audit,
  intent: CallIntent,
  room: number | undefined,
): Promise<Result<BegunCall, CallFailure>> {
  try {
    return ok(await audit.begin(intent, room));
  } catch (error) {
    return err(notSent(storeProblem(error, 'call')));
  }
}

/** Why the call may not leave; null when it is on record that it may. */
async function release(audit: Audit, callId: number): Promise<Problem | null> {
  try {
    await audit.mayLeave(callId);
    return null;
  } catch (error) {
    return storeProblem(error, 'call');
  }
}

/** Sends and receives, unless the call was given up meanwhile. */
async function exchange(
  { audit, pacer }: GatewayParts,
  call: ModelCall,
  options: CallOptions,
  attempt: Attempt,
  { callId, intent, leaves }: { readonly callId: number; readonly intent: CallIntent; readonly leaves: () => boolean },
): Promise<Ending | 'held back'> {
  const received = nothingReceived();
  const unreleased = await release(audit, callId);
  if (unreleased !== null) return { ...notLeft(), failure: unreleased };
  await pacer.turn();
  if (options.signal.aborted) return notLeft();
  if (!leaves()) return 'held back';
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
    attempts: 0,
  };
}

function notLeft(): Ending {
  return { received: nothingReceived(), failure: cancelled(), sent: false, latencyMs: 0, timeToFirstTokenMs: null };
}

function notSent(why: Problem): CallFailure {
  return { problem: why, callId: null, partial: '', latencyMs: null, timeToFirstTokenMs: null, attempts: 0 };
}

/** A call that ends between two attempts: the last one is what the history knows of it. */
function endedBy(why: Problem, last: CallFailure | null): CallFailure {
  return last === null ? notSent(why) : { ...last, problem: why };
}

function cancelled(): Problem {
  return problem('cancelled', { what: 'call' });
}

/** What is below a tenth of a millisecond is noise. */
function tenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}
