import { type Problem, problem } from '../../shared/problem.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Audit } from '../audit/audit.ts';
import { toRequestBody } from '../audit/request-body.ts';
import type { CallIntent } from '../store/tables/calls.ts';
import type { Connection } from './connection.ts';
import { neverLeft, toProblem } from './errors.ts';

const TIMEOUT_MS = 15_000;
const ASKED = 'GET /models';

/** Asks the server for its models. Nothing but a GET leaves, and it too is on record before it does. */
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
  /** False when no connection was made. */
  readonly sent: boolean;
}

async function ask(connection: Connection, client: Client): Promise<Answer> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const { host } = connection.settings.provider;
  try {
    const page = await client.models.list({ signal });
    // A server that is no model server may answer with anything at all.
    const data: unknown = page.data;
    if (!Array.isArray(data)) {
      return { result: err(problem('bad_response', { host, reason: 'no_model_list' })), sent: true };
    }
    const ids = data.flatMap((model: unknown) =>
      typeof model === 'object' && model !== null && 'id' in model && typeof model.id === 'string' ? [model.id] : [],
    );
    return { result: ok(ids.sort((a, b) => a.localeCompare(b))), sent: true };
  } catch (error) {
    const why = signal.aborted
      ? problem('connection_failed', { host, reason: 'no_answer', waitedMs: TIMEOUT_MS })
      : toProblem(error, host);
    return { result: err(why), sent: !neverLeft(error) };
  }
}

function intentOf(connection: Connection): CallIntent {
  const { provider } = connection.settings;
  return {
    createdAt: Date.now(),
    kind: 'probe',
    task: 'models',
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
