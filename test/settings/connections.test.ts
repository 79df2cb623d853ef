import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readModelNames } from '../../src/main/llm/model-list.ts';
import { discoverServers } from '../../src/main/settings/discover.ts';
import { testConnection } from '../../src/main/settings/test-connection.ts';
import { problem } from '../../src/shared/problem.ts';
import { err } from '../../src/shared/result.ts';
import { openWorkbench, type Workbench } from '../llm/workbench.ts';
import { type ModelServer, startModelServer } from '../support/model-server.ts';
import { huge, invalidJson, type Reply, serverError, status, unauthorized } from '../support/model-server-replies.ts';

let server: ModelServer;

beforeEach(async () => {
  server = await startModelServer({ models: ['llama3', 'qwen'] });
});

afterEach(async () => {
  await server.close();
  expect(server.violations).toEqual([]);
});

describe('looking for servers on this machine', () => {
  const look = (baseUrl = server.url) => discoverServers([{ kind: 'ollama', baseUrl }]);

  it('finds one by requesting its model list, and leaves no socket open', async () => {
    expect(await look()).toEqual([{ kind: 'ollama', name: 'Ollama', baseUrl: server.url, models: ['llama3', 'qwen'] }]);
    expect(server.requests).toMatchObject([{ method: 'GET', path: '/v1/models', rawBody: '' }]);
    expect(server.requests[0]?.headers).not.toHaveProperty('authorization');
    await server.waitUntil(() => server.sockets.open === 0);
  });

  it.each([
    ['refuses', unauthorized()],
    ['fails', serverError(500)],
    ['is no model server', status(200, { body: '<html>Hello</html>', headers: { 'content-type': 'text/html' } })],
    ['answers in another shape', status(200, { body: { items: 3 } })],
    ['lists something else', status(200, { body: [{ port: 1 }] })],
    ['answers with an error', status(200, { body: { error: 'Not here.' } })],
    ['sends others on', status(302, { headers: { location: 'http://127.0.0.1:9/' } })],
    ['never stops', huge()],
  ])('passes over what %s', async (_name, reply) => {
    server.respondToModels(reply);
    expect(await look()).toEqual([]);
    await server.waitUntil(() => server.sockets.open === 0);
    expect(server.requests).toHaveLength(1);
  });

  it('skips an address where nothing is listening', async () => {
    const other = await startModelServer();
    await other.close();
    const found = await discoverServers([
      { kind: 'lmstudio', baseUrl: other.url },
      { kind: 'ollama', baseUrl: server.url },
    ]);
    expect(found.map((one) => one.kind)).toEqual(['ollama']);
  });
});

describe('testing a connection', () => {
  let bench: Workbench;

  beforeAll(async () => {
    bench = await openWorkbench();
  });

  afterAll(() => bench.close());

  beforeEach(() => bench.connect(server.url));

  const test = async (model = 'qwen') =>
    (await testConnection(bench.audit, bench.gateway, bench.connection, model, new AbortController().signal)).map(
      ({ layer, status: state }) => `${layer} ${state}`,
    );

  it('checks everything from the address to a reply, and records it', async () => {
    expect(await test()).toEqual(['address ok', 'connection ok', 'key ok', 'models ok', 'reply ok']);
    expect((await bench.records()).map((row) => [row.kind, row.task, row.status])).toEqual([
      ['probe', 'models', 'ok'],
      ['probe', 'test', 'ok'],
    ]);
  });

  it('stops at what is missing', async () => {
    await bench.connect(server.url, { endpoint: async () => err(problem('not_configured', { missing: 'address' })) });
    expect(await test()).toEqual([
      'address failed',
      'connection skipped',
      'key skipped',
      'models skipped',
      'reply skipped',
    ]);
    expect(server.sockets.everOpened).toBe(0);
  });

  it('reports a missing key at the key layer, with the field', async () => {
    await bench.connect(server.url, { endpoint: async () => err(problem('not_configured', { missing: 'key' })) });
    expect(await test()).toEqual(['address ok', 'connection skipped', 'key failed', 'models skipped', 'reply skipped']);
    const checks = await testConnection(
      bench.audit,
      bench.gateway,
      bench.connection,
      'qwen',
      new AbortController().signal,
    );
    expect(checks[2]).toMatchObject({ layer: 'key', field: 'key' });
  });

  it('reports a rejected key at the key layer, even if anyone may list the models', async () => {
    server.respond(() => unauthorized());
    expect(await test()).toEqual(['address ok', 'connection ok', 'key failed', 'models ok', 'reply skipped']);
  });

  it.each<[string, Reply, string]>([
    ['no list of models', status(404), 'models'],
    ['something else than JSON', invalidJson(), 'models'],
    ['a failure of its own', serverError(500), 'models'],
  ])('asks for a reply where there is %s', async (_what, answer, layer) => {
    server.respondToModels(answer);
    const checks = await test();
    expect(checks.filter((check) => check.endsWith('failed'))).toEqual([`${layer} failed`]);
    expect(checks.at(-1)).toBe('reply ok');
  });

  it('does not ask for a reply while no model is chosen', async () => {
    expect(await test('')).toEqual(['address ok', 'connection ok', 'key ok', 'models failed', 'reply skipped']);
  });

  it('distinguishes a server that is down from a rejected key', async () => {
    server.respondToModels(unauthorized());
    expect(await test()).toEqual(['address ok', 'connection ok', 'key failed', 'models skipped', 'reply skipped']);
    const other = await startModelServer();
    await other.close();
    await bench.connect(other.url);
    expect(await test()).toEqual(['address ok', 'connection failed', 'key skipped', 'models skipped', 'reply skipped']);
  });

  it('reports a missing model', async () => {
    expect(await test('gpt-9')).toEqual(['address ok', 'connection ok', 'key ok', 'models failed', 'reply ok']);
  });

  const layers = async () =>
    testConnection(bench.audit, bench.gateway, bench.connection, 'qwen', new AbortController().signal);
  const page = status(200, { body: '<!doctype html><title>Router</title>', headers: { 'content-type': 'text/html' } });

  it('reports a web page in place of the list, and says nothing about the key', async () => {
    server.respondToModels(page);
    server.respond(page);
    const checks = await layers();
    expect(checks.map(({ layer, status: state }) => `${layer} ${state}`)).toEqual([
      'address ok',
      'connection ok',
      'key skipped',
      'models failed',
      'reply failed',
    ]);
    expect(checks[3]?.message).toMatch(/answered with a web page.*base URL/);
    expect((await bench.records())[0]).toMatchObject({
      errorCode: 'bad_response',
      problem: { detail: expect.stringContaining('Router') },
    });
  });

  it.each([
    ['a refused key', { error: { message: 'Bad key.', code: 'invalid_api_key' } }, 'key failed'],
    ['a refused key in words of its own', { success: false, message: 'Bad key.', code: 401 }, 'key failed'],
    ['a failure', { error: { message: 'Down.', code: 503 } }, 'models failed'],
  ])('tells %s with a good status at its layer', async (_what, body, expected) => {
    server.respondToModels(status(200, { body }));
    expect(await test()).toContain(expected);
  });

  it('does not need a model list if the model replies', async () => {
    server.respondToModels(status(404, { body: 'Not found' }));
    expect(await test()).toEqual(['address ok', 'connection ok', 'key ok', 'models failed', 'reply ok']);
    server.respondToModels(status(403, { body: { error: { message: 'Missing scopes: api.model.read' } } }));
    expect(await test()).toEqual(['address ok', 'connection ok', 'key ok', 'models failed', 'reply ok']);
  });
});

describe('a list of models', () => {
  it.each([
    ['OpenAI', { object: 'list', data: [{ id: 'b' }, { id: 'a' }] }, ['a', 'b']],
    ['Together', [{ id: 'm1' }], ['m1']],
    ['names alone', ['b', 'a', 'b'], ['a', 'b']],
    ['names in data', { data: ['a'] }, ['a']],
    ['Ollama, in its own way', { models: [{ name: 'llama3:latest', model: 'llama3:latest' }] }, ['llama3:latest']],
    ['Google, in its own way', { models: [{ name: 'models/gemini-3' }] }, ['models/gemini-3']],
    ['LiteLLM', { data: [{ model_name: 'gpt' }] }, ['gpt']],
    ['LM Studio, in its own way', { models: [{ key: 'qwen/qwen3' }] }, ['qwen/qwen3']],
    ['Azure', { value: [{ id: 'gpt-4o' }] }, ['gpt-4o']],
    ['a gateway, with a list in an object', { success: true, data: { models: [{ id: 'a' }] } }, ['a']],
    ['a gateway, by name', { data: { a: { owned_by: 'x' }, b: {} } }, ['a', 'b']],
    ['one with odd entries', { data: [null, { id: 7 }, { id: '' }, { id: 'a', permission: {} }] }, ['a']],
    ['one without any', { data: [] }, []],
    ['Ollama without any', { object: 'list', data: null }, []],
    ['something else', { data: [{}] }, null],
    ['something else, named', { status: 'ok' }, null],
    ['no JSON', null, null],
    ['a number', 7, null],
    ['one with the names of Object', { constructor: [{ id: 'a' }] }, null],
  ])('of %s is read', (_who, value, expected) => {
    expect(readModelNames(value)).toEqual(expected);
  });
});
