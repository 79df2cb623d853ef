/** One attempt of a call: records it, sends it once it may leave, and records its outcome. */
import { type Problem, problem } from '../../shared/problem.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Audit } from '../audit/audit.ts';
import type { BegunCall, CallIntent, FinishedCall } from '../audit/call-record.ts';
import { storeProblem } from '../store/store-failure.ts';
import { AT_ONCE, type CallOptions } from './call-options.ts';
import { type Ending, nothingReceived, toIntent, toOutcome } from './call-records.ts';
import { type CallFailure, cancelled, notSent, type Reply } from './call-result.ts';
import { type Attempt, receiveAll } from './exchange.ts';
import type { Visit } from './host-gate.ts';
import type { ModelCall } from './model-call.ts';
import type { Pacer } from './pacer.ts';
import { splitReply, withReasoning } from './reasoning.ts';
import { readStoredUsage, readUsage, type Usage } from './token-usage.ts';

export interface AttemptParts {
  readonly audit: Audit;
  readonly now: () => number;
  readonly pacer: Pacer;
}

/** @returns `held back` if its host was found to be away before it left. */
export async function attemptOnce(
  parts: AttemptParts,
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
  let left = false;
  const leaves = () => {
    left = visit?.leaves() ?? true;
    return left;
  };
  try {
    return await makeRecorded(parts, call, options, attempt, visit, { callId, intent, leaves });
  } catch (error) {
    // A bug, but the call is over: left open, it would count as in flight until Docket quits.
    audit.end(toOutcome(callId, { ...notLeft(), failure: byBug(error, intent.host), sent: left }));
    throw error;
  }
}

/** An attempt whose intent is on record. */
interface Recorded {
  readonly callId: number;
  readonly intent: CallIntent;
  /** Whether it may leave now. */
  readonly leaves: () => boolean;
}

async function makeRecorded(
  parts: AttemptParts,
  call: ModelCall,
  options: CallOptions,
  attempt: Attempt,
  visit: Visit | null,
  recorded: Recorded,
): Promise<Result<Reply, CallFailure> | 'held back'> {
  const { audit } = parts;
  const { callId } = recorded;
  const { slot } = options.lanes ?? AT_ONCE;
  const ending = await slot(() => exchange(parts, call, options, attempt, recorded));
  if (ending === 'held back') {
    audit.end(toOutcome(callId, notLeft()));
    return ending;
  }
  if (!options.signal.aborted) visit?.ended(ending.failure);
  audit.end(toOutcome(callId, ending));
  return toResult(callId, ending, attempt.number);
}

function byBug(error: unknown, host: string): Problem {
  const detail = error instanceof Error ? error.message : String(error);
  return problem('unexpected', { where: 'call', host }, { detail });
}

function toResult(callId: number, ending: Ending, attempts: number): Result<Reply, CallFailure> {
  const { received, failure, latencyMs, timeToFirstTokenMs } = ending;
  const times = { latencyMs, timeToFirstTokenMs, attempts };
  if (failure !== null)
    return err({ problem: failure, callId, partial: received.text, reasoning: received.reasoning, ...times });
  const { text, reasoning, model, finishReason, note } = received;
  const usage = received.usage === null ? null : readUsage(received.usage);
  return ok({ callId, text, reasoning, raw: withReasoning(received), model, finishReason, usage, note, ...times });
}

/** Nothing is sent that cannot be recorded. */
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

/** Why the call may not leave; null once its release is on record. */
async function release(audit: Audit, callId: number): Promise<Problem | null> {
  try {
    await audit.mayLeave(callId);
    return null;
  } catch (error) {
    return storeProblem(error, 'call');
  }
}

/** Sends and receives, unless the call was given up in the meantime. */
async function exchange(
  { audit, pacer }: AttemptParts,
  call: ModelCall,
  options: CallOptions,
  attempt: Attempt,
  { callId, intent, leaves }: Recorded,
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

function reused(finished: FinishedCall): Reply {
  const { answer, reasoning } = splitReply(finished.reply);
  return {
    callId: finished.callId,
    text: answer,
    reasoning,
    raw: finished.reply,
    model: null,
    finishReason: finished.finishReason,
    usage: usageOf(finished),
    note: finished.note,
    latencyMs: 0,
    timeToFirstTokenMs: null,
    attempts: 0,
  };
}

/** Calls recorded before the usage object was kept have the total alone. */
function usageOf({ usage, totalTokens }: FinishedCall): Usage | null {
  const known = readStoredUsage(usage);
  if (known !== null || totalTokens === null) return known;
  return {
    promptTokens: null,
    completionTokens: null,
    totalTokens,
    cachedTokens: null,
    cacheWrittenTokens: null,
    reasoningTokens: null,
  };
}

function notLeft(): Ending {
  return { received: nothingReceived(), failure: cancelled(), sent: false, latencyMs: 0, timeToFirstTokenMs: null };
}

/** Digits beyond tenths are noise. */
function tenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}
