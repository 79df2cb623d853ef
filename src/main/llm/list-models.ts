import { type Problem, problem } from '../../shared/problem.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Audit } from '../audit/audit.ts';
import type { CallIntent, CallOutcome } from '../audit/call-record.ts';
import { toRequestBody } from '../audit/request-body.ts';
import { storeProblem } from '../store/store-failure.ts';
import { cancelled } from './call-result.ts';
import type { Connection } from './connection.ts';
import { windowsIn } from './context-windows.ts';
import { neverLeft, toProblem } from './errors.ts';
import { parseJson } from './json-value.ts';
import { modelEntries, readModelNames } from './model-list.ts';
import { throwIfError, throwIfOnlyError } from './server-error.ts';
import { UNREAD_CHARACTERS } from './whole-reply.ts';

const TIMEOUT_MS = 15_000;
const ASKED = 'GET /models';

/** Asks the server for its models. Only a GET is sent, and it is recorded first like any other call. */
export async function listModels(
  audit: Audit,
  connection: Connection,
  signal?: AbortSignal,
): Promise<Result<readonly string[], Problem>> {
  const client = await connection.client();
  if (!client.ok) return client;
  const intent = intentOf(connection);
  const begun = await audit.begin(intent).catch((error: unknown) => storeProblem(error, 'call'));
  if ('code' in begun) return err(begun);
  if (!('callId' in begun)) throw new Error('A model list is never reused.');
  const { callId } = begun;
  const startedAt = performance.now();
  let sent = false;
  try {
    audit.leave(callId, intent);
    sent = true;
    const answer = await ask(connection, client.value, signal);
    audit.end(outcomeOf(callId, answer, performance.now() - startedAt));
    return answer.result;
  } catch (error) {
    // A bug, but the call is over: left open, it would count as in flight until Docket quits.
    const detail = error instanceof Error ? error.message : String(error);
    const why = problem('unexpected', { where: 'call', host: intent.host }, { detail });
    audit.end(outcomeOf(callId, { result: err(why), sent }, performance.now() - startedAt));
    throw error;
  }
}

function outcomeOf(callId: number, { result, sent }: Answer, latencyMs: number): CallOutcome {
  return {
    callId,
    status: result.ok ? 'ok' : result.error.code === 'cancelled' ? 'cancelled' : 'error',
    sent,
    modelAnswered: null,
    reply: result.ok ? result.value.join('\n') : null,
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

type Client = Extract<Awaited<ReturnType<Connection['client']>>, { ok: true }>['value'];

interface Answer {
  readonly result: Result<readonly string[], Problem>;
  /** False if no connection was made. */
  readonly sent: boolean;
}

async function ask(connection: Connection, client: Client, stop?: AbortSignal): Promise<Answer> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const signal = stop === undefined ? timeout : AbortSignal.any([timeout, stop]);
  const { host } = connection.settings.provider;
  try {
    const response = await client.get('/models', { signal }).asResponse();
    return { result: readList(await response.text(), response.headers, connection), sent: true };
  } catch (error) {
    if (stop?.aborted === true) return { result: err(cancelled()), sent: !neverLeft(error) };
    const why = timeout.aborted
      ? problem('connection_failed', { host, reason: 'no_answer', waitedMs: TIMEOUT_MS })
      : toProblem(error, host);
    return { result: err(why), sent: !neverLeft(error) };
  }
}

/** @throws the server's own error, which some servers send with a 2xx status. */
function readList(text: string, headers: Headers, { settings }: Connection): Result<readonly string[], Problem> {
  const { host } = settings.provider;
  const value = parseJson(text);
  throwIfError(value, headers);
  const names = readModelNames(value);
  if (names !== null) {
    settings.learnWindows?.(windowsIn(modelEntries(value)));
    return ok(names);
  }
  throwIfOnlyError(value, headers);
  const reason = /^\s*</.test(text) ? 'web_page' : 'no_model_list';
  return err(problem('bad_response', { host, reason }, { detail: text.slice(0, UNREAD_CHARACTERS) }));
}

function intentOf(connection: Connection): CallIntent {
  const { provider } = connection.settings;
  return {
    createdAt: Date.now(),
    kind: 'probe',
    task: 'models',
    title: null,
    providerName: provider.name,
    host: provider.host,
    llm: provider.llm,
    local: provider.local,
    model: provider.model,
    parameters: '{}',
    attempt: 1,
    userId: 'anonymous',
    message: ASKED,
    body: toRequestBody('', []),
    requestBytes: 0,
    fileName: null,
    conversationId: null,
    messageId: null,
    batchId: null,
    itemId: null,
  };
}
