import type OpenAI from 'openai';
import type { Problem } from '../../shared/problem.ts';
import type { ProviderInfo } from '../../shared/provider-data.ts';
import { ok, type Result } from '../../shared/result.ts';
import { noQuirks, type Quirks } from './chat-body.ts';
import type { ClientPool, Endpoint, PoolSettings } from './client-pool.ts';

/** Everything a connection is made from. Any change needs a new connection. */
export interface ConnectionSettings extends PoolSettings {
  readonly provider: ProviderInfo;
  /** Where requests go. Called before each call, because the first call starts the built-in engine. */
  readonly endpoint: () => Promise<Result<Endpoint, Problem>>;
  readonly firstTokenTimeoutMs: number;
  readonly idleTimeoutMs: number;
  readonly contextTokens: number;
}

export interface Connection {
  readonly settings: ConnectionSettings;
  /** The one client over the one pool. */
  client(): Promise<Result<OpenAI, Problem>>;
  /** What a model's server is known to refuse. */
  quirksOf(model: string): Quirks;
  /** Lets calls in flight finish, then closes the sockets; at `deadlineMs` they are cut. */
  close(deadlineMs: number): Promise<void>;
}

/** Loads the client and opens its pool on the first call, because starting the app needs neither. */
export function createConnection(settings: ConnectionSettings): Connection {
  const quirks = new Map<string, Quirks>();
  let opening: Promise<ClientPool> | null = null;

  const open = async (): Promise<ClientPool> => {
    const { createClientPool } = await import('./client-pool.ts');
    return createClientPool(settings);
  };

  return {
    settings,
    client: async () => {
      opening ??= open();
      const endpoint = await settings.endpoint();
      if (!endpoint.ok) return endpoint;
      return ok((await opening).clientFor(endpoint.value));
    },
    quirksOf: (model) => {
      const known = quirks.get(model) ?? noQuirks();
      quirks.set(model, known);
      return known;
    },
    close: async (deadlineMs) => {
      await (await opening)?.close(deadlineMs);
    },
  };
}
