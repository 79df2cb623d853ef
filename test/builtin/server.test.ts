import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngine, type Engine } from '../../src/main/builtin/engine.ts';
import { type BuiltinServer, MAX_BODY_BYTES, startServer } from '../../src/main/builtin/server.ts';
import { wrapDocument } from '../../src/main/common/document-tags.ts';
import * as documents from './documents.ts';

const token = 'a-token-that-only-this-test-knows';
const model = 'docket-builtin';
let server: BuiltinServer;
let client: OpenAI;
/** Called when the engine starts reading a text, with a promise of how that ends. */
let onRead: (reading: Promise<unknown>) => void = () => {};

/** The real engine, observed from outside. */
function watchedEngine(): Engine {
  const engine = createEngine();
  return {
    ...engine,
    read: (text, options) => {
      const reading = engine.read(text, options);
      onRead(reading);
      return reading;
    },
  };
}

/** Resolves when the engine starts reading the next text. */
function nextReading(): Promise<{ ends: Promise<unknown> }> {
  return new Promise((resolve) => {
    onRead = (reading) => resolve({ ends: reading });
  });
}

beforeAll(async () => {
  server = await startServer({ engine: watchedEngine(), token });
  client = new OpenAI({ baseURL: `http://127.0.0.1:${server.port}/v1`, apiKey: token, maxRetries: 0 });
});

afterAll(() => server.close());

type Docket = Record<string, unknown> & { llm?: boolean; reason?: string; note?: string };

function docketOf(body: object): Docket {
  return 'docket' in body && typeof body.docket === 'object' && body.docket !== null ? { ...body.docket } : {};
}

async function ask(task: string, name: string, text: string): Promise<{ content: string | null; docket: Docket }> {
  const completion = await client.chat.completions.create(
    {
      model,
      temperature: 0,
      max_tokens: 5,
      messages: [{ role: 'user', content: `Do it: ${wrapDocument(name, text)}` }],
    },
    { headers: { 'x-docket-task': task } },
  );
  expect(completion).not.toHaveProperty('usage');
  expect(completion.choices[0]?.finish_reason).toBe('stop');
  return { content: completion.choices[0]?.message.content ?? null, docket: docketOf(completion) };
}

/** A raw request, with Docket's headers by default. */
function raw(
  path: string,
  options: { method?: string; headers?: Record<string, string | undefined>; body?: string | Buffer } = {},
): Promise<{ status: number; headers: Record<string, unknown>; body: unknown; text: string }> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...options.headers };
  const given = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        host: '127.0.0.1',
        port: server.port,
        path,
        method: options.method ?? 'POST',
        headers: given as Record<string, string>,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          const json = response.headers['content-type']?.startsWith('application/json') === true;
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: json ? JSON.parse(text) : null,
            text,
          });
        });
      },
    );
    request.on('error', reject);
    request.end(options.body);
  });
}

function chatBody(content: unknown, more: object = {}): string {
  return JSON.stringify({ model, messages: [{ role: 'user', content }], ...more });
}

const completions = '/v1/chat/completions';

describe('the openai client', () => {
  it('lists one model, owned by Docket', async () => {
    const { data } = await client.models.list();
    expect(data).toMatchObject([{ id: model, object: 'model', owned_by: 'docket' }]);
  });

  it('gets an extract found verbatim in the document', async () => {
    const { content, docket } = await ask('summary', 'report.md', documents.englishReport);
    for (const part of (content ?? '').split(' … ')) expect(documents.englishReport).toContain(part);
    expect(docket).toMatchObject({
      llm: false,
      task: 'summary',
      language: 'en',
      read: { documents: 1, characters: documents.englishReport.length, sentences: 19 },
    });
  });

  it('gets key terms separated by commas', async () => {
    expect((await ask('topics', 'report.md', documents.englishReport)).content).toBe(
      'circuit boards, second supplier, frame contract',
    );
  });

  it('gets the tone as one word', async () => {
    const { content, docket } = await ask('sentiment', 'mail.txt', documents.angryMail);
    expect(content).toBe('negative');
    expect(docket.score).toBeLessThan(0);
  });

  it('gets no tone for German, and the reason', async () => {
    const { content, docket } = await ask('sentiment', 'brief.txt', documents.germanLetter);
    expect(content).toBe('');
    expect(docket).toMatchObject({ llm: false, reason: 'The word list is English; this text is German.' });
  });

  it('reads a document to its end even if it contains closing tags', async () => {
    const text = 'Alpha comes first. </document> The circuit is open. <document name="x"> The circuit is closed.';
    const { docket } = await ask('summary', 'a.txt', text);
    expect(docket.read).toMatchObject({ characters: text.length, documents: 1 });
  });

  it('streams the role, several deltas and an end with the docket field, without usage', async () => {
    const stream = await client.chat.completions.create(
      {
        model,
        stream: true,
        stream_options: { include_usage: true },
        messages: [{ role: 'user', content: wrapDocument('report.md', documents.englishReport) }],
      },
      { headers: { 'x-docket-task': 'summary' } },
    );
    const chunks: OpenAI.ChatCompletionChunk[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    const deltas = chunks.map((chunk) => chunk.choices[0]?.delta);
    const content = deltas.map((delta) => delta?.content ?? '').join('');
    expect(deltas[0]).toEqual({ role: 'assistant', content: '' });
    expect(deltas.filter((delta) => delta?.content).length).toBeGreaterThan(2);
    expect(content).toBe((await ask('summary', 'report.md', documents.englishReport)).content);
    expect(chunks.map((chunk) => chunk.choices[0]?.finish_reason)).toEqual([
      ...chunks.slice(1).map(() => null),
      'stop',
    ]);
    expect(docketOf(chunks.at(-1) ?? {})).toMatchObject({ llm: false, task: 'summary' });
    for (const chunk of chunks) expect(chunk).not.toHaveProperty('usage');
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);
  });

  it('streams the reason when there is no result', async () => {
    const stream = await client.chat.completions.create(
      { model, stream: true, messages: [{ role: 'user', content: wrapDocument('', '') }] },
      { headers: { 'x-docket-task': 'topics' } },
    );
    const chunks: OpenAI.ChatCompletionChunk[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    expect(docketOf(chunks.at(-1) ?? {})).toMatchObject({ reason: 'The document is empty.' });
    expect(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('')).toBe('');
  });

  it('is told in chat that no model is connected', async () => {
    const completion = await client.chat.completions.create({ model, messages: [{ role: 'user', content: 'Hello!' }] });
    expect(completion.choices[0]?.message.content).toContain('No language model is connected.');
    expect(docketOf(completion)).toMatchObject({ llm: false, task: 'chat' });
  });

  it('gets quotes from files attached to an earlier question', async () => {
    const completion = await client.chat.completions.create({
      model,
      messages: [
        { role: 'system', content: 'Be brief.' },
        {
          role: 'user',
          content: [{ type: 'text', text: `Read this. ${wrapDocument('report.md', documents.englishReport)}` }],
        },
        { role: 'assistant', content: 'Done.' },
        { role: 'user', content: 'What will Legal check?' },
      ],
    });
    expect(completion.choices[0]?.message.content).toContain('report.md, line 23');
  });

  it('gets typed errors with a request id', async () => {
    const call = client.chat.completions.create({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Hi' }] });
    await expect(call).rejects.toMatchObject({
      status: 404,
      code: 'model_not_found',
      requestID: expect.stringMatching(/^req_/),
    });
  });
});

describe('admission', () => {
  it.each([
    ['no token', { authorization: undefined }],
    ['a wrong token', { authorization: 'Bearer wrong' }],
    ['the token without its scheme', { authorization: token }],
  ])('is closed with %s', async (_, headers) => {
    const { status, body } = await raw('/v1/models', { method: 'GET', headers });
    expect(status).toBe(401);
    expect(body).toMatchObject({ error: { type: 'authentication_error', code: 'invalid_api_key', param: null } });
  });

  it.each(['https://evil.example', 'null', 'http://127.0.0.1', ''])('is closed to pages: origin %j', async (origin) => {
    const { status, body } = await raw(completions, { headers: { origin }, body: chatBody('Hi') });
    expect(status).toBe(403);
    expect(body).toMatchObject({ error: { code: 'origin_refused' } });
  });

  it.each(['evil.example', '127.0.0.1', '127.0.0.1:1'])('is closed to the host name %s', async (host) => {
    const { status, body } = await raw('/v1/models', { method: 'GET', headers: { host } });
    expect(status).toBe(403);
    expect(body).toMatchObject({ error: { code: 'host_refused' } });
  });

  it('is open to localhost by name', async () => {
    expect((await raw('/v1/models', { method: 'GET', headers: { host: `localhost:${server.port}` } })).status).toBe(
      200,
    );
  });

  it('sends no header that would let a page read a reply', async () => {
    const { headers } = await raw('/v1/models', { method: 'GET' });
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('refuses a preflight request', async () => {
    const { status } = await raw(completions, {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', authorization: undefined },
    });
    expect(status).toBe(403);
  });
});

describe('an invalid request', () => {
  const bad: [
    string,
    number,
    { path?: string; method?: string; headers?: Record<string, string>; body?: string | Buffer },
  ][] = [
    ['an unknown path', 404, { path: '/v1/embeddings', body: '{}' }],
    ['a wrong method', 405, { method: 'GET' }],
    ['broken JSON', 400, { body: '{"model":' }],
    ['bytes that are no UTF-8', 400, { body: Buffer.from([0x22, 0xff, 0x22]) }],
    ['no object', 400, { body: '[]' }],
    ['no messages', 400, { body: JSON.stringify({ model }) }],
    ['no user message', 400, { body: JSON.stringify({ model, messages: [{ role: 'system', content: 'x' }] }) }],
    ['a message without a role', 400, { body: JSON.stringify({ model, messages: [{ content: 'x' }] }) }],
    ['a picture', 400, { body: chatBody([{ type: 'image_url', image_url: { url: 'data:,' } }]) }],
    ['two answers', 400, { body: chatBody('Hi', { n: 2 }) }],
    ['tools', 400, { body: chatBody('Hi', { tools: [{ type: 'function', function: { name: 'f' } }] }) }],
    ['JSON as the format', 400, { body: chatBody('Hi', { response_format: { type: 'json_object' } }) }],
    ['an unknown task', 400, { headers: { 'x-docket-task': 'translate' }, body: chatBody('Hi') }],
    [
      'a task without a document',
      400,
      { headers: { 'x-docket-task': 'summary' }, body: chatBody('Summarize: some text') },
    ],
    [
      'a task with two documents',
      400,
      { headers: { 'x-docket-task': 'summary' }, body: chatBody(wrapDocument('a', 'A.') + wrapDocument('b', 'B.')) },
    ],
  ];

  it.each(bad)('is refused: %s', async (_, expected, { path, ...options }) => {
    const { status, body, headers } = await raw(path ?? completions, options);
    expect(status).toBe(expected);
    expect(headers['x-request-id']).toMatch(/^req_/);
    expect(body).toEqual({
      error: {
        message: expect.stringMatching(/\.$/),
        type: 'invalid_request_error',
        code: expect.any(String),
        param: status === 400 ? expect.toSatisfy((param) => param === null || typeof param === 'string') : null,
      },
    });
  });

  it('guesses nothing from prose: a task without tags is rejected', async () => {
    const { body } = await raw(completions, {
      headers: { 'x-docket-task': 'topics' },
      body: chatBody('Topics of: apples'),
    });
    expect(body).toMatchObject({ error: { message: expect.stringContaining('<document>'), param: 'messages' } });
  });

  it('gets an answer of the same shape even if it is not HTTP', async () => {
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(server.port, '127.0.0.1', () => socket.write('NONSENSE\r\n\r\n'));
      let text = '';
      socket.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      socket.on('close', () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400/);
    expect(answer).toContain('"error":{"message":');
  });

  it('of more than 8 MB is refused by its declared length, before it is sent', async () => {
    const { status, body } = await raw(completions, {
      headers: { 'content-length': String(MAX_BODY_BYTES + 1) },
      body: chatBody('x'.repeat(MAX_BODY_BYTES)).slice(0, MAX_BODY_BYTES + 1),
    });
    expect(status).toBe(413);
    expect(body).toMatchObject({ error: { code: 'request_too_large' } });
  });

  it('of more than 8 MB is refused when it comes in chunks', async () => {
    const { status } = await raw(completions, {
      headers: { 'transfer-encoding': 'chunked' },
      body: Buffer.alloc(MAX_BODY_BYTES + 100_000, 0x20),
    });
    expect(status).toBe(413);
  });
});

describe('under load', () => {
  it('accepts a document of nearly 8 MB', async () => {
    const text = `${documents.longEnglish(300_000)}\n\n${`${'x'.repeat(4_000)}\n`.repeat(1_800)}\n\nThe last sentence ends it.`;
    const { content, docket } = await ask('summary', 'long.txt', text);
    expect(text).toContain((content ?? '').split(' … ')[0]);
    expect(docket.note).toMatch(/^All [\d,]+ sentences were read/);
    expect(docket.read).toMatchObject({ characters: text.length });
  });

  it('drops what the client no longer waits for, and continues', async () => {
    const aborted = new AbortController();
    const begun = nextReading();
    const big = client.chat.completions.create(
      { model, messages: [{ role: 'user', content: wrapDocument('', documents.longEnglish(1_000_000)) }] },
      { headers: { 'x-docket-task': 'summary' }, signal: aborted.signal },
    );
    const { ends } = await begun;
    aborted.abort();
    await expect(big).rejects.toThrow();
    await expect(ends).rejects.toThrow(/abort/i);
    expect((await ask('sentiment', '', documents.angryMail)).content).toBe('negative');
  });

  it('answers a chat while a large file is being read', async () => {
    let finished = false;
    const begun = nextReading();
    const large = ask('summary', 'long.txt', documents.longEnglish(1_500_000)).then(() => {
      finished = true;
    });
    await begun;
    await client.chat.completions.create({ model, messages: [{ role: 'user', content: 'Are you there?' }] });
    expect(finished).toBe(false);
    await large;
  });

  it('answers 300 calls over a few connections', async () => {
    const calls = Array.from({ length: 300 }, (_, index) =>
      ask(
        ['summary', 'sentiment', 'topics'][index % 3] ?? '',
        'a.txt',
        `${documents.angryMail} Case ${Math.floor(index / 3)}.`,
      ),
    );
    for (const { content } of await Promise.all(calls)) expect(content).not.toBe('');
  });
});
