import OpenAI from 'openai';
import { Agent, Pool } from 'undici';
import type { ProviderInfo } from '../../shared/data.ts';
import type { Problem } from '../../shared/problem.ts';
import { ok, type Result } from '../../shared/result.ts';
import { createPooledFetch } from './pooled-fetch.ts';
import { sleep } from './retry.ts';

/** Sockets stay open this long after their last use. */
const KEEP_ALIVE_MS = 30_000;
/** How long a TCP and TLS handshake may take. */
const CONNECT_TIMEOUT_MS = 15_000;
/** The client's own timer is out of the way: the gateway watches first token and idle time. */
const NO_CLIENT_TIMEOUT_MS = 2_000_000_000;

export interface Endpoint {
  readonly baseUrl: string;
  readonly apiKey: string | null;
}

/** All that a connection is made from; a change of it makes a new one. */
export interface ConnectionSettings {
  readonly provider: ProviderInfo;
  /** Where requests go; asked before each call, because the built-in engine starts with its first. */
  readonly endpoint: () => Promise<Result<Endpoint, Problem>>;
  readonly poolConnections: number;
  readonly firstTokenTimeoutMs: number;
  readonly idleTimeoutMs: number;
  readonly contextTokens: number;
  readonly userAgent: string;
}

/** What a model turned out not to accept, so that it is asked only once. */
export interface Quirks {
  streamOptions: boolean;
  maxTokens: boolean;
  temperature: boolean;
}

export interface Connection {
  readonly settings: ConnectionSettings;
  /** The one client over the one pool. */
  client(): Promise<Result<OpenAI, Problem>>;
  /** What the server has shown that it refuses, by model. */
  quirksOf(model: string): Quirks;
  /** Lets calls in flight finish, then closes the sockets; at `deadlineMs` they are cut. */
  close(deadlineMs: number): Promise<void>;
}

/** Opens the pool. No socket is made before the first call. */
export function createConnection(settings: ConnectionSettings): Connection {
  const pools = new Set<Pool>();
  const dispatcher = new Agent({
    factory: (origin, options) => {
      const pool = new Pool(origin, options);
      pools.add(pool);
      return pool;
    },
    connections: settings.poolConnections,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connect: { timeout: CONNECT_TIMEOUT_MS },
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const pooledFetch = createPooledFetch(dispatcher, settings.userAgent);
  const quirks = new Map<string, Quirks>();
  let built: { readonly key: string; readonly client: OpenAI } | null = null;

  return {
    settings,
    client: async () => {
      const endpoint = await settings.endpoint();
      if (!endpoint.ok) return endpoint;
      const { baseUrl, apiKey } = endpoint.value;
      const key = `${baseUrl}\n${apiKey ?? ''}`;
      if (built?.key !== key) built = { key, client: createClient(baseUrl, apiKey, pooledFetch) };
      return ok(built.client);
    },
    quirksOf: (model) => {
      const known = quirks.get(model) ?? { streamOptions: true, maxTokens: true, temperature: true };
      quirks.set(model, known);
      return known;
    },
    close: async (deadlineMs) => {
      const deadline = new AbortController();
      const cut = sleep(deadlineMs, deadline.signal).then(() => Promise.all([...pools].map((pool) => pool.destroy())));
      // An agent that is closing has let go of its pools and cannot destroy them any more.
      await Promise.race([dispatcher.close().catch(() => {}), cut]);
      deadline.abort();
    },
  };
}

function createClient(
  baseUrl: string,
  apiKey: string | null,
  pooledFetch: ReturnType<typeof createPooledFetch>,
): OpenAI {
  return new OpenAI({
    baseURL: baseUrl,
    // The client insists on a key; without one the header is left out instead.
    apiKey: apiKey ?? 'none',
    ...(apiKey === null ? { defaultHeaders: { authorization: null } } : {}),
    organization: null,
    project: null,
    maxRetries: 0,
    timeout: NO_CLIENT_TIMEOUT_MS,
    fetch: pooledFetch,
    logLevel: 'off',
  });
}
