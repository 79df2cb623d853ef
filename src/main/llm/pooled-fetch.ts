import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { WAIT_HEADERS } from './asked-wait.ts';
import { hideKey } from './hide-key.ts';
import { REQUEST_ID_HEADERS } from './server-error.ts';
import { unpacked } from './unpack.ts';

/** A longer reply is refused: no model writes one, and it would fill the memory. */
export const MAX_RESPONSE_BYTES = 16 * 1024 * 1024;

/** How long to wait for the end of a response after its last event. */
const LINGER_MS = 1_000;

/** The only request headers sent: the SDK's own reveal this machine's operating system and runtime. */
const SENT_HEADERS = ['accept', 'authorization', 'content-type', 'x-docket-task'];

/** The only response headers that are read. */
const READ_HEADERS = ['content-type', 'content-length', 'location', 'server', ...REQUEST_ID_HEADERS, ...WAIT_HEADERS];

export class ResponseTooLargeError extends Error {
  readonly code = 'DOCKET_RESPONSE_TOO_LARGE';
  constructor() {
    super(`The response is larger than ${MAX_RESPONSE_BYTES} bytes.`);
    this.name = 'ResponseTooLargeError';
  }
}

/** A response that was read to its end. A `Response` made from the text would stream it once more. */
function readResponse(text: string, init: ResponseInit): Response {
  return Object.defineProperties(new Response(null, init), {
    text: { value: async () => text },
    json: { value: async (): Promise<unknown> => JSON.parse(text) },
    // For callers that were promised a stream.
    body: { get: () => new Response(text).body },
  });
}

/** Options that the client passes on unchanged. */
export interface PooledOptions extends Pick<RequestInit, 'redirect'> {
  /**
   * Aborts the request. Passed as the client's `signal`, it would be combined with others, at a tenth of a call's cost.
   */
  readonly endedBy?: AbortSignal;
  /** Called whenever bytes of the body arrive: a sign of life, whatever they contain. */
  readonly onBytes?: () => void;
}

/**
 * A `fetch` over one socket pool, for the OpenAI client. It uses undici's `request`, which does less work than its
 * `fetch`, and follows no redirects: a document goes to the host that was named, or nowhere. A key that the server
 * repeats is removed, except in streams, where it may be split between pieces.
 */
export function createPooledFetch(dispatcher: Dispatcher, userAgent: string) {
  return async (input: string | URL | Request, init: RequestInit & PooledOptions = {}): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : input);
    const sent = sentHeaders(init.headers, userAgent);
    const reply = await dispatcher.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: init.method === 'POST' ? 'POST' : 'GET',
      headers: sent,
      body: init.body instanceof Uint8Array ? init.body : null,
      signal: init.endedBy ?? init.signal ?? null,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    const key = sent.authorization?.replace(/^Bearer /, '') ?? '';
    const status = reply.statusCode;
    const headers = receivedHeaders(reply.headers, key);
    if (status === 204 || status === 304) {
      await reply.body.dump();
      return new Response(null, { status, headers });
    }
    const isStream = headers['content-type']?.includes('text/event-stream') === true;
    const body = unpacked(reply.body, reply.headers['content-encoding']);
    return isStream
      ? new Response(ReadableStream.from(arriving(body, init.onBytes)), { status, headers })
      : readResponse(hideKey(await readAll(body, init.onBytes), key), { status, headers });
  };
}

function sentHeaders(given: RequestInit['headers'], userAgent: string): Record<string, string> {
  const headers = given instanceof Headers ? given : new Headers(given);
  // Without `identity`, a server or proxy may compress the reply, which costs more time than it saves.
  const sent: Record<string, string> = { 'user-agent': userAgent, 'accept-encoding': 'identity' };
  for (const name of SENT_HEADERS) {
    const value = headers.get(name);
    if (value !== null) sent[name] = value;
  }
  return sent;
}

function receivedHeaders(
  raw: Readonly<Record<string, string | string[] | undefined>>,
  key: string,
): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name of READ_HEADERS) {
    const value = raw[name];
    if (value !== undefined) headers[name] = hideKey(Array.isArray(value) ? value.join(', ') : value, key);
  }
  return headers;
}

/**
 * The body in pieces, read from the socket as they arrive rather than on demand: a stream whose socket breaks discards
 * what it has buffered, although the server has sent it.
 */
function arriving(body: Readable, onBytes: PooledOptions['onBytes']): AsyncGenerator<Uint8Array> {
  const waiting: Uint8Array[] = [];
  const state: { bytes: number; abandoned: boolean; ended: { readonly error: Error | null } | null; wake: () => void } =
    {
      bytes: 0,
      abandoned: false,
      ended: null,
      wake: () => {},
    };
  const end = (error: Error | null) => {
    state.ended ??= { error };
    state.wake();
  };
  body.on('data', (chunk: Uint8Array) => {
    state.bytes += chunk.length;
    onBytes?.();
    if (state.bytes > MAX_RESPONSE_BYTES) body.destroy(new ResponseTooLargeError());
    else if (!state.abandoned) waiting.push(chunk);
    state.wake();
  });
  body.once('end', () => end(null));
  body.on('error', end);

  return (async function* () {
    try {
      for (;;) {
        const chunk = waiting.shift();
        if (chunk !== undefined) yield chunk;
        else if (state.ended?.error) throw state.ended.error;
        else if (state.ended !== null) return;
        else await new Promise<void>((resolve) => (state.wake = resolve));
      }
    } finally {
      state.abandoned = true;
      if (state.ended === null) letEnd(body);
    }
  })();
}

/** After `[DONE]`, only the end of the body is left. Waiting for it keeps the socket for the next call. */
function letEnd(body: Readable): void {
  const timer = setTimeout(() => body.destroy(), LINGER_MS);
  body.once('close', () => clearTimeout(timer));
}

function readAll(body: Readable, onBytes: PooledOptions['onBytes']): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  return new Promise((resolve, reject) => {
    body.on('data', (chunk: Uint8Array) => {
      bytes += chunk.length;
      chunks.push(chunk);
      onBytes?.();
      if (bytes > MAX_RESPONSE_BYTES) body.destroy(new ResponseTooLargeError());
    });
    body.once('end', () =>
      resolve(
        Buffer.concat(chunks)
          .toString('utf8')
          .replace(/^\uFEFF/, ''),
      ),
    );
    body.on('error', reject);
  });
}
