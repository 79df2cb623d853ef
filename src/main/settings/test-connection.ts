import type { ConnectionCheck } from '../../shared/data.ts';
import type { Problem } from '../../shared/problem.ts';
import { problemSentence } from '../../shared/problem-words.ts';
import type { Audit } from '../audit/audit.ts';
import type { Connection } from '../llm/connection.ts';
import type { Gateway } from '../llm/gateway.ts';
import { listModels } from '../llm/list-models.ts';
import { neutralQuestion } from '../llm/neutral-question.ts';

/** Goes through the layers from the address to a reply; the first that fails tells where to look. */
export async function testConnection(
  audit: Audit,
  gateway: Gateway,
  connection: Connection,
  model: string,
  signal: AbortSignal,
): Promise<readonly ConnectionCheck[]> {
  const client = await connection.client();
  if (!client.ok) return inOrder([failed('address', problemSentence(client.error))]);
  const address = passed('address', `Requests go to ${connection.settings.provider.host}.`, null);
  const startedAt = performance.now();
  const models = await listModels(audit, connection);
  const latencyMs = Math.round(performance.now() - startedAt);
  if (!models.ok) return inOrder([address, ...withoutModels(models.error, latencyMs)]);
  return inOrder([
    address,
    passed('connection', 'The server answers.', latencyMs),
    passed('key', 'The key is accepted, or none is needed.', null),
    checkModel(models.value, model),
    await checkReply(gateway, connection, model, signal),
  ]);
}

/** Where a server that gave no list of its models failed. */
function withoutModels(why: Problem, latencyMs: number): readonly ConnectionCheck[] {
  const answers = passed('connection', 'The server answers.', latencyMs);
  const message = problemSentence(why);
  switch (why.code) {
    case 'connection_failed':
    case 'tls_failed':
      return [failed('connection', message)];
    case 'unauthorized':
    case 'forbidden':
      return [answers, failed('key', message)];
    default:
      return [answers, passed('key', 'The key was not refused.', null), failed('models', message)];
  }
}

function checkModel(models: readonly string[], model: string): ConnectionCheck {
  if (models.includes(model)) return passed('models', `${listed(models)}, ${model} among them.`, null);
  const missing = model === '' ? 'none is chosen' : `not ${model}`;
  return failed('models', `The server lists ${listed(models)}, but ${missing}.`);
}

async function checkReply(
  gateway: Gateway,
  connection: Connection,
  model: string,
  signal: AbortSignal,
): Promise<ConnectionCheck> {
  const reply = await gateway.complete(neutralQuestion(model), { connection, signal });
  return reply.ok
    ? passed('reply', `${reply.value.model ?? model} replied.`, Math.round(reply.value.latencyMs))
    : failed('reply', problemSentence(reply.error.problem));
}

function listed(models: readonly string[]): string {
  return models.length === 1 ? '1 model' : `${models.length} models`;
}

const LAYERS: readonly ConnectionCheck['layer'][] = ['address', 'connection', 'key', 'models', 'reply'];

/** Every layer has its line; those that were not reached say so. */
function inOrder(checks: readonly ConnectionCheck[]): readonly ConnectionCheck[] {
  return LAYERS.map(
    (layer) =>
      checks.find((check) => check.layer === layer) ?? {
        layer,
        status: 'skipped',
        message: 'Not reached.',
        latencyMs: null,
      },
  );
}

function passed(layer: ConnectionCheck['layer'], message: string, latencyMs: number | null): ConnectionCheck {
  return { layer, status: 'ok', message, latencyMs };
}

function failed(layer: ConnectionCheck['layer'], message: string): ConnectionCheck {
  return { layer, status: 'failed', message, latencyMs: null };
}
