/** Turns a reply into bytes on a response: JSON or server-sent events, as the request asks. */
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { answerPrompt, countTokens } from './model-server-prompts.ts';
import {
  errorBody,
  type FinishReason,
  type HugeReply,
  type Reply,
  type TextReply,
  type Usage,
} from './model-server-replies.ts';
import type { RecordedRequest } from './model-server-requests.ts';

/** What text replies do when they do not say. */
export interface ReplyDefaults {
  readonly latencyMs: number;
  readonly delayBetweenChunksMs: number;
  readonly chunks: number | undefined;
}

/** One request and the response it is owed. */
export interface Exchange {
  readonly request: RecordedRequest;
  readonly response: ServerResponse;
  readonly defaults: ReplyDefaults;
  /** Aborted as soon as the response is closed, by whichever side. */
  readonly closed: AbortSignal;
  /** Resolves when the test releases what hangs, or when the response is closed. */
  hang(): Promise<void>;
  /** Breaks the connection off: in good order for TCP, or with a reset. */
  cut(how: 'destroy' | 'reset'): void;
}

/** Writes the reply to its end, or until the response is closed. */
export async function writeReply(reply: Reply, exchange: Exchange): Promise<void> {
  const { request, response, closed } = exchange;
  switch (reply.kind) {
    case 'prompted': {
      const { max_completion_tokens, max_tokens } = request.body;
      const answer = answerPrompt(request.prompt, max_completion_tokens ?? max_tokens ?? undefined);
      return writeText({ kind: 'text', ending: 'complete', afterChunks: 0, ...answer, ...reply.options }, exchange);
    }
    case 'text':
      return writeText(reply, exchange);
    case 'huge':
      return writeHuge(reply, exchange);
    case 'bytes':
      return writeBytes(reply, exchange);
    case 'emptyChoices':
      return writeEmptyChoices(exchange);
    case 'status': {
      await wait(reply.latencyMs ?? 0, closed);
      const body = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body);
      response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
      await write(response, body);
      return end(response);
    }
    case 'rejectsStreamOptions': {
      if (request.body.stream_options == null) return writeReply(reply.otherwise, exchange);
      const message = 'Unrecognized request argument supplied: stream_options';
      const body = errorBody(message, 'invalid_request_error', null, 'stream_options');
      return writeReply({ kind: 'status', status: 400, headers: {}, body }, exchange);
    }
    case 'hang':
      await exchange.hang();
      return writeReply({ kind: 'prompted', options: {} }, exchange);
    case 'reset':
      return exchange.cut('reset');
    default: {
      const unknown: never = reply;
      throw new Error(`no such reply: ${JSON.stringify(unknown)}`);
    }
  }
}

async function writeText(reply: TextReply, exchange: Exchange): Promise<void> {
  await wait(reply.latencyMs ?? exchange.defaults.latencyMs, exchange.closed);
  return exchange.request.body.stream === true ? streamText(reply, exchange) : sendText(reply, exchange);
}

async function sendText(reply: TextReply, exchange: Exchange): Promise<void> {
  const { request, response } = exchange;
  const finishReason = reply.ending === 'noDone' ? null : (reply.finishReason ?? 'stop');
  const message = { role: 'assistant', content: reply.content, refusal: null };
  const body = JSON.stringify({
    ...envelope(request, 'chat.completion', reply.model),
    choices: [{ index: 0, message, logprobs: null, finish_reason: finishReason }],
    ...(reply.usage === null ? {} : { usage: reply.usage ?? countUsage(request, reply.content) }),
  });
  const half = body.slice(0, body.length / 2);
  const sent = reply.ending === 'badJson' ? half : body;
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(sent) });
  if (reply.ending === 'stall' || reply.ending === 'cut') {
    await flush(response, half);
    if (reply.ending === 'cut') return exchange.cut('destroy');
    await exchange.hang();
    await write(response, body.slice(half.length));
  } else {
    await write(response, sent);
  }
  return end(response);
}

async function streamText(reply: TextReply, exchange: Exchange): Promise<void> {
  const { response, defaults, closed } = exchange;
  const stream = openStream(reply, exchange);
  const chunks = splitContent(reply.content, reply.chunks ?? defaults.chunks);
  const goodChunks = reply.ending === 'complete' || reply.ending === 'noDone' ? chunks.length : reply.afterChunks;
  const send = async (part: readonly string[], isFirst: boolean) => {
    for (const [index, content] of part.entries()) {
      if (index > 0 || !isFirst) await wait(reply.delayBetweenChunksMs ?? defaults.delayBetweenChunksMs, closed);
      if (closed.aborted) return;
      await write(response, stream.delta({ content }));
    }
  };
  await flush(response, stream.delta({ role: 'assistant', content: '' }));
  await send(chunks.slice(0, goodChunks), true);
  if (reply.ending === 'cut') {
    await flush(response, '');
    return exchange.cut('destroy');
  }
  if (reply.ending === 'badJson') await write(response, 'data: {"id":"chatcmpl-1","choices":[{"ind\n\n');
  if (reply.ending === 'stall') await exchange.hang();
  await send(chunks.slice(goodChunks), false);
  if (reply.ending !== 'noDone') await stream.finish(reply.finishReason ?? 'stop', reply.content);
  return end(response);
}

async function writeBytes(reply: Extract<Reply, { kind: 'bytes' }>, exchange: Exchange): Promise<void> {
  const { response, closed } = exchange;
  response.writeHead(200, reply.headers);
  for (const [index, part] of reply.parts.entries()) {
    if (index > 0) await wait(reply.everyMs, closed);
    if (closed.aborted) return;
    await flush(response, part);
  }
  if (reply.ending === 'cut') return exchange.cut('destroy');
  if (reply.ending === 'hang') await exchange.hang();
  return end(response);
}

async function writeEmptyChoices(exchange: Exchange): Promise<void> {
  const { request, response, defaults, closed } = exchange;
  await wait(defaults.latencyMs, closed);
  if (request.body.stream === true) {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    await write(response, frame({ ...envelope(request, 'chat.completion.chunk'), choices: [] }));
    await write(response, 'data: [DONE]\n\n');
  } else {
    response.writeHead(200, { 'content-type': 'application/json' });
    await write(response, JSON.stringify({ ...envelope(request, 'chat.completion'), choices: [] }));
  }
  return end(response);
}

const hugeLine = 'Nothing in this reply is worth reading; it is only long. ';
const hugePiece = hugeLine.repeat(Math.floor(65_536 / hugeLine.length));

async function writeHuge(reply: HugeReply, exchange: Exchange): Promise<void> {
  const { request, response, defaults, closed } = exchange;
  await wait(defaults.latencyMs, closed);
  const usage = {
    prompt_tokens: 1,
    completion_tokens: Math.ceil(reply.bytes / 4),
    total_tokens: 1 + Math.ceil(reply.bytes / 4),
  };
  const stream = request.body.stream === true ? openStream({ usage }, exchange) : undefined;
  const [before, after] = JSON.stringify({
    ...envelope(request, 'chat.completion'),
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: '\u0000', refusal: null },
        logprobs: null,
        finish_reason: 'stop',
      },
    ],
    usage,
  }).split('\\u0000');
  if (stream === undefined) {
    response.writeHead(200, { 'content-type': 'application/json' });
    await write(response, before ?? '');
  }
  for (let left = reply.bytes; left > 0 && !closed.aborted; left -= hugePiece.length) {
    const content = hugePiece.slice(0, left);
    await write(response, stream === undefined ? content : stream.delta({ content }));
  }
  if (stream === undefined) await write(response, after ?? '');
  else await stream.finish('stop', '');
  return end(response);
}

interface EventStream {
  delta(delta: Readonly<Record<string, string>>): string;
  /** Writes finish reason, usage if the request asks for it, and `[DONE]`. */
  finish(reason: FinishReason, content: string): Promise<void>;
}

function openStream(
  reply: { readonly usage?: Usage | null; readonly model?: string },
  exchange: Exchange,
): EventStream {
  const { request, response } = exchange;
  const head = envelope(request, 'chat.completion.chunk', reply.model);
  const wantsUsage = request.body.stream_options?.include_usage === true && reply.usage !== null;
  const pendingUsage = wantsUsage ? { usage: null } : {};
  const choose = (delta: Readonly<Record<string, string>>, finish_reason: FinishReason | null) =>
    frame({ ...head, choices: [{ index: 0, delta, logprobs: null, finish_reason }], ...pendingUsage });
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' });
  return {
    delta: (delta) => choose(delta, null),
    async finish(reason, content) {
      await write(response, choose({}, reason));
      if (wantsUsage)
        await write(response, frame({ ...head, choices: [], usage: reply.usage ?? countUsage(request, content) }));
      await write(response, 'data: [DONE]\n\n');
    },
  };
}

function envelope(request: RecordedRequest, object: string, model = request.body.model) {
  return {
    id: `chatcmpl-${request.id}`,
    object,
    created: Math.floor(request.receivedAt / 1000),
    model,
    system_fingerprint: 'fp_test',
  };
}

function countUsage(request: RecordedRequest, content: string): Usage {
  const prompt_tokens = countTokens(JSON.stringify(request.body.messages ?? []));
  const completion_tokens = countTokens(content);
  return { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens };
}

/** Cuts a text into deltas that together are the text: the given ones, a number of equal ones, or words. */
function splitContent(content: string, chunks: number | readonly string[] | undefined): readonly string[] {
  if (Array.isArray(chunks)) return chunks;
  if (typeof chunks !== 'number') return content.match(/\s*\S+\s*$|\s*\S+/g) ?? [];
  const characters = Array.from(content);
  const size = Math.max(1, Math.ceil(characters.length / Math.max(1, chunks)));
  const parts: string[] = [];
  for (let start = 0; start < characters.length; start += size)
    parts.push(characters.slice(start, start + size).join(''));
  return parts;
}

function frame(data: unknown): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}

/** Writes, and waits while the client is behind. Does nothing on a closed response. */
async function write(response: ServerResponse, data: string): Promise<void> {
  if (response.destroyed || response.write(data)) return;
  const settled = new AbortController();
  const { signal } = settled;
  await Promise.race([once(response, 'drain', { signal }), once(response, 'close', { signal })]);
  settled.abort();
}

/** Writes, and waits until the bytes are with the operating system. */
async function flush(response: ServerResponse, data: string): Promise<void> {
  if (response.destroyed) return;
  response.flushHeaders();
  await new Promise<void>((resolve) => {
    response.once('close', resolve);
    response.write(data, () => {
      response.off('close', resolve);
      resolve();
    });
  });
}

function end(response: ServerResponse): void {
  if (!response.destroyed) response.end();
}

async function wait(ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0 || signal.aborted) return;
  await delay(ms, undefined, { signal }).catch((cause: unknown) => {
    if (!signal.aborted) throw cause;
  });
}
