import { type Problem, problem } from '../../shared/problem.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Audit } from '../audit/audit.ts';
import { toRequestBody } from '../audit/request-body.ts';
import type { CallIntent } from '../store/tables/calls.ts';
import type { Connection } from './connection.ts';
import { neverLeft, toProblem } from './errors.ts';
import { parseJson } from './json-value.ts';
import { readModelNames } from './model-list.ts';
import { throwIfError, throwIfOnlyError } from './server-error.ts';
import { UNREAD_CHARACTERS } from './whole-reply.ts';

const TIMEOUT_MS = 15_000;
const ASKED = 'GET /models';

/** Asks the server for its models. Only a GET is sent, and it is recorded first like any other call. */
export async function listModels(audit: Audit, connection: Connection): Promise<Result<readonly string[], Problem>> {
  const client = await connection.client();
  if (!client.ok) return client;
  const intent = intentOf(connection);
  const begun = await audit.begin(intent);
  if (!('callId' in begun)) throw new Error('A model list is never reused.');
  audit.leave(begun.callId, intent);
  const startedAt = performance.now();
  const { result, sent } = await ask(connection, client.value);
  audit.end({
    callId: begun.callId,
    status: result.ok ? 'ok' : 'error',
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
    latencyMs: Math.round((performance.now() - startedAt) * 10) / 10,
    note: null,
    problem: result.ok ? null : result.error,
  });
  return result;
}

type Client = Extract<Awaited<ReturnType<Connection['client']>>, { ok: true }>['value'];

interface Answer {
  readonly result: Result<readonly string[], Problem>;
  /** False if no connection was made. */
  readonly sent: boolean;
}

async function ask(connection: Connection, client: Client): Promise<Answer> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const { host } = connection.settings.provider;
  try {
    const response = await client.get('/models', { signal }).asResponse();
    return { result: readList(await response.text(), response.headers, host), sent: true };
  } catch (error) {
    const why = signal.aborted
      ? problem('connection_failed', { host, reason: 'no_answer', waitedMs: TIMEOUT_MS })
      : toProblem(error, host);
    return { result: err(why), sent: !neverLeft(error) };
  }
}

/** @throws the server's own error, which some servers send with a 2xx status. */
function readList(text: string, headers: Headers, host: string): Result<readonly string[], Problem> {
  const value = parseJson(text);
  throwIfError(value, headers);
  const names = readModelNames(value);
  if (names !== null) return ok(names);
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
