import { nearestNames } from '../../shared/nearest-names.ts';
import type { Problem } from '../../shared/problem.ts';
import { actionOf, type SettingsField } from '../../shared/problem-action.ts';
import { problemSentence } from '../../shared/problem-words.ts';
import type { ConnectionCheck } from '../../shared/provider-data.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Audit } from '../audit/audit.ts';
import type { Connection } from '../llm/connection.ts';
import type { Gateway } from '../llm/gateway.ts';
import { listModels } from '../llm/list-models.ts';
import { neutralQuestion } from '../llm/neutral-question.ts';

type Layer = ConnectionCheck['layer'];

/** Checks each layer, from the address to a reply. A failure is reported at the layer that caused it. */
export async function testConnection(
  audit: Audit,
  gateway: Gateway,
  connection: Connection,
  model: string,
  signal: AbortSignal,
): Promise<readonly ConnectionCheck[]> {
  const client = await connection.client();
  if (!client.ok) return inOrder(withoutClient(client.error, connection));
  const startedAt = performance.now();
  const models = await listModels(audit, connection);
  const latencyMs = Math.round(performance.now() - startedAt);
  const reached = [addressOf(connection), passed('connection', 'The server responds.', latencyMs)];
  if (!models.ok && !answered(models.error)) {
    return inOrder([addressOf(connection), failed(layerOf(models.error), models.error)]);
  }
  // A key may be valid for replies but not for the list.
  if (!models.ok && models.error.code === 'unauthorized') return inOrder([...reached, failed('key', models.error)]);
  const list = models.ok ? checkModel(models.value, model) : failed('models', models.error);
  if (model === '') return inOrder([...reached, keyTaken, list]);
  // Some servers have no model list but still reply.
  const reply = await checkReply(gateway, connection, model, signal);
  // Some servers give the list to anyone and check the key only for a reply.
  if (!reply.ok && layerOf(reply.error) === 'key') return inOrder([...reached, failed('key', reply.error), list]);
  if (!reply.ok && layerOf(reply.error) === 'models')
    return inOrder([...reached, keyTaken, failed('models', reply.error)]);
  const lookedAtKey = reply.ok || models.ok || !isNoApi(models.error) || !isNoApi(reply.error);
  return inOrder([
    ...reached,
    ...(lookedAtKey ? [keyTaken] : []),
    list,
    reply.ok ? reply.value : failed('reply', reply.error),
  ]);
}

/** No API answered (a network's sign-in page, for example), so the key was not checked. */
function isNoApi(why: Problem): boolean {
  return why.code === 'bad_response' || why.code === 'not_found';
}

function addressOf({ settings }: Connection): ConnectionCheck {
  return passed('address', `Requests go to ${settings.provider.host}.`, null);
}

const keyTaken = passed('key', 'The key was accepted, or none is needed.', null);

/** Nothing was sent: a setting is missing, or the built-in engine did not start. */
function withoutClient(why: Problem, connection: Connection): readonly ConnectionCheck[] {
  const layer = layerOf(why);
  return layer === 'address' ? [failed(layer, why)] : [addressOf(connection), failed(layer, why)];
}

/** The layer that caused a problem. */
function layerOf(why: Problem): Layer {
  switch (why.code) {
    case 'not_configured':
      return missingLayers[why.params.missing];
    case 'connection_failed':
    case 'tls_failed':
    case 'timeout_first_token':
    case 'timeout_idle':
    case 'unexpected':
      return 'connection';
    case 'unauthorized':
    case 'forbidden':
      return 'key';
    case 'model_not_found':
      return 'models';
    default:
      return 'reply';
  }
}

const missingLayers = { provider: 'address', address: 'address', key: 'key', model: 'models' } as const;

/** The server sent an HTTP response. */
function answered(why: Problem): boolean {
  return layerOf(why) !== 'connection' && !(why.code === 'bad_response' && why.params.reason === 'not_http');
}

function checkModel(models: readonly string[], model: string): ConnectionCheck {
  if (models.includes(model)) return passed('models', `${listed(models)}, including ${model}.`, null);
  const missing = model === '' ? 'none is chosen' : `not ${model}`;
  const proposals = nearestNames(model, models);
  const message = `The server lists ${listed(models)}, but ${missing}.`;
  return { layer: 'models', status: 'failed', message, latencyMs: null, field: 'model', proposals };
}

async function checkReply(
  gateway: Gateway,
  connection: Connection,
  model: string,
  signal: AbortSignal,
): Promise<Result<ConnectionCheck, Problem>> {
  const reply = await gateway.complete(neutralQuestion(model), { connection, signal });
  if (!reply.ok) return err(reply.error.problem);
  return ok(passed('reply', `${reply.value.model ?? model} replied.`, Math.round(reply.value.latencyMs)));
}

function listed(models: readonly string[]): string {
  return models.length === 1 ? '1 model' : `${models.length} models`;
}

const LAYERS: readonly Layer[] = ['address', 'connection', 'key', 'models', 'reply'];

/** One line per layer, including those that were not reached. */
function inOrder(checks: readonly ConnectionCheck[]): readonly ConnectionCheck[] {
  return LAYERS.map(
    (layer) =>
      checks.find((check) => check.layer === layer) ?? {
        layer,
        status: 'skipped',
        message: 'Not reached.',
        latencyMs: null,
        field: null,
        proposals: [],
      },
  );
}

function passed(layer: Layer, message: string, latencyMs: number | null): ConnectionCheck {
  return { layer, status: 'ok', message, latencyMs, field: null, proposals: [] };
}

function failed(layer: Layer, why: Problem): ConnectionCheck {
  const proposals = why.code === 'model_not_found' ? (why.params.nearest ?? []) : [];
  return { layer, status: 'failed', message: problemSentence(why), latencyMs: null, field: fieldOf(why), proposals };
}

/** The setting that fixes it. */
function fieldOf(why: Problem): SettingsField | null {
  const action = actionOf(why);
  if (action?.kind === 'choose_model') return 'model';
  return action?.kind === 'open_settings' ? action.field : null;
}
