import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Lanes } from '../../src/main/llm/call-options.ts';
import { type Connections, createConnections, type Lease } from '../../src/main/llm/connections.ts';
import { createLimiter } from '../../src/main/llm/limiter.ts';
import type { ModelCall } from '../../src/main/llm/model-call.ts';
import { type ModelServer, startModelServer } from '../support/model-server.ts';
import { hangBeforeHeaders, stallMidStream, text } from '../support/model-server-replies.ts';
import { chatCall, connectionSettings, failureOf, openWorkbench, replyOf, type Workbench } from './workbench.ts';

const POOL = 8;

let server: ModelServer;
let bench: Workbench;
let connections: Connections;

beforeAll(async () => {
  bench = await openWorkbench();
});

afterAll(() => bench.close());

beforeEach(async () => {
  server = await startModelServer();
  await bench.connect(server.url);
  connections = createConnections(connectionSettings(server.url, { poolConnections: POOL }));
});

afterEach(async () => {
  await connections.close(0);
  await server.close();
  expect(server.violations).toEqual([]);
});

/** A call as the chat and the batch make it, with a lease while it runs. */
async function ask(call: ModelCall, lease: Lease = connections.lease(), lanes?: Lanes) {
  try {
    return await bench.complete(call, { connection: lease.connection, ...(lanes ? { lanes } : {}) });
  } finally {
    lease.release();
  }
}

describe('the pool', () => {
  it('serves 200 calls, five at a time, over a few sockets', async () => {
    server.respond(text('Fine.', { latencyMs: 40 }));
    const lanes = createLimiter(5).lanes();
    const calls = Array.from({ length: 200 }, (_, n) => ask(chatCall(`File ${n}`), undefined, lanes));
    for (const result of await Promise.all(calls)) replyOf(result);
    expect(server.chatRequestCount).toBe(200);
    expect(server.maxInFlight).toBe(5);
    expect(server.sockets.everOpened).toBeLessThanOrEqual(POOL);
  });

  it('is never exceeded, however many calls there are', async () => {
    server.respond(text('Fine.', { latencyMs: 5 }));
    await Promise.all(Array.from({ length: 60 }, (_, n) => ask(chatCall(`File ${n}`))));
    expect(server.sockets.maxOpen).toBe(POOL);
    expect(server.maxInFlight).toBeLessThanOrEqual(POOL);
  });

  it('is shared by two chats and a batch, without making the chats wait', async () => {
    server.respond((request) =>
      request.prompt.startsWith('Chat') ? stallMidStream(2) : text('Fine.', { latencyMs: 5 }),
    );
    const lanes = createLimiter(POOL - 2).lanes();
    const batch = Promise.all(Array.from({ length: 100 }, (_, n) => ask(chatCall(`File ${n}`), undefined, lanes)));
    const chats = Promise.all([1, 2].map((n) => ask(chatCall(`Chat ${n}`, { stream: true }))));
    await server.waitUntil(() => server.hanging === 2);
    expect(server.chatRequestCount, 'both chats stream before the batch is done').toBeLessThan(102);
    await batch;
    expect(server.hanging).toBe(2);
    server.release();
    for (const result of await chats) replyOf(result);
    expect(server.sockets.maxOpen).toBeLessThanOrEqual(POOL);
  });

  it('has no socket before the first call and none after it is closed', async () => {
    expect(server.sockets.everOpened).toBe(0);
    await Promise.all([ask(chatCall('One')), ask(chatCall('Two', { stream: true }))]);
    expect(server.sockets.open).toBeGreaterThan(0);
    await connections.close(1_000);
    await server.waitUntil(() => server.sockets.open === 0);
    expect(server.sockets.open).toBe(0);
  });

  it('cuts off calls still in flight at the deadline for closing, without a retry', async () => {
    server.respond(hangBeforeHeaders());
    const call = ask(chatCall('Hello?'));
    await server.waitUntil(() => server.hanging === 1);
    await connections.close(20);
    expect(failureOf(await call).problem.code).toBe('shutting_down');
    expect(await bench.records()).toHaveLength(1);
    await server.waitUntil(() => server.sockets.open === 0);
  });

  it('lets calls in flight finish while it closes', async () => {
    server.respond(stallMidStream(2));
    const call = ask(chatCall('Hello?', { stream: true }));
    await server.waitUntil(() => server.hanging === 1);
    const closed = connections.close(60_000);
    server.release();
    replyOf(await call);
    await closed;
    await server.waitUntil(() => server.sockets.open === 0);
  });
});

describe('a change of settings', () => {
  let other: ModelServer;

  beforeEach(async () => {
    other = await startModelServer();
  });

  afterEach(() => other.close());

  it('lets calls in flight finish on the old server, and sends new ones to the new server', async () => {
    server.respond(stallMidStream(2, 'From the old server.'));
    other.respond(text('From the new server.'));
    const old = ask(chatCall('Hello?', { stream: true }));
    await server.waitUntil(() => server.hanging === 1);
    connections.replace(connectionSettings(other.url));
    expect(replyOf(await ask(chatCall('Hello?'))).text).toBe('From the new server.');
    expect(server.sockets.open).toBe(1);
    server.release();
    expect(replyOf(await old).text).toBe('From the old server.');
    await server.waitUntil(() => server.sockets.open === 0);
    expect(server.chatRequestCount).toBe(1);
  });

  it('closes the old sockets at once if they are unused', async () => {
    replyOf(await ask(chatCall('Hello?')));
    expect(server.sockets.open).toBe(1);
    connections.replace(connectionSettings(other.url));
    await server.waitUntil(() => server.sockets.open === 0);
    expect(server.sockets.open).toBe(0);
  });

  it('leaves a leased connection open until its last lease is released', async () => {
    const [first, second] = [connections.lease(), connections.lease()];
    expect(first.connection).toBe(second.connection);
    connections.replace(connectionSettings(other.url));
    first.release();
    first.release();
    replyOf(await bench.complete(chatCall('Still there?'), { connection: second.connection }));
    expect(server.chatRequestCount).toBe(1);
    second.release();
    await server.waitUntil(() => server.sockets.open === 0);
    const third = connections.lease();
    expect(third.connection).not.toBe(second.connection);
    third.release();
  });

  it('keeps what is known of a model at the same host, and of no other', async () => {
    const streamOptions = (baseUrl: string, model: string) => {
      connections.replace(connectionSettings(baseUrl));
      const lease = connections.lease();
      lease.release();
      return lease.connection.quirksOf(model).streamOptions;
    };
    const lease = connections.lease();
    lease.connection.quirksOf('m').streamOptions = false;
    lease.release();
    expect(streamOptions(server.url, 'm')).toBe(false);
    expect(streamOptions(server.url, 'another')).toBe(true);
    expect(streamOptions('http://127.0.0.1:9/v1', 'm')).toBe(true);
  });
});
