import { describe, expect, it } from 'vitest';
import { cpuMs } from '../support/cpu-time.ts';
import {
  connectionReset,
  contentFilter,
  cutMidStream,
  emptyChoices,
  faultText,
  hangBeforeHeaders,
  huge,
  invalidJson,
  invalidSseJson,
  noDone,
  slowTokens,
  stallMidStream,
  status,
  text,
} from '../support/model-server-replies.ts';
import { bench, server, setUpGateway } from './gateway-setup.ts';
import { chatCall, failureOf, replyOf } from './workbench.ts';

setUpGateway();

const question = chatCall('What did the committee decide?', { stream: true });

/** Simulates a stopped process or a sleeping machine: nothing runs, but the clock continues. */
function standStill(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

describe('a streamed reply', () => {
  it('arrives in pieces, with usage, finish reason, model and times', async () => {
    server.respond(text(faultText, { model: 'gpt-4o-mini-2024-07-18' }));
    const pieces: string[] = [];
    const reply = replyOf(await bench.complete(question, { onText: (piece) => pieces.push(piece) }));
    expect(pieces.length).toBe(12);
    expect(pieces.join('')).toBe(faultText);
    expect(reply).toMatchObject({ text: faultText, finishReason: 'stop', model: 'gpt-4o-mini-2024-07-18', note: null });
    expect(reply.usage?.totalTokens).toBeGreaterThan(0);
    expect(reply.timeToFirstTokenMs).toBeLessThanOrEqual(reply.latencyMs);
    const [record] = await bench.records();
    expect(record).toMatchObject({
      id: reply.callId,
      status: 'ok',
      httpStatus: 200,
      requestId: server.chatRequests[0]?.id,
      finishReason: 'stop',
      replyBody: faultText,
      totalTokens: reply.usage?.totalTokens,
    });
  });

  it('leaves unknown usage unknown', async () => {
    server.respond(text('Two words.', { usage: null }));
    expect(replyOf(await bench.complete(question)).usage).toBeNull();
    const [record] = await bench.records();
    expect(record).toMatchObject({ promptTokens: null, completionTokens: null, totalTokens: null });
  });

  it('uses one socket for many replies in a row', async () => {
    for (let n = 0; n < 10; n += 1) replyOf(await bench.complete(question));
    expect(server.sockets.everOpened).toBe(1);
  });

  it('is given up if nothing arrives, not even headers', async () => {
    await bench.connect(server.url, { firstTokenTimeoutMs: 1_000 });
    server.respond(hangBeforeHeaders());
    const failure = failureOf(await bench.complete(question));
    expect(failure).toMatchObject({ problem: { code: 'timeout_first_token' }, partial: '' });
    expect(server.chatRequestCount, 'a time-out is not retried').toBe(1);
    await server.waitUntil(() => server.requests.every((request) => request.outcome === 'clientLeft'));
  });

  it('is given up if it stalls, and the part that arrived is kept', async () => {
    await bench.connect(server.url, { idleTimeoutMs: 1_000 });
    server.respond(stallMidStream(3));
    const failure = failureOf(await bench.complete(question));
    expect(failure).toMatchObject({ problem: { code: 'timeout_idle' }, partial: 'The committee met' });
    expect(server.chatRequestCount).toBe(1);
    expect(await bench.records()).toMatchObject([
      { status: 'error', errorCode: 'timeout_idle', replyBody: 'The committee met' },
    ]);
    await server.waitUntil(() => server.sockets.open === 0);
  });

  it('may arrive after the machine has slept, which does not count as waiting', async () => {
    await bench.connect(server.url, { firstTokenTimeoutMs: 1_000 });
    server.respond(hangBeforeHeaders());
    const reply = bench.complete(question);
    await server.waitUntil(() => server.hanging === 1);
    standStill(3_000);
    server.release();
    expect(replyOf(await reply).finishReason).toBe('stop');
    expect(server.chatRequestCount).toBe(1);
  });

  it('is requested again if it was lost while the machine slept', async () => {
    await bench.connect(server.url, { firstTokenTimeoutMs: 1_000 });
    server.respond([hangBeforeHeaders(), text('Awake.')]);
    const reply = bench.complete(question);
    await server.waitUntil(() => server.hanging === 1);
    standStill(3_000);
    expect(replyOf(await reply).text).toBe('Awake.');
    expect(await bench.records()).toMatchObject([
      { status: 'error', errorCode: 'connection_failed', problem: { params: { reason: 'slept' } } },
      { status: 'ok', attempt: 2 },
    ]);
  });

  it('may take longer in total than the idle time', async () => {
    await bench.connect(server.url, { idleTimeoutMs: 1_500, firstTokenTimeoutMs: 1_500 });
    server.respond(slowTokens(faultText, 150));
    const reply = replyOf(await bench.complete(question));
    expect(reply.text).toBe(faultText);
    expect(reply.latencyMs).toBeGreaterThan(1_500);
  });

  it('that is cut off is kept and not requested again', async () => {
    server.respond(cutMidStream(3));
    const failure = failureOf(await bench.complete(question));
    expect(failure).toMatchObject({ problem: { code: 'connection_failed' }, partial: 'The committee met' });
    expect(failure).toHaveProperty(
      'problem.message',
      expect.stringMatching(/broke .* The part that arrived is kept\.$/),
    );
    expect(server.chatRequestCount).toBe(1);
    expect(await bench.records()).toMatchObject([{ status: 'error', replyBody: 'The committee met', attempt: 1 }]);
  });

  it('without a finish reason or [DONE] is incomplete', async () => {
    server.respond(noDone());
    const failure = failureOf(await bench.complete(question));
    expect(failure).toMatchObject({ problem: { code: 'incomplete' }, partial: faultText });
    expect(server.chatRequestCount).toBe(1);
    expect(await bench.records()).toMatchObject([{ status: 'error', errorCode: 'incomplete', finishReason: null }]);
  });

  it('with a broken piece keeps all others, and is incomplete', async () => {
    server.respond(invalidSseJson(2));
    const failure = failureOf(await bench.complete(question));
    expect(failure).toMatchObject({
      problem: { code: 'incomplete', detail: expect.stringContaining('[{"ind') },
      partial: faultText,
    });
    expect(server.chatRequestCount).toBe(1);
  });

  it.each([
    ['broken JSON', invalidJson()],
    ['no choices', emptyChoices()],
    [
      'a page of HTML',
      status(200, { body: '<html><body>Sign in</body></html>', headers: { 'content-type': 'text/html' } }),
    ],
    ['an empty body', status(200, { body: '' })],
  ])('that is %s is not a reply', async (_name, reply) => {
    server.respond(reply);
    expect(failureOf(await bench.complete(question))).toMatchObject({ problem: { code: 'bad_response' }, partial: '' });
    expect(server.chatRequestCount).toBe(1);
  });

  it('held back by a content filter is a refusal', async () => {
    server.respond(contentFilter('The comm'));
    const failure = failureOf(await bench.complete(question));
    expect(failure).toMatchObject({ problem: { code: 'content_refused' }, partial: 'The comm' });
    expect(await bench.records()).toMatchObject([{ status: 'error', finishReason: 'content_filter' }]);
  });

  it('that never ends is cut off at the limit, in bounded memory', async () => {
    server.respond(huge());
    let received = 0;
    const failure = failureOf(await bench.complete(question, { onText: (piece) => (received += piece.length) }));
    expect(failure.problem.code).toBe('response_too_large');
    expect(failure.partial.length).toBe(received);
    expect(received).toBeLessThan(17 * 1024 * 1024);
    await server.waitUntil(() => server.sockets.open === 0);
    expect(server.chatRequests[0]?.bytesSent).toBeLessThan(40 * 1024 * 1024);
  });

  it('of one endless line is cut off without freezing the process', async () => {
    const line = `data: ${'x'.repeat(20 * 1024 * 1024)}`;
    server.respond(status(200, { body: line, headers: { 'content-type': 'text/event-stream' } }));
    const before = cpuMs();
    const failure = failureOf(await bench.complete(question));
    const used = cpuMs() - before;
    expect(failure.problem.code).toBe('response_too_large');
    expect(used).toBeLessThan(4_000);
  });

  it('that is reset before any of it was shown is requested again', async () => {
    server.respond([connectionReset(), text('At last.')]);
    expect(replyOf(await bench.complete(question)).text).toBe('At last.');
    expect(await bench.records()).toMatchObject([
      { attempt: 1, status: 'error', errorCode: 'connection_failed' },
      { attempt: 2, status: 'ok' },
    ]);
  });

  it('can end with an error event', async () => {
    const event = { error: { message: 'You exceeded your current quota.', code: 'insufficient_quota' } };
    server.respond(
      status(200, { body: `data: ${JSON.stringify(event)}\n\n`, headers: { 'content-type': 'text/event-stream' } }),
    );
    const failure = failureOf(await bench.complete(question));
    expect(failure.problem).toMatchObject({
      code: 'quota_exhausted',
      detail: expect.stringContaining('exceeded your current quota'),
    });
    expect(server.chatRequestCount).toBe(1);
  });
});

describe('stopping a streamed reply', () => {
  it('keeps the part that arrived and closes the socket', async () => {
    server.respond(stallMidStream(3));
    const stop = new AbortController();
    let shown = '';
    const onText = (piece: string) => {
      shown += piece;
      if (shown === 'The committee met') stop.abort();
    };
    const failure = failureOf(await bench.complete(question, { signal: stop.signal, onText }));
    expect(failure).toMatchObject({ problem: { code: 'cancelled' }, partial: 'The committee met' });
    await server.waitUntil(() => server.sockets.open === 0);
    expect(await bench.records()).toMatchObject([{ status: 'cancelled', replyBody: 'The committee met' }]);
  });

  it('before it starts sends nothing and records nothing', async () => {
    const failure = failureOf(await bench.complete(question, { signal: AbortSignal.abort() }));
    expect(failure).toMatchObject({ problem: { code: 'cancelled' }, callId: null });
    expect(await bench.records()).toEqual([]);
    expect(server.sockets.everOpened).toBe(0);
  });

  it('while waiting for headers aborts the request', async () => {
    server.respond(hangBeforeHeaders());
    const stop = new AbortController();
    const call = bench.complete(question, { signal: stop.signal });
    await server.waitUntil(() => server.hanging === 1);
    stop.abort();
    expect(failureOf(await call)).toMatchObject({ problem: { code: 'cancelled' }, partial: '' });
    await server.waitUntil(() => server.sockets.open === 0);
    expect(await bench.records()).toMatchObject([{ status: 'cancelled', replyBody: null }]);
  });
});
