import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import type { DiscoveredServer } from '../../shared/provider-data.ts';
import { providerPresets } from '../../shared/providers.ts';
import { readModelNames } from '../llm/model-list.ts';

/** A local server answers a GET of its model list at once, or is not running. */
const PROBE_TIMEOUT_MS = 1_000;
const MAX_BYTES = 1_000_000;

/**
 * Looks for model servers on their documented loopback ports. It only sends a GET, and only to this machine;
 * no text is sent until the user says so.
 */
export async function discoverServers(
  candidates: readonly { kind: DiscoveredServer['kind']; baseUrl: string }[] = knownServers,
): Promise<readonly DiscoveredServer[]> {
  const found = await Promise.all(
    candidates.map(async ({ kind, baseUrl }) => {
      const models = await listLoopbackModels(baseUrl);
      return models === null ? [] : [{ kind, name: providerPresets[kind].name, baseUrl, models }];
    }),
  );
  return found.flat();
}

const knownServers = (['ollama', 'lmstudio', 'llamacpp'] as const).map((kind) => ({
  kind,
  baseUrl: providerPresets[kind].baseUrl,
}));

async function listLoopbackModels(baseUrl: string): Promise<readonly string[] | null> {
  try {
    const reply = await openReply(`${baseUrl}/models`);
    const text = await readBounded(reply);
    return text === null ? null : readModelNames(JSON.parse(text));
  } catch {
    // Either nothing is there, or it is not a model server.
    return null;
  }
}

/** Uses the built-in `node:http`, so that discovery at start-up does not load the client libraries. */
async function openReply(url: string): Promise<IncomingMessage> {
  const sent = get(url, { agent: false, signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) });
  const [reply]: IncomingMessage[] = await once(sent, 'response');
  if (reply === undefined) throw new Error('No reply.');
  return reply;
}

/** Null if the status is not 200 or the body is too long. */
async function readBounded(reply: IncomingMessage): Promise<string | null> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of reply) {
    bytes += piece.length;
    if (reply.statusCode !== 200 || bytes > MAX_BYTES) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}
