import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { BUILTIN_MODEL } from './chat-request.ts';
import type { JobResult } from './job.ts';

/**
 * The reply in the format of OpenAI's chat completions. `usage` is left out even if requested: the engine has no
 * tokens, and a zero would be a wrong number.
 */
export function sendCompletion(response: ServerResponse, result: JobResult): void {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
  response.end(
    JSON.stringify({
      ...head('chat.completion'),
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: result.content, refusal: null },
          logprobs: null,
          finish_reason: 'stop',
        },
      ],
      docket: result.docket,
    }),
  );
}

/** The same as server-sent events: the role, the content in pieces, the end with `docket`, `[DONE]`. */
export function streamCompletion(response: ServerResponse, result: JobResult): void {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    // Nothing between here and the client may buffer events.
    'x-accel-buffering': 'no',
  });
  const shared = head('chat.completion.chunk');
  const send = (delta: object, finishReason: string | null, more: object = {}): void => {
    const choices = [{ index: 0, delta, logprobs: null, finish_reason: finishReason }];
    response.write(`data: ${JSON.stringify({ ...shared, choices, ...more })}\n\n`);
  };
  send({ role: 'assistant', content: '' }, null);
  for (const piece of deltasOf(result.content)) send({ content: piece }, null);
  send({}, 'stop', { docket: result.docket });
  response.end('data: [DONE]\n\n');
}

function head(object: string): { id: string; object: string; created: number; model: string } {
  return { id: `chatcmpl-${randomUUID()}`, object, created: Math.floor(Date.now() / 1_000), model: BUILTIN_MODEL };
}

/** Splits into pieces of about this many characters, after white space and never inside a character. */
const DELTA_CHARACTERS = 24;

function deltasOf(content: string): string[] {
  return (
    content.match(new RegExp(`[\\s\\S]{1,${DELTA_CHARACTERS}}(?:\\s+|$)|[\\s\\S]{1,${DELTA_CHARACTERS}}`, 'gu')) ?? []
  );
}
