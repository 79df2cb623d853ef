/** A request that asks a server about itself, without any user content. It is recorded first, like any other call. */
import type OpenAI from 'openai';
import { type Problem, problem } from '../../shared/problem.ts';
import { err, type Result } from '../../shared/result.ts';
import type { Audit } from '../audit/audit.ts';
import type { CallIntent, CallOutcome } from '../audit/call-record.ts';
import { toRequestBody } from '../audit/request-body.ts';
import { storeProblem } from '../store/store-failure.ts';

import { cancelled } from './call-result.ts';
import type { Connection } from './connection.ts';
import { neverLeft, toProblem } from './errors.ts';

const TIMEOUT_MS = 15_000;

export interface Inquiry<Answer> {
  /** What the history calls it; null for a model list. */
  readonly title: string | null;
  readonly method: 'GET' | 'POST';
  /** Below the API's address, or a whole address at the same server. */
  readonly url: string;
  readonly body?: Readonly<Record<string, unknown>>;
  /** @throws the server's own error, which some servers send with a 2xx status. */
  readonly read: (text: string, headers: Headers) => Result<Answer, Problem>;
  /** The answer as the history shows it. */
  readonly inWords: (answer: Answer) => string;
}

export async function inquire<Answer>(
  audit: Audit,
  connection: Connection,
  inquiry: Inquiry<Answer>,
  signal?: AbortSignal,
): Promise<Result<Answer, Problem>> {
  const client = await connection.client();
  if (!client.ok) return client;
  const intent = intentOf(connection, inquiry);
  const begun = await audit.begin(intent).catch((error: unknown) => storeProblem(error, 'call'));
  if ('code' in begun) return err(begun);
  if (!('callId' in begun)) throw new Error('An inquiry is never answered from the history.');
  const { callId } = begun;
  const startedAt = performance.now();
  let sent = false;
  try {
    audit.leave(callId, intent);
    sent = true;
    const answer = await ask(connection, client.value, inquiry, intent.body.bytes, signal);
    audit.end(outcomeOf(callId, answer, inquiry, performance.now() - startedAt));
    return answer.result;
  } catch (error) {
    // A bug, but the call is over: left open, it would count as in flight until Docket quits.
    const detail = error instanceof Error ? error.message : String(error);
    const why = problem('unexpected', { where: 'call', host: intent.host }, { detail });
    audit.end(outcomeOf(callId, { result: err(why), sent }, inquiry, performance.now() - startedAt));
    throw error;
  }
}

interface Answered<Answer> {
  readonly result: Result<Answer, Problem>;
  /** False if no connection was made. */
  readonly sent: boolean;
}

async function ask<Answer>(
  connection: Connection,
  client: OpenAI,
  { method, url, read }: Inquiry<Answer>,
  body: Uint8Array,
  stop?: AbortSignal,
): Promise<Answered<Answer>> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const signal = stop === undefined ? timeout : AbortSignal.any([timeout, stop]);
  const { host } = connection.settings.provider;
  try {
    const request =
      method === 'GET'
        ? client.get(url, { signal })
        : client.post(url, { body, signal, headers: { 'content-type': 'application/json' } });
    const response = await request.asResponse();
    return { result: read(await response.text(), response.headers), sent: true };
  } catch (error) {
    if (stop?.aborted === true) return { result: err(cancelled()), sent: !neverLeft(error) };
    const why = timeout.aborted
      ? problem('connection_failed', { host, reason: 'no_answer', waitedMs: TIMEOUT_MS })
      : toProblem(error, host);
    return { result: err(why), sent: !neverLeft(error) };
  }
}

function outcomeOf<Answer>(
  callId: number,
  { result, sent }: Answered<Answer>,
  { inWords }: Inquiry<Answer>,
  latencyMs: number,
): CallOutcome {
  return {
    callId,
    status: result.ok ? 'ok' : result.error.code === 'cancelled' ? 'cancelled' : 'error',
    sent,
    modelAnswered: null,
    reply: result.ok ? inWords(result.value) : null,
    httpStatus: result.ok ? 200 : (result.error.httpStatus ?? null),
    requestId: result.ok ? null : (result.error.requestId ?? null),
    finishReason: null,
    promptTokens: null,
    completionTokens: null,
    totalTokens: null,
    usage: null,
    timeToFirstTokenMs: null,
    latencyMs: Math.round(latencyMs * 10) / 10,
    note: null,
    problem: result.ok ? null : result.error,
  };
}

function intentOf<Answer>(connection: Connection, { title, method, url, body }: Inquiry<Answer>): CallIntent {
  const { provider } = connection.settings;
  const request = toRequestBody(body === undefined ? '' : JSON.stringify(body), []);
  return {
    createdAt: Date.now(),
    kind: 'probe',
    task: 'models',
    title,
    providerName: provider.name,
    host: provider.host,
    llm: provider.llm,
    local: provider.local,
    model: provider.model,
    parameters: '{}',
    attempt: 1,
    userId: 'anonymous',
    message: `${method} ${pathOf(url)}`,
    body: request,
    requestBytes: request.bytes.length,
    fileName: null,
    conversationId: null,
    messageId: null,
    batchId: null,
    itemId: null,
  };
}

function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : url;
}
