/** Streams as proxies and small servers send them: complete ones are accepted, and incomplete ones are reported. */
import { describe, expect, it } from 'vitest';
import { problemSentence } from '../../src/shared/problem-words.ts';
import { bytes, status } from '../support/model-server-replies.ts';
import { bench, server, setUpGateway } from './gateway-setup.ts';
import { chatCall, failureOf, replyOf } from './workbench.ts';

setUpGateway();

const question = chatCall('What did the committee decide?', { stream: true });

function piece(content: string, finish_reason: unknown = null, more: object = {}): string {
  return `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason }], ...more })}\n\n`;
}

function thoughts(reasoning_content: string, finish_reason: string | null = null): string {
  return `data: ${JSON.stringify({ choices: [{ index: 0, delta: { reasoning_content }, finish_reason }] })}\n\n`;
}

const DONE = 'data: [DONE]\n\n';

describe('a streamed reply is complete', () => {
  it.each([
    ['empty data between its pieces', [piece('Fi'), 'data:\n\n', piece('ne.', 'stop'), DONE]],
    ['a bare event between its pieces', [piece('Fi'), 'event: ping\n\n', piece('ne.', 'stop'), DONE]],
    ['a bare event after its last piece', [piece('Fine.', 'stop'), 'event: ping\n\n']],
    ['comments', [': PROCESSING\n\n', piece('Fi'), ': PROCESSING\n\n', piece('ne.', 'stop'), DONE]],
    ['null for a piece', [piece('Fi'), 'data: null\n\n', piece('ne.', 'stop'), DONE]],
    ['an end marker with a trailing space and no finish reason', [piece('Fine.'), 'data: [DONE] \n\n']],
    ['a broken piece after its end', [piece('Fine.', 'stop'), 'data: {"usage":{"pro\n\n', DONE]],
    ['a number for a model', [piece('Fine.', 'stop', { model: 7 }), DONE]],
    ['odd values in every optional field', [piece('Fine.', 'stop', { usage: 'few', docket: 3, id: [] }), DONE]],
    [
      'no index',
      [`data: ${JSON.stringify({ choices: [{ delta: { content: 'Fine.' }, finish_reason: 'stop' }] })}\n\n`],
    ],
    ['null among its choices', [`data: {"choices":[null]}\n\n`, piece('Fine.', 'stop'), DONE]],
    ['no line end after its end marker', [piece('Fine.'), 'data: [DONE]']],
    ['its finish reason in capitals', [piece('Fine.', 'STOP')]],
    [
      'messages for deltas',
      [`data: ${JSON.stringify({ choices: [{ message: { content: 'Fine.' }, finish_reason: 'stop' }] })}\n\n`],
    ],
    ['its finish reason sent with its reasoning', [thoughts('Hm.', 'stop'), piece('Fi'), piece('ne.', 'stop')]],
    ['two ends', [piece('Fine.', 'stop'), piece('', 'stop'), DONE]],
    [
      'null for role and content at first',
      [`data: {"choices":[{"delta":{"role":null,"content":null}}]}\n\n`, piece('Fine.', 'stop')],
    ],
    ['null for a delta', [piece('Fine.', 'stop'), 'data: {"choices":[{"delta":null}]}\n\n', DONE]],
    ['null for choices beside the usage', [piece('Fine.', 'stop'), 'data: {"choices":null,"usage":{}}\n\n', DONE]],
    ['an empty finish reason after the real one', [piece('Fine.', 'stop'), piece('', ''), piece('', 'null')]],
  ])('with %s', async (_what, parts) => {
    server.respond(bytes(parts));
    expect(replyOf(await bench.complete(question)).text).toBe('Fine.');
    expect(server.chatRequestCount).toBe(1);
  });

  it('with words between its pieces, which the history shows', async () => {
    server.respond(bytes([piece('Fi'), 'data: keep-alive\n\n', piece('ne.', 'stop'), DONE]));
    expect(replyOf(await bench.complete(question)).text).toBe('Fine.');
    expect(await bench.records()).toMatchObject([{ status: 'ok', note: expect.stringContaining('keep-alive') }]);
  });

  it('as labelled JSON lines', async () => {
    const lines = [piece('Fi'), piece('ne.', 'stop')].map((text) => text.replace('data: ', '').trim());
    server.respond(status(200, { body: lines.join('\n'), headers: { 'content-type': 'application/x-ndjson' } }));
    expect(replyOf(await bench.complete(question)).text).toBe('Fine.');
  });
});

describe('a streamed reply whose finish reason came alone is complete', () => {
  const all = [piece('Fine.'), piece('', 'stop')];

  it('if the connection breaks after it', async () => {
    server.respond(bytes(all, { ending: 'cut' }));
    expect(replyOf(await bench.complete(question)).text).toBe('Fine.');
  });

  it('if the connection is never closed', async () => {
    await bench.connect(server.url, { idleTimeoutMs: 300 });
    server.respond(bytes(all, { ending: 'hang' }));
    expect(replyOf(await bench.complete(question)).text).toBe('Fine.');
  });

  it('but not if it came with reasoning', async () => {
    server.respond(bytes([thoughts('Hm.', 'stop'), piece('Fi')], { ending: 'cut' }));
    expect(failureOf(await bench.complete(question)).problem.code).toBe('connection_failed');
  });

  it('but not if every piece has that reason', async () => {
    server.respond(bytes([piece('Fi', 'stop')], { ending: 'cut' }));
    expect(failureOf(await bench.complete(question))).toMatchObject({
      problem: { code: 'connection_failed' },
      partial: 'Fi',
    });
  });
});

describe('a streamed reply is incomplete', () => {
  it.each([
    ['an empty finish reason in each piece and no end marker', [piece('Fi', ''), piece('ne.', '')], ''],
    ['"null" as a finish reason and no end marker', [piece('Fine.', 'null')], ''],
    ['a space as a finish reason and no end marker', [piece('Fine.', ' ')], ''],
    ['a finish reason before its last words', [piece('Fi', 'stop'), piece('ne.')], ''],
    ['no resources left', [piece('Fine.', 'insufficient_system_resource'), DONE], 'insufficient_system_resource'],
    ['a failure of the network behind the server', [piece('Fine.', 'network_error'), DONE], 'network_error'],
    ['an abort', [piece('Fine.', 'abort'), DONE], 'abort'],
    ['an unknown finish reason', [piece('Fine.', 'moonrise'), DONE], 'moonrise'],
    ['a tool call', [piece('Fine.', 'tool_calls'), DONE], 'tool_calls'],
    ['a broken piece', [piece('Fi'), 'data: {"choices":[{"del\n\n', piece('ne.', 'stop'), DONE], '{"choices":[{"del'],
    ['a web page from a proxy instead of the rest', [piece('Fine.'), '<html>504 Gateway Time-out</html>\n'], '504'],
  ])('with %s', async (_what, parts, detail) => {
    server.respond(bytes(parts));
    const failure = failureOf(await bench.complete(question));
    expect(failure).toMatchObject({ problem: { code: 'incomplete' }, partial: 'Fine.' });
    expect(failure.problem.detail ?? '').toContain(detail);
    expect(server.chatRequestCount, 'what was shown is not asked for again').toBe(1);
  });

  it.each(['SAFETY', 'RECITATION', 'refusal'])('if it was held back: %s', async (reason) => {
    server.respond(bytes([piece('Fi', reason), DONE]));
    expect(failureOf(await bench.complete(question))).toMatchObject({
      problem: { code: 'content_refused', detail: expect.stringContaining(reason) },
      partial: 'Fi',
    });
  });

  it.each([
    [
      'of the choice',
      { error: { code: 502, message: 'Upstream reset.' }, finish_reason: 'error', delta: { content: '' } },
    ],
    ['of the choice, in words', { error: 'Upstream reset.', delta: {} }],
  ])('if the server reports an error %s', async (_where, choice) => {
    server.respond(bytes([piece('Fi'), `data: ${JSON.stringify({ choices: [choice] })}\n\n`, DONE]));
    const failure = failureOf(await bench.complete(question));
    expect(failure).toMatchObject({
      problem: { code: 'server_error', detail: expect.stringContaining('Upstream reset.') },
      partial: 'Fi',
    });
  });

  it.each([
    ['as an event by that name', 'event: error\ndata: {"message":"Slot lost."}\n\n'],
    ['as an event by that name, in words', 'event: error\ndata: Slot lost.\n\n'],
    ['as a field', 'error: {"code":500,"message":"Slot lost."}\n\n'],
    ['as a line', '{"error":"Slot lost."}\n'],
    ['as a piece', 'data: {"error":"Slot lost.","error_type":"generation"}\n\n'],
  ])('if the server reports an error %s', async (_how, event) => {
    server.respond(bytes([piece('Fi'), event]));
    expect(failureOf(await bench.complete(question))).toMatchObject({
      problem: { code: 'server_error', detail: expect.stringContaining('Slot lost.') },
      partial: 'Fi',
    });
  });
});

describe('an empty reply', () => {
  it.each(['insufficient_system_resource', 'network_error', 'error', 'load'])(
    'with %s is requested again',
    async (reason) => {
      server.respond([bytes([piece('', reason), DONE]), bytes([piece('Fine.', 'stop'), DONE])]);
      expect(replyOf(await bench.complete(question)).text).toBe('Fine.');
      expect(await bench.records()).toMatchObject([
        {
          status: 'error',
          errorCode: 'server_error',
          finishReason: reason,
          problem: { detail: expect.stringContaining(reason) },
        },
        { status: 'ok' },
      ]);
    },
  );

  it('with an error inside a complete choice is requested again', async () => {
    const choices = [{ error: { code: 502, message: 'Bad gateway.' }, message: { content: '' } }];
    server.respond([status(200, { body: { choices } })]);
    replyOf(await bench.complete({ ...question, stream: false }));
    expect(await bench.records()).toMatchObject([
      { errorCode: 'server_error', problem: { detail: expect.stringContaining('Bad gateway.') } },
      { status: 'ok' },
    ]);
  });
});

describe('a server that sends signs of life', () => {
  const times = { firstTokenTimeoutMs: 300, idleTimeoutMs: 300 };
  const comments = (count: number) => Array.from({ length: count }, () => ': OPENROUTER PROCESSING\n\n');

  it('is waited for beyond the time-out for the first words', async () => {
    await bench.connect(server.url, times);
    server.respond(bytes([...comments(10), piece('Fine.', 'stop'), DONE], { everyMs: 100 }));
    expect(replyOf(await bench.complete(question)).text).toBe('Fine.');
  });

  it('is waited for within a reply, too', async () => {
    await bench.connect(server.url, times);
    server.respond(bytes([piece('Fi'), ...comments(10), piece('ne.', 'stop'), DONE], { everyMs: 100 }));
    expect(replyOf(await bench.complete(question)).text).toBe('Fine.');
  });

  it('is waited for if it fills a whole reply with white space', async () => {
    await bench.connect(server.url, times);
    const body = JSON.stringify({ choices: [{ message: { content: 'Fine.' }, finish_reason: 'stop' }] });
    const blanks = Array.from({ length: 10 }, () => '\n');
    server.respond(bytes([...blanks, body], { everyMs: 100, headers: { 'content-type': 'application/json' } }));
    expect(replyOf(await bench.complete({ ...question, stream: false })).text).toBe('Fine.');
  });

  it('is not waited for forever, and the cause is reported correctly', async () => {
    await bench.connect(server.url, { firstTokenTimeoutMs: 200, idleTimeoutMs: 200 });
    server.respond(bytes(comments(100), { everyMs: 50 }));
    const { problem } = failureOf(await bench.complete(question));
    expect(problem).toMatchObject({ code: 'timeout_first_token', params: { waitedMs: 2_000, wasAlive: true } });
    expect(problemSentence(problem)).toContain('kept the connection alive for 2 s but wrote nothing');
  });

  it('is not waited for forever in the middle of a reply either', async () => {
    await bench.connect(server.url, { firstTokenTimeoutMs: 200, idleTimeoutMs: 200 });
    server.respond(bytes([piece('Fi'), ...comments(100)], { everyMs: 50 }));
    const failure = failureOf(await bench.complete(question));
    expect(failure).toMatchObject({ problem: { code: 'timeout_idle' }, partial: 'Fi' });
    expect(problemSentence(failure.problem)).toContain('for 2 s it kept the connection alive');
  });

  it('has not started its reply with a piece that only names its role', async () => {
    await bench.connect(server.url, { firstTokenTimeoutMs: 3_000, idleTimeoutMs: 200 });
    const role = `data: ${JSON.stringify({ choices: [{ index: 0, delta: { role: 'assistant', content: '' } }] })}\n\n`;
    server.respond(bytes([role, piece('Fine.', 'stop') + DONE], { everyMs: 600 }));
    expect(replyOf(await bench.complete(question)).text).toBe('Fine.');
  });

  it('has started it when reasoning arrives', async () => {
    await bench.connect(server.url, { firstTokenTimeoutMs: 5_000, idleTimeoutMs: 200 });
    const thought = `data: ${JSON.stringify({ choices: [{ delta: { reasoning_content: 'Hm.' } }] })}\n\n`;
    server.respond(bytes([thought], { ending: 'hang' }));
    expect(failureOf(await bench.complete(question)).problem.code).toBe('timeout_idle');
  });
});
