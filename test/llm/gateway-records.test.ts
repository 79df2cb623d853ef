import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createGateway } from '../../src/main/llm/gateway.ts';
import { StoreError } from '../../src/main/store/store-error.ts';
import { ok } from '../../src/shared/result.ts';
import { type ModelServer, startModelServer } from '../support/model-server.ts';
import { errorBody, rateLimited, status, text } from '../support/model-server-replies.ts';
import type { RecordedRequest } from '../support/model-server-requests.ts';
import { chatCall, failureOf, openWorkbench, replyOf, testKey, type Workbench } from './workbench.ts';

let server: ModelServer;
let bench: Workbench;
let reader: Database;
/** Runs while the server has the request and has not answered yet. */
let whenReceived: (request: RecordedRequest) => void;

beforeAll(async () => {
  bench = await openWorkbench();
  reader = bench.openReader();
});

afterAll(() => bench.close());

beforeEach(async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0);
  whenReceived = () => {};
  server = await startModelServer({ onChatRequest: (request) => whenReceived(request) });
  await bench.connect(server.url);
});

afterEach(async () => {
  vi.restoreAllMocks();
  await server.close();
  expect(server.violations).toEqual([]);
});

describe('the record of a call', () => {
  it('is committed before the server receives the request, for every attempt', async () => {
    const seen: unknown[] = [];
    whenReceived = () => {
      seen.push(reader.prepare('SELECT status, attempt, message, host FROM calls ORDER BY id DESC LIMIT 1').get());
    };
    server.respond([rateLimited({ retryAfterSeconds: 0 })]);
    replyOf(await bench.complete(chatCall('May I leave?')));
    const { host } = new URL(server.url);
    expect(seen).toEqual([
      { status: 'open', attempt: 1, message: 'May I leave?', host },
      { status: 'open', attempt: 2, message: 'May I leave?', host },
    ]);
  });

  it('is one row per call for many calls at once, each before its request', async () => {
    const missing: string[] = [];
    const find = reader.prepare("SELECT 1 FROM calls WHERE message = ? AND status = 'open'");
    whenReceived = (request) => {
      if (find.get(request.prompt) === undefined) missing.push(request.prompt);
    };
    await Promise.all(Array.from({ length: 60 }, (_, n) => bench.complete(chatCall(`Question ${n}`))));
    expect(server.chatRequestCount).toBe(60);
    expect(missing).toEqual([]);
    expect(await bench.records()).toHaveLength(60);
  });

  it.each([
    ['plain text', 'Hello'],
    ['quotes, backslashes and control characters', '"\\"\b\f\n\r\t\u0000\u001f\u007f\u2028\u2029</script>'],
    ['every script', 'žluťoučký 日本語 العربية हिन्दी 👩‍👩‍👧 e\u0301'],
    ['half a surrogate pair', `lone \ud83d and \ude00 ${'x'.repeat(600)}`],
    ['a long text', 'A sentence with "quotes" and ünïcödé.\n'.repeat(5_000)],
  ])('contains the request body byte for byte: %s', async (_name, content) => {
    const turns = [
      { role: 'system', content: 'Be short.' },
      { role: 'user', content },
      { role: 'assistant', content: `${content} indeed` },
      { role: 'user', content: `${content} again, and again ${content}` },
    ] as const;
    replyOf(await bench.complete(chatCall('', { turns, stream: true, maxTokens: 20 })));
    const [record] = await bench.records();
    const [request] = server.chatRequests;
    expect(record?.requestBody).toBe(request?.rawBody);
    expect(record?.requestBytes).toBe(Buffer.byteLength(request?.rawBody ?? ''));
    expect(JSON.parse(record?.parameters ?? '')).toEqual({
      model: 'gpt-4o-mini',
      temperature: 0,
      max_tokens: 20,
      stream: true,
      stream_options: { include_usage: true },
    });
  });

  it('says what the call belongs to', async () => {
    const links = { conversationId: 'c', messageId: 'm', batchId: 'b', itemId: 7, fileName: 'report.pdf' };
    replyOf(await bench.complete(chatCall('Hello', { links, kind: 'analysis', task: 'question', title: 'Topics' })));
    expect(await bench.records()).toMatchObject([
      {
        ...links,
        kind: 'analysis',
        task: 'question',
        title: 'Topics',
        userId: 'anonymous',
        llm: true,
        providerName: 'Test server',
      },
    ]);
  });

  it('has the latency to a tenth of a millisecond', async () => {
    server.respond(text('Late.', { latencyMs: 30 }));
    const reply = replyOf(await bench.complete(chatCall('Hello')));
    expect(reply.latencyMs).toBeGreaterThanOrEqual(29);
    const [record] = await bench.records();
    expect(record?.latencyMs).toBe(reply.latencyMs);
    expect(Math.round(reply.latencyMs * 10)).toBeCloseTo(reply.latencyMs * 10, 6);
  });

  it('must be written, or the call is not sent', async () => {
    const begin = () => Promise.reject(new StoreError('database or disk is full', 'SQLITE_FULL'));
    const gateway = createGateway({ ...bench.audit, begin });
    const result = await gateway.complete(chatCall('Hello'), {
      connection: bench.connection,
      signal: new AbortController().signal,
    });
    expect(failureOf(result)).toMatchObject({
      problem: { code: 'store_failed', detail: 'database or disk is full' },
      callId: null,
    });
    expect(server.sockets.everOpened).toBe(0);
  });

  it('keeps an item from being asked the same question again', async () => {
    const links = { itemId: 4711, fileName: 'a.txt' };
    const first = replyOf(await bench.complete(chatCall('Sum up', { links })));
    await bench.audit.drain();
    const again = replyOf(await bench.complete(chatCall('Sum up', { links })));
    expect(again).toMatchObject({ callId: first.callId, text: first.text, finishReason: 'stop' });
    expect(again.usage?.totalTokens).toBe(first.usage?.totalTokens);
    replyOf(await bench.complete(chatCall('Sum up', { links, temperature: 1 })));
    replyOf(await bench.complete(chatCall('Sum up', { links: { itemId: 4712 } })));
    expect(server.chatRequestCount).toBe(3);
    expect(bench.audit.inFlight()).toBe(0);
  });
});

describe('what is sent besides the body', () => {
  it('includes no header that describes this machine', async () => {
    replyOf(await bench.complete(chatCall('Hello', { stream: true })));
    const { host: _, ...headers } = server.chatRequests[0]?.headers ?? {};
    expect(headers).toEqual({
      accept: 'application/json',
      'accept-encoding': 'identity',
      authorization: `Bearer ${testKey}`,
      connection: 'keep-alive',
      'content-length': String(server.chatRequests[0]?.rawBody.length),
      'content-type': 'application/json',
      'user-agent': 'Docket/0.1.0',
    });
  });

  it('includes no authorization without a key', async () => {
    await bench.connect(server.url, { endpoint: async () => ok({ baseUrl: server.url, apiKey: null }) });
    replyOf(await bench.complete(chatCall('Hello')));
    expect(server.chatRequests[0]?.headers).not.toHaveProperty('authorization');
  });

  it('names the task only to the built-in engine', async () => {
    const provider = { ...bench.connection.settings.provider, kind: 'builtin', llm: false } as const;
    replyOf(await bench.complete(chatCall('Hello', { task: 'question', builtinTask: 'summary' })));
    await bench.connect(server.url, { provider });
    replyOf(await bench.complete(chatCall('Hello', { task: 'question', builtinTask: 'summary' })));
    expect(server.chatRequests.map((request) => request.headers['x-docket-task'])).toEqual([undefined, 'summary']);
  });
});

describe('the key', () => {
  const echoes = [
    ['an error', status(401, { body: errorBody(`Incorrect API key provided: ${testKey}.`, 'auth', null) })],
    ['an error longer than what is kept of it', status(400, { body: `${'x'.repeat(1_990)}${testKey}` })],
    ['a page', status(502, { body: `<p>${testKey}</p>`, headers: { 'content-type': 'text/html' } })],
    ['a request id', status(400, { headers: { 'x-request-id': `req-${testKey}` } })],
    ['a reply', text(`Your key is ${testKey}.`)],
    ['a model name', text('Hi', { model: testKey })],
    ['broken JSON', status(200, { body: `{"${testKey}` })],
  ] as const;

  it.each(echoes)(
    'is not stored if a server repeats it in %s',
    async (_name, reply) => {
      server.respond(reply);
      for (const stream of [false, true]) {
        const result = await bench.complete(chatCall('Hello', { stream }));
        expect(JSON.stringify(result)).not.toContain(testKey.slice(0, 12));
      }
      expect(JSON.stringify(await bench.records())).not.toContain(testKey.slice(0, 12));
    },
    20_000,
  );

  it('is in no file of the data folder', async () => {
    const event = { error: { message: `bad key ${testKey}`, code: 'invalid_api_key' } };
    server.respond(
      status(200, { body: `data: ${JSON.stringify(event)}\n\n`, headers: { 'content-type': 'text/event-stream' } }),
    );
    failureOf(await bench.complete(chatCall('Hello', { stream: true })));
    await bench.records();
    const files = readdirSync(bench.dataDir);
    expect(files).toContain('docket.db-wal');
    for (const name of files) expect(readFileSync(join(bench.dataDir, name)).includes(testKey), name).toBe(false);
  });
});
