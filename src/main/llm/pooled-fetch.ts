import type { Dispatcher } from 'undici';
import { hideKey } from './hide-key.ts';

/** A reply beyond this is refused: no model writes it, and it would fill the memory. */
export const MAX_RESPONSE_BYTES = 16 * 1024 * 1024;

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
 */
export function createPooledFetch(dispatcher: Dispatcher, userAgent: string) {
  return async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : input);
    const reply = await dispatcher.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: init.method === 'POST' ? 'POST' : 'GET',
      headers: sentHeaders(new Headers(init.headers), userAgent),
      body: typeof init.body === 'string' ? init.body : null,
      signal: init.signal ?? null,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    const headers = receivedHeaders(reply.headers);
    const isStream = headers.get('content-type')?.includes('text/event-stream') === true;
    if (isStream) return new Response(ReadableStream.from(bounded(reply.body)), { status: reply.statusCode, headers });
    const hasBody = reply.statusCode !== 204 && reply.statusCode !== 304;
    const body = await readAll(reply.body);
    return new Response(hasBody ? body : null, { status: reply.statusCode, headers });
  };
}

function sentHeaders(headers: Headers, userAgent: string): Record<string, string> {
  const sent: Record<string, string> = { 'user-agent': userAgent };
  for (const [name, value] of headers) if (SENT_HEADERS.has(name)) sent[name] = value;
  return sent;
}

function receivedHeaders(raw: Readonly<Record<string, string | string[] | undefined>>): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(raw)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}

async function* bounded(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > MAX_RESPONSE_BYTES) throw new ResponseTooLargeError();
    yield chunk;
  }
}

async function readAll(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bounded(body)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
