/** The attempts of a call: each once its host may be called, until one succeeds or another would be pointless. */
import { randomUUID } from 'node:crypto';
import type { RetryWait } from '../../shared/call-data.ts';
import { type Problem, problem } from '../../shared/problem.ts';
import { err, type Result } from '../../shared/result.ts';
import { sleep } from '../common/sleep.ts';
import { AT_ONCE, type CallOptions } from './call-options.ts';
import { type CallFailure, cancelled, endedBy, notSent, type Reply } from './call-result.ts';
import { type ChatBody, type Quirks, REASONING_ROOMS, toChatBody } from './chat-body.ts';
import { effortOf } from './connection.ts';
import { contextSaid } from './context-limit.ts';
import type { Attempt } from './exchange.ts';
import type { Visit } from './host-gate.ts';
import type { Hosts } from './hosts.ts';
import type { ModelCall } from './model-call.ts';
import { type AttemptParts, attemptOnce } from './recorded-attempt.ts';
import { learnFromReply } from './refused-formats.ts';
import { learnQuirk } from './refused-parameters.ts';
import { notePictures } from './refused-pictures.ts';
import { MAX_ATTEMPTS, retryDelay } from './retry.ts';
import { signOf } from './signs.ts';

export async function completeWithRetries(
  parts: AttemptParts,
  hosts: Hosts,
  call: ModelCall,
  options: CallOptions,
): Promise<Result<Reply, CallFailure>> {
  const { connection, signal } = options;
  if (call.model === '') return err(notSent(problem('not_configured', { missing: 'model' })));
  const visit = visitHost(hosts, call, options);
  let last: CallFailure | null = null;
  for (let number = 1; ; ) {
    const refused = await visit.admit();
    if (signal.aborted) {
      // It may have been admitted as the probe, which is then up to another call.
      visit.roundOver();
      return err(endedBy(cancelled(), last));
    }
    if (refused !== null) return err({ ...endedBy(refused, last), isTheHosts: true });
    const body = toChatBody(call, connection.quirksOf(call.model), effortOf(call, connection));
    const made = await makeAttempt(parts, call, options, visit, { number, body });
    if (made === 'held back') continue;
    if (learnFrom(connection.quirksOf(call.model), made, body)) connection.keepQuirks();
    if (made.ok) return made;
    last = made.error.callId === null ? endedBy(made.error.problem, last) : made.error;
    const next = await afterFailure(options, visit, last, body);
    if (typeof next !== 'number') return err(next);
    if (last.reasoning !== '') options.onStartOver?.('');
    if (next > 0) options.onRetry?.(toWait(last.problem, number, next));
    await sleep(next, signal);
    number += 1;
  }
}

/** @returns whether anything was learned. */
function learnFrom(quirks: Quirks, made: Result<Reply, CallFailure>, body: ChatBody): boolean {
  const { roomForReasoning, format, contextTokens, sees, mostPictures } = quirks;
  noteReasoning(quirks, made);
  if (made.ok) learnFromReply(quirks, made.value, body);
  noteContext(quirks, made);
  notePictures(quirks, made, body);
  return (
    quirks.roomForReasoning !== roomForReasoning ||
    quirks.format !== format ||
    quirks.contextTokens !== contextTokens ||
    quirks.sees !== sees ||
    quirks.mostPictures !== mostPictures
  );
}

/** A model that reasons needs room for it from now on. */
function noteReasoning(quirks: Quirks, made: Result<Reply, CallFailure>): void {
  const reasoned = made.ok
    ? made.value.reasoning !== '' || (made.value.usage?.reasoningTokens ?? 0) > 0
    : made.error.reasoning !== '';
  if (reasoned) quirks.roomForReasoning = Math.max(quirks.roomForReasoning, REASONING_ROOMS[0]);
}

/**
 * A server that says or shows that its model reads less at once is sent less from now on; one that has read more than
 * was learned of it, no longer.
 */
function noteContext(quirks: Quirks, made: Result<Reply, CallFailure>): void {
  const known = quirks.contextTokens;
  if (made.ok) {
    if (known !== null && (made.value.usage?.promptTokens ?? 0) > known) quirks.contextTokens = null;
    return;
  }
  const limit = contextSaid(made.error.problem);
  if (limit !== null) quirks.contextTokens = Math.min(limit, known ?? limit);
}

function visitHost(hosts: Hosts, { model }: ModelCall, { connection, signal, patient }: CallOptions): Visit {
  return hosts.gate(connection, model).visit({
    subject: patient?.subject ?? randomUUID(),
    urgent: patient === undefined,
    connection,
    signal,
    onSuspect: patient?.onSuspect,
  });
}

async function makeAttempt(
  parts: AttemptParts,
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

/** How long to wait before the next attempt (0 after dropping a refused parameter), or how the call ended. */
async function afterFailure(
  options: CallOptions,
  visit: Visit,
  failure: CallFailure,
  body: ChatBody,
): Promise<number | CallFailure> {
  if (failure.partial !== '') return failure;
  if (learnQuirk(failure.problem, options.connection.quirksOf(body.model), body)) {
    options.connection.keepQuirks();
    return 0;
  }
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

/** Whether a failure may be the host's fault: it would be if a neutral question failed like this. */
function isWorthAsking(why: Problem): boolean {
  const sign = signOf(why, { wasAlive: true, isLast: true, isNeutral: true });
  return sign === 'away' || sign === 'refuses';
}

function toWait(why: Problem, failed: number, delayMs: number): RetryWait {
  return { problem: why, attempt: failed + 1, attempts: MAX_ATTEMPTS, delayMs };
}
