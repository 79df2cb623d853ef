/** Replies that differ from those of OpenAI but occur in practice: from proxies, small servers and newer models. */
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Reply, status } from '../support/model-server-replies.ts';
import { bench, server, setUpGateway } from './gateway-setup.ts';
import { chatCall, failureOf, replyOf, testKey } from './workbench.ts';

setUpGateway();

const whole = chatCall('What did the committee decide?', { maxTokens: 5 });
const streamed = { ...whole, stream: true };

function completion(message: object, finishReason: string | null = 'stop'): object {
  return {
    choices: [{ index: 0, message: { role: 'assistant', content: null, ...message }, finish_reason: finishReason }],
  };
}

function events(...chunks: readonly object[]): Reply {
  const body = chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('');
  return status(200, { body: `${body}data: [DONE]\n\n`, headers: { 'content-type': 'text/event-stream' } });
}

const emptyJson = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}';

/** A server that answers every request with these exact bytes, and how many requests it received. */
async function answeringAlways(bytes: string): Promise<[baseUrl: string, requests: () => number]> {
  let requests = 0;
  const other = createServer((socket) => {
    requests += 1;
    socket.on('error', () => {}); // A client that does not understand the answer hangs up.
    socket.once('data', () => socket.end(bytes));
  });
  await once(other.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void other.close());
  return [`http://127.0.0.1:${(other.address() as AddressInfo).port}/v1`, () => requests];
}

function delta(of: object, finishReason: string | null = null, index = 0): object {
  return { choices: [{ index, delta: of, finish_reason: finishReason }] };
}

describe('a reply is read', () => {
  it('as JSON although a stream was requested', async () => {
    server.respond(status(200, { body: completion({ content: 'Fine.' }) }));
    let shown = '';
    const reply = replyOf(await bench.complete(streamed, { onText: (text) => (shown += text) }));
    expect([reply.text, reply.finishReason, shown]).toEqual(['Fine.', 'stop', 'Fine.']);
  });

  it('as JSON without a finish reason, as when no stream was requested', async () => {
    server.respond(status(200, { body: completion({ content: 'Fine.' }, null) }));
    expect(replyOf(await bench.complete(streamed)).text).toBe('Fine.');
  });

  it('as a stream without a finish reason that announces its end', async () => {
    server.respond(events(delta({ content: 'Fi' }), delta({ content: 'ne.' })));
    expect(replyOf(await bench.complete(streamed)).text).toBe('Fine.');
  });

  it('as incomplete if the stream broke off, even if its text contains an end marker', async () => {
    const content = 'It ends with\n\ndata: [DONE]\n\nand';
    server.respond({ kind: 'text', content, ending: 'noDone', afterChunks: 0 });
    expect(failureOf(await bench.complete(streamed))).toMatchObject({
      problem: { code: 'incomplete' },
      partial: content,
    });
  });

  it('as JSON labelled as text', async () => {
    const body = JSON.stringify(completion({ content: 'Fine.' }));
    server.respond(status(200, { body, headers: { 'content-type': 'text/plain' } }));
    expect(replyOf(await bench.complete(whole)).text).toBe('Fine.');
  });

  it('as JSON that the server has parsed', async () => {
    const answer = { law: { answer: 'German law' } };
    server.respond(status(200, { body: completion({ content: answer }) }));
    expect(JSON.parse(replyOf(await bench.complete(whole)).text)).toEqual(answer);
  });

  it('as events labelled as text', async () => {
    const body = `data: ${JSON.stringify(delta({ content: 'Fine.' }, 'stop'))}\n\ndata: [DONE]\n\n`;
    server.respond(status(200, { body, headers: { 'content-type': 'text/plain' } }));
    expect(replyOf(await bench.complete(streamed)).text).toBe('Fine.');
  });

  it('without the pieces of a second reply', async () => {
    server.respond(
      events(delta({ content: 'Fi' }), delta({ content: 'Bad' }, 'stop', 1), delta({ content: 'ne.' }, 'stop')),
    );
    expect(replyOf(await bench.complete(streamed)).text).toBe('Fine.');
  });
});

describe('a reply is rejected', () => {
  it.each([
    ['whole', whole, status(200, { body: completion({ refusal: 'I cannot help with that.' }) })],
    [
      'streamed',
      streamed,
      events(delta({ refusal: 'I cannot ' }), delta({ refusal: 'help with that.' }), delta({}, 'stop')),
    ],
  ])('when the model refuses, %s', async (_way, call, reply) => {
    server.respond(reply);
    expect(failureOf(await bench.complete(call)).problem).toMatchObject({
      code: 'content_refused',
      detail: 'I cannot help with that.',
    });
    expect(server.chatRequestCount).toBe(1);
  });

  it('when the model refuses and repeats the key, which is not kept', async () => {
    const pieces = [...testKey].map((refusal) => delta({ refusal }));
    server.respond(events(...pieces, delta({}, 'stop')));
    expect(failureOf(await bench.complete(streamed)).problem.detail).not.toContain(testKey);
  });

  it.each([
    ['used up its tokens', completion({ content: '' }, 'length'), /the 5 tokens .* reasoning models/],
    ['asked for a tool', completion({ tool_calls: [] }, 'tool_calls'), /tool/],
  ])('when the model %s', async (_what, body, sentence) => {
    server.respond(status(200, { body }));
    expect(failureOf(await bench.complete(whole)).problem).toMatchObject({
      code: 'bad_response',
      message: expect.stringMatching(sentence),
    });
  });

  it('but proves the connection if a connection test has used up its tokens', async () => {
    server.respond(status(200, { body: completion({ content: '' }, 'length') }));
    expect((await bench.complete({ ...whole, task: 'test' })).ok).toBe(true);
  });

  it.each([
    ['whole', whole],
    ['streamed', streamed],
  ])('when it is an error with a 2xx status, %s, which is handled like any other', async (_way, call) => {
    const error = { message: 'Too many requests upstream.', code: 429 };
    server.respond([status(200, { body: { error } }), status(200, { body: { error: 'overloaded' } })]);
    expect((await bench.complete(call)).ok).toBe(true);
    expect(await bench.records()).toMatchObject([
      { errorCode: 'rate_limited', problem: { detail: 'Too many requests upstream.\ncode: 429' } },
      { errorCode: 'server_error', problem: { detail: 'overloaded' } },
      { status: 'ok' },
    ]);
  });

  it.each([
    ['whole', whole],
    ['streamed', streamed],
  ])('when it is a web page, whose beginning is kept, %s', async (_way, call) => {
    const page = '<html>Sign in to the guest network</html>';
    server.respond(status(200, { body: page, headers: { 'content-type': 'text/html' } }));
    expect(failureOf(await bench.complete(call)).problem).toMatchObject({ code: 'bad_response', detail: page });
  });

  it.each([
    ['does not speak HTTP', 'SSH-2.0-OpenSSH_9.2\r\n', 'does not speak HTTP'],
    ['sends an interim response that was not requested', `HTTP/1.1 100 Continue\r\n\r\n${emptyJson}`, '100 Continue'],
    [
      'changes the protocol',
      'HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n',
      '101 Switching Protocols',
    ],
    [
      'has too many headers',
      `HTTP/1.1 200 OK\r\nx-policy: ${'a'.repeat(20_000)}\r\n\r\n`,
      'more than 16 KB of response headers',
    ],
    ['gives two lengths', emptyJson.replace('\r\n', '\r\ncontent-length: 2\r\n'), 'does not match what it announced'],
  ])('when the server %s, and the request is not repeated', async (_what, answer, sentence) => {
    const [address, requests] = await answeringAlways(answer);
    await bench.connect(address);
    const { problem } = failureOf(await bench.complete(whole));
    expect(problem).toMatchObject({ code: 'bad_response', message: expect.stringContaining(sentence) });
    expect(requests()).toBe(1);
  });

  it('when it has no content', async () => {
    server.respond(status(204, { body: '' }));
    expect(failureOf(await bench.complete(streamed)).problem.code).toBe('bad_response');
  });
});
