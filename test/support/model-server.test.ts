import { connect } from 'node:net';
import OpenAI, { APIError } from 'openai';
import { Agent, fetch as pooledFetch } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ModelServer, startModelServer } from './model-server.ts';
import {
  connectionReset,
  contentFilter,
  contextTooLong,
  cutMidStream,
  emptyChoices,
  faultText,
  hangBeforeHeaders,
  huge,
  invalidJson,
  invalidSseJson,
  modelNotFound,
  noDone,
  prompted,
  quotaExhausted,
  type Reply,
  rateLimited,
  rejectsStreamOptions,
  serverError,
  slowTokens,
  stallMidStream,
  status,
  text,
  unauthorized,
} from './model-server-replies.ts';

const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: 'user', content: 'Hello there.' }];
const hello = { model: 'gpt-4o-mini', messages };

let server: ModelServer;
let client: OpenAI;

beforeEach(async () => {
  server = await startModelServer();
  client = new OpenAI({ apiKey: 'test-key', baseURL: server.url, maxRetries: 0, logLevel: 'off' });
});

afterEach(() => server.close());

interface Streamed {
  content: string;
  chunks: number;
  finishReason: string | null;
  usage: OpenAI.CompletionUsage | null;
  error: unknown;
}

/** Streams a reply to whatever end it has, keeping what arrived before an error. */
async function stream(signal?: AbortSignal): Promise<Streamed> {
  const seen: Streamed = { content: '', chunks: 0, finishReason: null, usage: null, error: undefined };
  try {
    const body = { ...hello, stream: true, stream_options: { include_usage: true } } as const;
    for await (const chunk of await client.chat.completions.create(body, { signal: signal ?? null })) {
      const delta = chunk.choices[0]?.delta.content;
      if (delta) seen.chunks += 1;
      seen.content += delta ?? '';
      seen.finishReason = chunk.choices[0]?.finish_reason ?? seen.finishReason;
      seen.usage = chunk.usage ?? seen.usage;
    }
  } catch (cause) {
    seen.error = cause;
  }
  return seen;
}

async function ask(prompt = 'Hello there.', maxTokens?: number): Promise<OpenAI.ChatCompletion> {
  return client.chat.completions.create({
    model: 'gpt-4o-mini',
    messages: [{ role: 'user', content: prompt }],
    ...(maxTokens === undefined ? {} : { max_tokens: maxTokens }),
  });
}

async function failureOf(reply: Reply): Promise<APIError> {
  server.respond([reply]);
  const failure: unknown = await ask().catch((cause: unknown) => cause);
  if (!(failure instanceof APIError)) throw new Error(`not an API error: ${String(failure)}`);
  return failure;
}

function post(body: unknown, init: RequestInit = {}): Promise<Response> {
  return fetch(`${server.url}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    ...init,
  });
}

describe('answers', () => {
  it('answers the three prompts of the analysis by their first words, the same every time', async () => {
    const subject = 'Sales growth was excellent. Shipping improved in every region.';
    const limits = {
      'Sentiment (one word): ': 5,
      'List 3 topics (comma-separated): ': 30,
      'Summarize in one sentence: ': 50,
    };
    const replies = [];
    for (const [prefix, limit] of Object.entries(limits)) replies.push(await ask(prefix + subject, limit));
    const contents = replies.map((reply) => reply.choices[0]?.message.content);
    expect(contents).toEqual(['Positive', 'every, excellent, growth', 'Sales growth was excellent.']);
    expect(server.requests.map(({ task }) => task)).toEqual(['sentiment', 'topics', 'summary']);
    expect((await ask(`Sentiment (one word): ${subject}`)).choices[0]?.message.content).toBe('Positive');
    expect(server.violations).toEqual([]);
  });

  it('cuts the default answer at max_tokens and says so', async () => {
    const reply = await ask('A sentence that is well over five tokens long.', 5);
    expect(reply.choices[0]).toMatchObject({ finish_reason: 'length', message: { content: 'You wrote: A sentenc' } });
  });

  it('gives JSON with usage and a request id', async () => {
    server.respond([
      text('Hi.', { usage: { prompt_tokens: 9, completion_tokens: 2, total_tokens: 11 } }),
      text('Hi.', { usage: null }),
    ]);
    const { data: counted, request_id } = await client.chat.completions.create(hello).withResponse();
    expect(counted.usage?.total_tokens).toBe(11);
    expect(request_id).toBe('req_000001');
    expect((await ask()).usage).toBeUndefined();
    expect((await ask()).usage).toMatchObject({ prompt_tokens: expect.any(Number) });
  });

  it('streams one word per chunk, then finish reason, usage and the end', async () => {
    server.respond(text(faultText));
    const seen = await stream();
    expect(seen).toMatchObject({ content: faultText, chunks: 12, finishReason: 'stop', error: undefined });
    expect(seen.usage?.completion_tokens).toBeGreaterThan(0);
    const raw = await (await post({ ...hello, stream: true })).text();
    expect(raw).toMatch(/data: \[DONE\]\n\n$/);
    expect(raw).not.toContain('"usage"');
  });

  it('splits a stream into the requested chunks, never inside a character', async () => {
    server.respond([
      text('Grüße 👋🏽 aus Wien', { chunks: 4 }),
      text('abc', { chunks: ['a', 'b', 'c'] }),
      text(' a\n\n b '),
    ]);
    expect(await stream()).toMatchObject({ content: 'Grüße 👋🏽 aus Wien', chunks: 4 });
    expect(await stream()).toMatchObject({ content: 'abc', chunks: 3 });
    expect(await stream()).toMatchObject({ content: ' a\n\n b ' });
  });

  it('keeps latency and the delay between chunks', async () => {
    server.respond([slowTokens('one two three', 40), text('late', { latencyMs: 80 })]);
    const started = performance.now();
    await stream();
    expect(performance.now() - started).toBeGreaterThanOrEqual(75);
    const again = performance.now();
    await ask();
    expect(performance.now() - again).toBeGreaterThanOrEqual(75);
  });

  it('lists its models', async () => {
    const { data } = await client.models.list();
    expect(data.map(({ id }) => id)).toEqual(['gpt-4o-mini', 'gpt-4o']);
    server.respondToModels(serverError(503));
    await expect(client.models.list()).rejects.toMatchObject({ status: 503 });
    expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /v1/models',
      'GET /v1/models',
    ]);
  });

  it('takes replies from the queue, then from the handler, then by default', async () => {
    const byTask = ({ task }: { task: string }) => (task === 'sentiment' ? serverError() : undefined);
    server.respond({ queue: [text('first')], otherwise: byTask });
    expect((await ask('Sentiment (one word): x')).choices[0]?.message.content).toBe('first');
    await expect(ask('Sentiment (one word): x')).rejects.toMatchObject({ status: 500 });
    expect((await ask('Hi')).choices[0]?.message.content).toBe('You wrote: Hi');
  });
});

describe('refusals', () => {
  it('distinguishes a transient 429 from an exhausted quota', async () => {
    const limited = await failureOf(rateLimited({ retryAfterSeconds: 7 }));
    expect(limited).toMatchObject({ status: 429, code: 'rate_limit_exceeded' });
    expect(limited.headers?.get('retry-after')).toBe('7');
    const quota = await failureOf(quotaExhausted());
    expect(quota).toMatchObject({ status: 429, code: 'insufficient_quota' });
    expect(quota.headers?.get('retry-after')).toBeNull();
  });

  it.each([
    [serverError(500), { status: 500 }],
    [serverError(502), { status: 502 }],
    [serverError(503), { status: 503 }],
    [unauthorized(), { status: 401, code: 'invalid_api_key' }],
    [modelNotFound('gpt-9'), { status: 404, code: 'model_not_found' }],
    [contextTooLong(), { status: 400, code: 'context_length_exceeded' }],
    [status(418, { body: { error: { message: 'teapot', code: 'teapot' } } }), { status: 418, code: 'teapot' }],
  ])('says %o', async (reply, expected) => {
    const failure = await failureOf(reply);
    expect(failure).toMatchObject(expected);
    expect(failure.requestID).toMatch(/^req_/);
  });

  it('sends a Retry-After that is a date', async () => {
    const date = 'Wed, 21 Oct 2037 07:28:00 GMT';
    expect((await failureOf(status(429, { retryAfter: date }))).headers?.get('retry-after')).toBe(date);
  });

  it('refuses any key but its own', async () => {
    const guarded = await startModelServer({ apiKey: 'secret' });
    try {
      const listWith = async (key: string) =>
        (await fetch(`${guarded.url}/models`, { headers: { authorization: `Bearer ${key}` } })).status;
      expect([await listWith('secret'), await listWith('other')]).toEqual([200, 401]);
    } finally {
      await guarded.close();
    }
  });

  it('rejects stream_options until the request has none', async () => {
    server.respond(rejectsStreamOptions(text('fine')));
    expect((await stream()).error).toMatchObject({ status: 400, param: 'stream_options' });
    const raw = await (await post({ ...hello, stream: true })).text();
    expect(raw).toContain('"content":"fine"');
  });
});

describe('faults on the wire', () => {
  it('hangs before the headers until released, then answers', async () => {
    server.respond([hangBeforeHeaders()]);
    let isAnswered = false;
    const reply = ask('Hi').finally(() => {
      isAnswered = true;
    });
    await server.waitUntil(() => server.hanging === 1);
    expect([isAnswered, server.inFlight]).toEqual([false, 1]);
    server.release();
    expect((await reply).choices[0]?.message.content).toBe('You wrote: Hi');
  });

  it('ends a hang when the client disconnects, and records that', async () => {
    server.respond([hangBeforeHeaders()]);
    const controller = new AbortController();
    const reply = stream(controller.signal);
    await server.waitForRequests(1);
    controller.abort();
    await reply;
    await server.waitUntil(() => server.inFlight === 0 && server.hanging === 0);
    expect(server.requests[0]?.outcome).toBe('clientLeft');
  });

  it('stalls midway until released', async () => {
    server.respond(stallMidStream(3));
    const seen = stream();
    await server.waitUntil(() => server.hanging === 1);
    server.release();
    expect(await seen).toMatchObject({ content: faultText, finishReason: 'stop' });

    const response = await post({ ...hello, stream: true });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let received = '';
    while (!received.includes('met')) received += (await reader?.read())?.value ?? '';
    await server.waitUntil(() => server.hanging === 1);
    expect(received).not.toContain('Tuesday');
    await reader?.cancel();
  });

  it('does not stall if it was released before it came to that', async () => {
    server.respond({ ...stallMidStream(3), latencyMs: 50 });
    const seen = stream();
    await server.waitForRequests(1);
    server.release();
    expect(await seen).toMatchObject({ content: faultText, finishReason: 'stop' });
  });

  it('stalls in the middle of a JSON body too', async () => {
    server.respond([stallMidStream()]);
    const reply = ask();
    await server.waitUntil(() => server.hanging === 1);
    server.release();
    expect((await reply).choices[0]?.message.content).toBe(faultText);
  });

  it('cuts the socket midway, after exactly the requested chunks', async () => {
    server.respond(cutMidStream(4));
    const seen = await stream();
    expect(seen).toMatchObject({ content: 'The committee met on', chunks: 4, finishReason: null });
    expect(seen.error).toBeInstanceOf(Error);
    await expect(ask()).rejects.toThrow();
    expect(server.requests.map(({ outcome }) => outcome)).toEqual(['cutByServer', 'cutByServer']);
  });

  it('closes a stream without [DONE] and finish reason, and without an error', async () => {
    server.respond(noDone());
    expect(await stream()).toMatchObject({ content: faultText, finishReason: null, usage: null, error: undefined });
    const raw = await (await post({ ...hello, stream: true })).text();
    expect(raw).not.toContain('[DONE]');
  });

  it('sends JSON and events that do not parse', async () => {
    server.respond([invalidJson(), invalidSseJson(2)]);
    await expect(ask()).rejects.toThrow(SyntaxError);
    const seen = await stream();
    expect(seen).toMatchObject({ content: 'The committee', chunks: 2 });
    expect(seen.error).toBeInstanceOf(SyntaxError);
  });

  it('resets the connection without a reply', async () => {
    server.respond([connectionReset()]);
    const failure: unknown = await post(hello).catch((cause: unknown) => cause);
    expect(failure).toMatchObject({ cause: { code: 'ECONNRESET' } });
    expect(server.requests[0]).toMatchObject({ outcome: 'cutByServer', bytesSent: 0 });
  });

  it('sends empty choices and filtered content', async () => {
    server.respond([emptyChoices(), emptyChoices(), contentFilter('Some'), contentFilter()]);
    expect((await ask()).choices).toEqual([]);
    expect(await stream()).toMatchObject({ chunks: 0, finishReason: null, error: undefined });
    expect((await ask()).choices[0]).toMatchObject({ finish_reason: 'content_filter', message: { content: 'Some' } });
    expect((await stream()).finishReason).toBe('content_filter');
  });
});

describe('a huge reply', () => {
  const bytes = 50 * 1024 * 1024;

  it('arrives whole, as JSON and as a stream', async () => {
    server.respond(huge(bytes));
    expect((await ask()).choices[0]?.message.content).toHaveLength(bytes);
    const seen = await stream();
    expect(seen.content).toHaveLength(bytes);
    expect(seen.finishReason).toBe('stop');
  });

  it('is written no faster than it is read, and stops when the client disconnects', async () => {
    server.respond([huge(bytes)]);
    const body = JSON.stringify({ ...hello, stream: true });
    const head = `POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.on('error', () => {});
    socket.pause();
    socket.write(head + body);
    await server.waitForRequests(1);
    // Were it written without regard for its reader, all of it would be before another request is answered.
    await ask();
    expect(server.inFlight).toBe(1);
    socket.destroy();
    await server.waitUntil(() => server.inFlight === 0);
    expect(server.requests[0]?.outcome).toBe('clientLeft');
    expect(server.requests[0]?.bytesSent).toBeLessThan(bytes / 2);
  });
});

describe('what is recorded', () => {
  it('keeps method, path, headers, bodies and time', async () => {
    const before = Date.now();
    await ask('Topics?');
    const [request] = server.chatRequests;
    expect(request).toMatchObject({
      method: 'POST',
      path: '/v1/chat/completions',
      headers: { authorization: 'Bearer test-key' },
      body: { model: 'gpt-4o-mini' },
      prompt: 'Topics?',
      task: 'chat',
      outcome: 'answered',
    });
    expect(JSON.parse(request?.rawBody ?? '')).toEqual(request?.body);
    expect(request?.bodySha256).toMatch(/^[0-9a-f]{64}$/);
    expect(request?.receivedAt).toBeGreaterThanOrEqual(before - 50);
    expect(request?.closedAt).toBeGreaterThan(request?.receivedAt ?? 0);
    server.reset();
    expect([server.requests.length, server.chatRequestCount]).toEqual([0, 0]);
  });

  it('counts sockets and calls in flight', async () => {
    const agent = new Agent({ connections: 3 });
    server.respond(prompted({ latencyMs: 20 }));
    const send = () =>
      pooledFetch(`${server.url}/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(hello),
        dispatcher: agent,
      }).then((response) => response.text());
    await Promise.all(Array.from({ length: 12 }, send));
    expect(server.sockets).toEqual({ open: 3, everOpened: 3, maxOpen: 3 });
    expect(server).toMatchObject({ inFlight: 0, maxInFlight: 3, chatRequestCount: 12 });
    await agent.close();
    await server.waitUntil(() => server.sockets.open === 0);
  });

  it('rejects waiting callers when it closes, and closes hanging connections', async () => {
    server.respond(hangBeforeHeaders());
    const reply = ask().catch((cause: unknown) => cause);
    await server.waitForRequests(1);
    const waiting = expect(server.waitForRequests(2)).rejects.toThrow('closed');
    await server.close();
    await waiting;
    expect(await reply).toBeInstanceOf(Error);
    expect(server.sockets.open).toBe(0);
  });
});

describe("requests against OpenAI's schema", () => {
  it('answers 400 and keeps what was wrong', async () => {
    const response = await post({ ...hello, max_token: 5, temperature: 3 });
    expect(response.status).toBe(400);
    expect(server.violations).toHaveLength(1);
    expect(server.violations[0]?.errors).toEqual([
      'request must NOT have additional properties (max_token)',
      'temperature must be <= 2',
    ]);
  });

  it('refuses a body that is not JSON or not declared as JSON', async () => {
    await post(hello, { body: '{"model":' });
    await post(hello, { headers: { 'content-type': 'text/plain' } });
    expect(server.violations.flatMap(({ errors }) => errors)).toEqual([
      'the body is not JSON',
      'content type is text/plain, not application/json',
    ]);
  });

  it('can be told not to check', async () => {
    const lenient = await startModelServer({ validateRequests: false });
    try {
      const client = new OpenAI({ apiKey: 'k', baseURL: lenient.url, maxRetries: 0 });
      await client.chat.completions.create({ model: 'm', messages: [] });
      expect(lenient.violations).toEqual([]);
    } finally {
      await lenient.close();
    }
  });
});
