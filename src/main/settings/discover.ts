import { request } from 'undici';
import { z } from 'zod';
import type { DiscoveredServer } from '../../shared/data.ts';
import { providerPresets } from '../../shared/providers.ts';

/** A server on this machine answers a GET of its model list at once, or is not there. */
const PROBE_TIMEOUT_MS = 1_000;
const MAX_BYTES = 1_000_000;

const modelList = z.object({ data: z.array(z.object({ id: z.string() })) });

/**
 * Looks for model servers at their documented loopback ports. Only a GET leaves, and it leaves for this machine;
 * no text is sent before the user has said so.
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
    const reply = await request(`${baseUrl}/models`, { signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) });
    const length = Number(reply.headers['content-length'] ?? 0);
    if (reply.statusCode !== 200 || length > MAX_BYTES) {
      await reply.body.dump();
      return null;
    }
    const parsed = modelList.safeParse(await reply.body.json());
    return parsed.success ? parsed.data.data.map((model) => model.id) : null;
  } catch {
    // Nothing there, or something that is no model server: both mean "not found".
    return null;
  }
}
