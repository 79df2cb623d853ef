import type { ConnectionCheck } from '../../shared/data.ts';
import type { Audit } from '../audit/audit.ts';
import type { Connection } from '../llm/connection.ts';
import type { Gateway } from '../llm/gateway.ts';
import { listModels } from '../llm/list-models.ts';

/** What the last check sends; nothing of the user's. */
const TEST_MESSAGE = 'Reply with the word OK.';

/** Goes through the layers from the address to a reply; the first that fails tells where to look. */
export async function testConnection(
  audit: Audit,
  gateway: Gateway,
  connection: Connection,
  model: string,
  signal: AbortSignal,
): Promise<readonly ConnectionCheck[]> {
  const { provider } = connection.settings;
  const client = await connection.client();
  if (!client.ok) return inOrder([failed('address', client.error.message)]);
  const address = passed('address', `Requests go to ${provider.host}.`, null);

  const startedAt = performance.now();
  const models = await listModels(audit, connection);
  const latencyMs = Math.round(performance.now() - startedAt);
  if (!models.ok) {
    switch (models.error.code) {
      case 'connection_failed':
      case 'tls_failed':
        return inOrder([address, failed('connection', models.error.message)]);
      case 'unauthorized':
      case 'forbidden':
        return inOrder([
          address,
          passed('connection', 'The server answers.', latencyMs),
          failed('key', models.error.message),
        ]);
      default:
        return inOrder([
          address,
          passed('connection', 'The server answers.', latencyMs),
          passed('key', 'The key was not refused.', null),
          failed('models', models.error.message),
        ]);
    }
  }
  const known = models.value.includes(model);
  const before = [
    address,
    passed('connection', 'The server answers.', latencyMs),
    passed('key', 'The key is accepted, or none is needed.', null),
    known
      ? passed('models', `${listed(models.value)}, ${model} among them.`, null)
      : failed(
          'models',
          `The server lists ${listed(models.value)}, but ${model === '' ? 'none is chosen' : `not ${model}`}.`,
        ),
  ];
  const reply = await gateway.complete(
    {
      kind: 'probe',
      task: 'test',
      model,
      turns: [{ role: 'user', content: TEST_MESSAGE }],
      temperature: 0,
      maxTokens: 5,
      stream: false,
      links: {},
    },
    { connection, signal },
  );
  return inOrder([
    ...before,
    reply.ok
      ? passed('reply', `${reply.value.model ?? model} replied.`, Math.round(reply.value.latencyMs))
      : failed('reply', reply.error.problem.message),
  ]);
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
