import { describe, expect, it, vi } from 'vitest';
import { createLimiter } from '../../src/main/llm/limiter.ts';
import type { RetryWait } from '../../src/shared/call-data.ts';
import { problem } from '../../src/shared/problem.ts';
import { err, ok } from '../../src/shared/result.ts';
import { startModelServer } from '../support/model-server.ts';
import {
  connectionReset,
  contentFilter,
  contextTooLong,
  cutMidStream,
  emptyChoices,
  errorBody,
  hangBeforeHeaders,
  huge,
  invalidJson,
  modelNotFound,
  noDone,
  quotaExhausted,
  type Reply,
  rateLimited,
  rejectsStreamOptions,
  serverError,
  stallMidStream,
  status,
  text,
  unauthorized,
} from '../support/model-server-replies.ts';
import { clockMs } from '../support/model-server-requests.ts';
import { bench, server, setUpGateway } from './gateway-setup.ts';
import { chatCall, failureOf, replyOf } from './workbench.ts';

setUpGateway();

const question = chatCall('How are you?', { maxTokens: 5 });
const prompts = () => server.chatRequests.map((request) => request.prompt);

describe('a call that fails temporarily', () => {
  it('ends after five attempts, also while a batch waits for its host', { timeout: 60_000 }, async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0.01); // Only a wait is reported.
    const closed = await startModelServer();
    await closed.close();
    await bench.connect(closed.url);
    const batch = new AbortController();
    const waiting = ['a', 'b', 'c', 'd', 'e', 'f'].map((subject) =>
      bench.complete(question, { patient: { subject }, signal: batch.signal }),
    );
    const { hold } = bench.gateway.gate(bench.connection, question.model);
    await expect.poll(() => hold()?.confirmed, { timeout: 20_000 }).toBe(true);
    const waits: RetryWait[] = [];
    const message = new AbortController();
    const failure = failureOf(
      await bench.complete(question, {
        signal: message.signal,
        onRetry: (wait) => {
          waits.push(wait);
          if (wait.attempt > wait.attempts) message.abort();
        },
      }),
    );
    expect(waits.map(({ attempt }) => attempt)).toEqual([2, 3, 4, 5]);
    expect(failure.problem.code).toBe('connection_failed');
    batch.abort();
    await Promise.all(waiting);
  });

  it('is retried after server errors, with each attempt on record', async () => {
    server.respond([serverError(500), serverError(502), serverError(503), text('Fine.')]);
    expect(replyOf(await bench.complete(question)).text).toBe('Fine.');
    expect((await bench.records()).map((row) => [row.attempt, row.status, row.errorCode, row.httpStatus])).toEqual([
      [1, 'error', 'server_error', 500],
      [2, 'error', 'server_error', 502],
      [3, 'error', 'server_error', 503],
      [4, 'ok', null, 200],
    ]);
  });

  it('fails after five attempts, with the server id of the last one', async () => {
    server.respond(serverError(503));
    const failure = failureOf(await bench.complete(question));
    expect(failure.problem).toMatchObject({
      code: 'server_error',
      httpStatus: 503,
      requestId: server.chatRequests.at(-1)?.id,
      detail: expect.stringContaining('currently overloaded'),
    });
    expect(server.chatRequestCount).toBe(5);
    expect(failure.callId).toBe((await bench.records()).at(-1)?.id);
  });

  it('waits as long as the server asks', async () => {
    server.respond([rateLimited({ retryAfterSeconds: 0.25 }), text('Fine.')]);
    expect(replyOf(await bench.complete(question)).text).toBe('Fine.');
    const [first, second] = server.chatRequests;
    expect((second?.receivedAt ?? 0) - (first?.closedAt ?? 0)).toBeGreaterThanOrEqual(240);
  });

  it('reports each wait to its caller: why, how long, and which attempt is next', async () => {
    server.respond([rateLimited({ retryAfterSeconds: 0.25 }), rateLimited({ retryAfterSeconds: 0.1 }), text('Fine.')]);
    const waits: RetryWait[] = [];
    const heardAt: number[] = [];
    const onRetry = (wait: RetryWait) => {
      waits.push(wait);
      heardAt.push(clockMs());
    };
    expect(replyOf(await bench.complete(question, { onRetry })).text).toBe('Fine.');
    expect(waits).toMatchObject([
      { attempt: 2, attempts: 5, delayMs: 250, problem: { code: 'rate_limited', httpStatus: 429, retryAfterMs: 250 } },
      { attempt: 3, attempts: 5, delayMs: 100, problem: { code: 'rate_limited', httpStatus: 429, retryAfterMs: 100 } },
    ]);
    // Reported before the wait, not after it.
    for (const [place, at] of heardAt.entries()) {
      expect(at).toBeLessThan(server.chatRequests[place + 1]?.receivedAt ?? 0);
    }
  });

  it('reports no wait if there is none: after dropping a parameter, or when giving up', async () => {
    const waits: RetryWait[] = [];
    const onRetry = (wait: RetryWait) => waits.push(wait);
    server.respond(rejectsStreamOptions());
    replyOf(await bench.complete(chatCall('Hello', { stream: true }), { onRetry }));
    server.respond(rateLimited({ retryAfterSeconds: 600 }));
    failureOf(await bench.complete(question, { onRetry }));
    server.respond(unauthorized());
    failureOf(await bench.complete(question, { onRetry }));
    expect(waits).toEqual([]);
  });

  it('gives its slot to another call while it waits', async () => {
    server.respond([rateLimited({ retryAfterSeconds: 0.2 })]);
    const lanes = createLimiter(1).lanes();
    const [first, second] = await Promise.all([
      bench.complete(chatCall('first'), { lanes }),
      bench.complete(chatCall('second'), { lanes }),
    ]);
    expect([first.ok, second.ok]).toEqual([true, true]);
    expect(prompts()).toEqual(['first', 'second', 'first']);
    expect(server.maxInFlight).toBe(1);
  });

  it('does not wait for a server that asks for minutes', async () => {
    server.respond(rateLimited({ retryAfterSeconds: 600 }));
    const failure = failureOf(await bench.complete(question));
    expect(failure.problem).toMatchObject({ code: 'rate_limited', retryAfterMs: 600_000 });
    expect(failure.problem.message).toContain('10 min');
    expect(server.chatRequestCount).toBe(1);
  });

  it('is retried if nothing answers, then says where nothing answers', async () => {
    await server.close();
    const failure = failureOf(await bench.complete(question));
    expect(failure.problem).toMatchObject({
      code: 'connection_failed',
      message: expect.stringContaining('Nothing answers'),
    });
    expect(await bench.records()).toHaveLength(5);
  });

  it('is retried after a connection reset', async () => {
    server.respond([connectionReset(), connectionReset(), text('Fine.')]);
    expect(replyOf(await bench.complete(question)).text).toBe('Fine.');
  });

  it('stays cancelled if cancelled before its next attempt, and keeps its last row', async () => {
    server.respond(rateLimited({ retryAfterSeconds: 60 }));
    const stop = new AbortController();
    const call = bench.complete(question, { signal: stop.signal });
    await server.waitUntil(() => server.requests[0]?.outcome === 'answered');
    await expect.poll(() => bench.audit.inFlight()).toBe(0);
    stop.abort();
    const failure = failureOf(await call);
    const records = await bench.records();
    expect(failure).toMatchObject({ problem: { code: 'cancelled' }, callId: records[0]?.id });
    expect(records).toMatchObject([{ status: 'error', errorCode: 'rate_limited' }]);
  });
});

describe('a call that will not succeed', () => {
  const cases: readonly (readonly [name: string, reply: Reply, code: string, httpStatus: number | undefined])[] = [
    ['a used-up quota', quotaExhausted(), 'quota_exhausted', 429],
    ['a refused key', unauthorized(), 'unauthorized', 401],
    ['a payment required', status(402), 'quota_exhausted', 402],
    ['a forbidden address', status(403), 'forbidden', 403],
    ['an unknown model', modelNotFound(), 'model_not_found', 404],
    ['an unknown address', status(404, { body: '404 page not found' }), 'not_found', 404],
    ['a text beyond the context', contextTooLong(), 'context_too_long', 400],
    [
      'a policy',
      status(400, {
        body: errorBody('Rejected by the safety system.', 'invalid_request_error', 'content_policy_violation'),
      }),
      'content_refused',
      400,
    ],
    ['a malformed request', status(400), 'bad_request', 400],
    [
      'a body in the shape of FastAPI',
      status(422, { body: { detail: [{ msg: 'extra_forbidden' }] } }),
      'bad_request',
      422,
    ],
    ['no choices', emptyChoices(), 'bad_response', undefined],
    ['broken JSON', invalidJson(), 'bad_response', undefined],
    [
      'a web page',
      status(200, { body: '<html>Sign in</html>', headers: { 'content-type': 'text/html' } }),
      'bad_response',
      undefined,
    ],
    ['a filtered reply', contentFilter('I'), 'content_refused', undefined],
  ];

  it.each(cases)('is sent only once if refused with %s', async (_name, reply, code, httpStatus) => {
    server.respond(reply);
    const failure = failureOf(await bench.complete(question));
    expect(failure.problem).toMatchObject({ code, message: expect.stringMatching(/\w+.*\.$/s) });
    expect(failure.problem.httpStatus).toBe(httpStatus);
    expect(server.chatRequestCount).toBe(1);
    const chats = (await bench.records()).filter(({ kind }) => kind === 'chat');
    expect(chats).toMatchObject([{ status: 'error', errorCode: code, attempt: 1 }]);
  });

  it('keeps what the server said, in any format', async () => {
    server.respond(status(422, { body: { detail: [{ msg: 'extra_forbidden' }] } }));
    expect(failureOf(await bench.complete(question)).problem.detail).toContain('extra_forbidden');
    server.respond(status(400, { body: 'x'.repeat(100_000) }));
    expect(failureOf(await bench.complete(question)).problem.detail).toHaveLength(2_000);
  });

  it('is not called too long because of a rate limit counted in tokens', async () => {
    const body = errorBody('Too many tokens per minute.', 'tokens', 'rate_limit_exceeded');
    server.respond([status(429, { body, retryAfter: 0 })]);
    expect((await bench.complete(question)).ok).toBe(true);
  });

  it('does not follow a redirect', async () => {
    const elsewhere = await startModelServer();
    server.respond(status(307, { headers: { location: `${elsewhere.url}/chat/completions` } }));
    const failure = failureOf(await bench.complete(question));
    expect(failure.problem).toMatchObject({ code: 'bad_response', detail: expect.stringContaining(elsewhere.url) });
    expect(elsewhere.sockets.everOpened).toBe(0);
    await elsewhere.close();
  });

  it('is not sent if the connection has no address or key', async () => {
    await bench.connect(server.url, { endpoint: async () => err(problem('not_configured', { missing: 'address' })) });
    expect(failureOf(await bench.complete(question))).toMatchObject({
      problem: { code: 'not_configured' },
      callId: null,
    });
    expect(await bench.records()).toEqual([]);
    expect(server.sockets.everOpened).toBe(0);
  });

  it('is not sent if no model is chosen', async () => {
    expect(failureOf(await bench.complete({ ...question, model: '' }))).toMatchObject({
      problem: { code: 'not_configured', message: expect.stringContaining('No model is chosen') },
      callId: null,
    });
    expect(server.sockets.everOpened).toBe(0);
  });

  it('is not retried if its key is not a valid header', async () => {
    await bench.connect(server.url, { endpoint: async () => ok({ baseUrl: server.url, apiKey: 'sk-…\n123456' }) });
    const failure = failureOf(await bench.complete(question));
    expect(failure.problem.code).toBe('unexpected');
    expect(await bench.records()).toHaveLength(1);
  });
});

describe('a whole reply', () => {
  it('of 50 MB is cut off at the limit, in bounded memory', async () => {
    server.respond(huge());
    const failure = failureOf(await bench.complete(question));
    expect(failure.problem.code).toBe('response_too_large');
    await server.waitUntil(() => server.sockets.open === 0);
    expect(server.chatRequests[0]?.bytesSent).toBeLessThan(40 * 1024 * 1024);
    expect(server.chatRequestCount).toBe(1);
  });

  it('is given up if it does not arrive or does not end', async () => {
    await bench.connect(server.url, { firstTokenTimeoutMs: 1_000 });
    server.respond([hangBeforeHeaders(), stallMidStream()]);
    expect(failureOf(await bench.complete(question)).problem.code).toBe('timeout_first_token');
    expect(failureOf(await bench.complete(question)).problem.code).toBe('timeout_first_token');
    expect(server.chatRequestCount).toBe(2);
    await server.waitUntil(() => server.sockets.open === 0);
  });

  it('that is cut off is requested again, because none of it was shown', async () => {
    server.respond([cutMidStream(), text('Fine.')]);
    expect(replyOf(await bench.complete(question)).text).toBe('Fine.');
  });

  it('is accepted without a finish reason, which some local servers leave out', async () => {
    server.respond(noDone('Fine.'));
    expect(replyOf(await bench.complete(question))).toMatchObject({ text: 'Fine.', finishReason: null });
  });

  it('without usage leaves the tokens unknown', async () => {
    server.respond(text('Fine.', { usage: null }));
    expect(replyOf(await bench.complete(question)).usage).toBeNull();
    expect(await bench.records()).toMatchObject([{ promptTokens: null, completionTokens: null, totalTokens: null }]);
  });

  it.each([
    ['fractions', { prompt_tokens: 1.5, completion_tokens: 2, total_tokens: 3.5 }, [null, 2, null]],
    ['negative numbers', { prompt_tokens: 1, completion_tokens: -5, total_tokens: 1e300 }, [1, null, null]],
    ['words', { prompt_tokens: 'many', completion_tokens: 2, total_tokens: 3 }, [null, 2, 3]],
    ['a string instead of an object', 'few', [null, null, null]],
  ])('is kept if its token counts are %s', async (_name, usage, tokens) => {
    const choices = [{ index: 0, message: { role: 'assistant', content: 'Fine.' }, finish_reason: 'stop' }];
    server.respond(status(200, { body: { choices, usage } }));
    expect(replyOf(await bench.complete(question)).text).toBe('Fine.');
    const [record] = await bench.records();
    expect(record).toMatchObject({ status: 'ok', replyBody: 'Fine.' });
    expect([record?.promptTokens, record?.completionTokens, record?.totalTokens]).toEqual(tokens);
  });

  it('is kept if it comes in parts, without the parts that are not text', async () => {
    const content = [
      { type: 'thinking', thinking: 'Hm.' },
      { type: 'text', text: 'Fine' },
      { type: 'text', text: '.' },
    ];
    const choices = [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }];
    server.respond(status(200, { body: { choices } }));
    expect(replyOf(await bench.complete(question)).text).toBe('Fine.');
  });

  it('leaves its socket open for the next one, even after errors', async () => {
    server.respond([
      serverError(500),
      unauthorized(),
      modelNotFound(),
      emptyChoices(),
      status(204, { body: '' }),
      invalidJson(),
    ]);
    for (let n = 0; n < 7; n += 1) await bench.complete(question);
    expect(server.chatRequestCount).toBeGreaterThanOrEqual(7);
    expect(server.sockets.everOpened).toBe(1);
  });
});

describe('a model that the server does not know', () => {
  it('is met with the nearest of those that it lists', async () => {
    server.respond(modelNotFound('gpt-4o-minii'));
    const { problem } = failureOf(await bench.complete({ ...question, model: 'gpt-4o-minii' }));
    expect(problem).toMatchObject({ params: { model: 'gpt-4o-minii', nearest: ['gpt-4o-mini', 'gpt-4o'], listed: 2 } });
    expect(problem.message).toContain('It lists gpt-4o-mini, gpt-4o.');
  });

  it('is named alone where the server has no list', async () => {
    server.respond(modelNotFound('gpt-9'));
    server.respondToModels(status(404));
    const { problem } = failureOf(await bench.complete({ ...question, model: 'gpt-9' }));
    expect(problem).toMatchObject({ code: 'model_not_found', params: { nearest: [], listed: 0 } });
    expect(problem.message).toMatch(/does not know the model gpt-9, or the key is not allowed to use it\. Choose/);
  });
});

describe('a server that refuses a parameter', () => {
  const bodies = () => server.chatRequests.map((request) => request.body);

  it('is asked without stream_options from then on', async () => {
    server.respond(rejectsStreamOptions());
    const call = chatCall('Hello', { stream: true });
    expect(replyOf(await bench.complete(call)).usage).toBeNull();
    replyOf(await bench.complete(call));
    expect(bodies().map((body) => body.stream_options !== undefined)).toEqual([true, false, false]);
    expect((await bench.records()).map((row) => row.status)).toEqual(['error', 'ok', 'ok']);
  });

  it('is asked with max_completion_tokens and without temperature, for that model only', async () => {
    const refuse = (name: string) => {
      const message = `Unsupported parameter: '${name}' is not supported with this model.`;
      return status(400, { body: errorBody(message, 'invalid_request_error', 'unsupported_parameter', name) });
    };
    server.respond((request) => {
      if (request.body.model !== 'strict') return undefined;
      if (request.body.max_tokens != null) return refuse('max_tokens');
      return request.body.temperature == null ? undefined : refuse('temperature');
    });
    replyOf(await bench.complete({ ...question, model: 'strict' }));
    replyOf(await bench.complete({ ...question, model: 'strict' }));
    replyOf(await bench.complete(question));
    expect(bodies().map((body) => [body.max_tokens, body.max_completion_tokens, body.temperature])).toEqual([
      [5, undefined, 0],
      [undefined, 5, 0],
      [undefined, 5, undefined],
      [undefined, 5, undefined],
      [5, undefined, 0],
    ]);
  });

  it('fails the call if it refuses what was not sent', async () => {
    server.respond(status(400, { body: errorBody('stream_options is not allowed', 'invalid_request_error', null) }));
    expect(failureOf(await bench.complete(question)).problem.code).toBe('bad_request');
    expect(server.chatRequestCount).toBe(1);
  });
});
