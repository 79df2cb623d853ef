/** The sockets, and the one client over them. Apart, because loading the two libraries takes long and the window does not need them. */
import OpenAI from 'openai';
import { Agent, Pool } from 'undici';
import { sleep } from '../common/sleep.ts';
import { createPooledFetch } from './pooled-fetch.ts';
import { ServerError } from './server-error.ts';

/** Sockets stay open this long after their last use. */
const KEEP_ALIVE_MS = 30_000;
/** How long a TCP and TLS handshake may take. */
const CONNECT_TIMEOUT_MS = 15_000;
/** The client's own timer is out of the way: the gateway watches first token and idle time. */
const NO_CLIENT_TIMEOUT_MS = 2_000_000_000;

/** An OpenAI-compatible API; without a key none is sent. */
export interface Endpoint {
  readonly baseUrl: string;
  readonly apiKey: string | null;
}

export interface PoolSettings {
  /** The most sockets that are open at a time, for each origin. */
  readonly poolConnections: number;
  readonly userAgent: string;
}

export interface ClientPool {
  /** The same client as long as the endpoint is the same. */
  clientFor(endpoint: Endpoint): OpenAI;
  /** Lets calls in flight finish, then closes the sockets; at `deadlineMs` they are cut. */
  close(deadlineMs: number): Promise<void>;
}

/** Opens the pool. No socket is made before the first call. */
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
      // An agent that is closing has let go of its pools and cannot destroy them any more.
      await Promise.race([dispatcher.close().catch(() => {}), cut]);
      deadline.abort();
    },
  };
}

/** The client keeps of an error's body what its `error` field holds, and nothing where that is missing. */
class Client extends OpenAI {
  protected override makeStatusError(status: number, body: unknown, text: string | undefined, headers: Headers) {
    return new ServerError(status, body ?? text ?? '', headers);
  }
}

function createClient({ baseUrl, apiKey }: Endpoint, pooledFetch: ReturnType<typeof createPooledFetch>): OpenAI {
  return new Client({
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
