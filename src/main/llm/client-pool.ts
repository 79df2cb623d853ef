/**
 * The socket pool and the client that uses it. A module of its own, because the two libraries load slowly and the
 * window does not need them.
 */
import OpenAI from 'openai';
import { Agent, Pool } from 'undici';
import { sleep } from '../common/sleep.ts';
import { createPooledFetch } from './pooled-fetch.ts';
import { ServerError } from './server-error.ts';

/** How long idle sockets stay open. */
const KEEP_ALIVE_MS = 30_000;
/** How long a TCP and TLS handshake may take. */
const CONNECT_TIMEOUT_MS = 15_000;
/** Effectively disables the client's own timer: the gateway watches for the first token and for silence. */
const NO_CLIENT_TIMEOUT_MS = 2_000_000_000;

/** An OpenAI-compatible API. Without a key, no authorization header is sent. */
export interface Endpoint {
  readonly baseUrl: string;
  readonly apiKey: string | null;
}

export interface PoolSettings {
  /** The most sockets open at a time per origin. */
  readonly poolConnections: number;
  readonly userAgent: string;
}

export interface ClientPool {
  /** Returns the same client as long as the endpoint stays the same. */
  clientFor(endpoint: Endpoint): OpenAI;
  /** Lets calls in flight finish, then closes the sockets; at `deadlineMs` they are cut. */
  close(deadlineMs: number): Promise<void>;
}

/** Opens the pool. The first call opens the first socket. */
export function createClientPool({ poolConnections, userAgent }: PoolSettings): ClientPool {
  const pools = new Set<Pool>();
  const dispatcher = new Agent({
    factory: (origin, options) => {
      const pool = new Pool(origin, options);
      pools.add(pool);
      return pool;
    },
    connections: poolConnections,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connect: { timeout: CONNECT_TIMEOUT_MS },
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const pooledFetch = createPooledFetch(dispatcher, userAgent);
  let built: { readonly key: string; readonly client: OpenAI } | null = null;

  return {
    clientFor: (endpoint) => {
      const key = `${endpoint.baseUrl}\n${endpoint.apiKey ?? ''}`;
      if (built?.key !== key) built = { key, client: createClient(endpoint, pooledFetch) };
      return built.client;
    },
    close: async (deadlineMs) => {
      const deadline = new AbortController();
      const cut = sleep(deadlineMs, deadline.signal).then(() => Promise.all([...pools].map((pool) => pool.destroy())));
      // A dispatcher that is closing has released its pools and can no longer destroy them.
      await Promise.race([dispatcher.close().catch(() => {}), cut]);
      deadline.abort();
    },
  };
}

/** The client drops everything in an error's body but its `error` field. This one keeps all of it. */
class Client extends OpenAI {
  protected override makeStatusError(status: number, body: unknown, text: string | undefined, headers: Headers) {
    return new ServerError(status, body ?? text ?? '', headers);
  }
}

function createClient({ baseUrl, apiKey }: Endpoint, pooledFetch: ReturnType<typeof createPooledFetch>): OpenAI {
  return new Client({
    baseURL: baseUrl,
    // The client insists on a key; without one, the header is removed instead.
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
