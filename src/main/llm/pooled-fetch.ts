import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { hideKey } from './hide-key.ts';

/** A reply beyond this is refused: no model writes it, and it would fill the memory. */
export const MAX_RESPONSE_BYTES = 16 * 1024 * 1024;

/** How long the end of a reply that was read is waited for. */
const LINGER_MS = 1_000;

/** The only request headers that leave: the SDK's own tell the operating system and runtime of this machine. */
const SENT_HEADERS: ReadonlySet<string> = new Set(['accept', 'authorization', 'content-type', 'x-docket-task']);

export class ResponseTooLargeError extends Error {
  readonly code = 'DOCKET_RESPONSE_TOO_LARGE';
  constructor() {
    super(`The response is larger than ${MAX_RESPONSE_BYTES} bytes.`);
    this.name = 'ResponseTooLargeError';
  }
}

/**
 * A `fetch` over one pool of sockets, as the OpenAI client wants it. It is undici's `request` with less around
 * it than undici's `fetch`, and it follows no redirect: a document goes to the host that was named, or nowhere.
 * A key that the server repeats is taken out, but for streams: there it could be in pieces.
 */
export function createPooledFetch(dispatcher: Dispatcher, userAgent: string) {
  return async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : input);
    const sent = sentHeaders(new Headers(init.headers), userAgent);
    const reply = await dispatcher.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: init.method === 'POST' ? 'POST' : 'GET',
      headers: sent,
      body: typeof init.body === 'string' ? init.body : null,
      signal: init.signal ?? null,
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
    const isStream = headers.get('content-type')?.includes('text/event-stream') === true;
    const body = isStream ? ReadableStream.from(arriving(reply.body)) : hideKey(await readAll(reply.body), key);
    return new Response(body, { status, headers });
  };
}

function sentHeaders(headers: Headers, userAgent: string): Record<string, string> {
  const sent: Record<string, string> = { 'user-agent': userAgent };
  for (const [name, value] of headers) if (SENT_HEADERS.has(name)) sent[name] = value;
  return sent;
}

function receivedHeaders(raw: Readonly<Record<string, string | string[] | undefined>>, key: string): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(raw)) {
    if (value !== undefined) headers.set(name, hideKey(Array.isArray(value) ? value.join(', ') : value, key));
  }
  return headers;
}

/**
 * A body in pieces, taken from its socket as they arrive and not only when they are asked for: a stream whose
 * socket breaks throws away what still waits in it, and that is text which the server has sent.
 */
function arriving(body: Readable): AsyncGenerator<Uint8Array> {
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

/** After `[DONE]` only the end of the body is left. Waiting for it keeps the socket for the next call. */
function letEnd(body: Readable): void {
  const timer = setTimeout(() => body.destroy(), LINGER_MS);
  body.once('close', () => clearTimeout(timer));
}

async function readAll(body: Readable): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of arriving(body)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
