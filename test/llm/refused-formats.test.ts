import { describe, expect, it } from 'vitest';
import { firstQuirks, toChatBody } from '../../src/main/llm/chat-body.ts';
import { learnQuirk } from '../../src/main/llm/refused-parameters.ts';
import { type Problem, problem } from '../../src/shared/problem.ts';
import { errorBody, status, text } from '../support/model-server-replies.ts';
import { bench, server, setUpGateway } from './gateway-setup.ts';
import { chatCall, failureOf, replyOf } from './workbench.ts';

const schema = {
  type: 'object',
  properties: { end: { type: 'string' } },
  required: ['end'],
  additionalProperties: false,
};
const call = chatCall('When does it end? Answer in JSON.', {
  kind: 'analysis',
  task: 'question',
  maxTokens: 50,
  format: { name: 'answers', schema },
});

const refusal = (detail: string): Problem => problem('bad_request', { host: 'host' }, { detail, httpStatus: 400 });

/** The kinds of format in the first request and after each refusal; null stands for none. */
function formatsAsked(of: typeof call, ...refusals: readonly Problem[]): readonly (string | null)[] {
  const quirks = firstQuirks(of.model);
  const asked = () => toChatBody(of, quirks, 'least').response_format?.type ?? null;
  return [
    asked(),
    ...refusals.map((why) => {
      learnQuirk(why, quirks, toChatBody(of, quirks, 'least'));
      return asked();
    }),
  ];
}

describe('a format', () => {
  it('is sent as a strict schema', () => {
    expect(toChatBody(call, firstQuirks(call.model), 'least').response_format).toEqual({
      type: 'json_schema',
      json_schema: { name: 'answers', schema, strict: true },
    });
    const { format: _, ...plain } = call;
    expect(toChatBody(plain, firstQuirks(call.model), 'least')).not.toHaveProperty('response_format');
  });

  it.each([
    // OpenAI, for a model without it and for a schema it does not take; Azure.
    "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model. Learn more about supported models at the Structured Outputs guide",
    "Invalid schema for response_format 'answers': In context=(), 'additionalProperties' is required to be supplied and to be false.",
    'response_format value as json_schema is enabled only for api versions 2024-08-01-preview and later',
    // DeepSeek, now and before.
    'This response_format type is unavailable now',
    'Failed to deserialize the JSON body into the target type: response_format: response_format.type `json_schema` is unavailable now at line 1 column 12440',
    // Volcano; Groq, for a model, a schema and a reply that did not fit; Mistral and others by pydantic.
    'The parameter `response_format.type` specified in the request are not valid: invalid value: `json_schema`, supported values are: `json_object` and `text`.',
    'This model does not support response format `json_schema`. See supported models at https://console.groq.com/docs/structured-outputs',
    'invalid schema for response format: response_format/json_schema/answers: maxItems is not supported',
    "Failed to validate JSON. Please adjust your prompt. See 'failed_generation' for more details.\ncode: json_validate_failed",
    "0.loc.1: response_format\n0.loc.2: type\n0.msg: Input should be 'text' or 'json_object'",
    // llama.cpp, older and newer; vLLM; SGLang; Together.
    'response_format type must be one of "text" or "json_object", but got: json_schema',
    'Either "json_schema" or "grammar" can be specified, but not both',
    'Failed to initialize samplers: failed to parse grammar',
    'The provided JSON schema contains features not supported by xgrammar.',
    'Failed to transform json schema into a grammar: unsupported keyword',
    "Input validation error: grammar is not valid: Grammar must have a 'properties' field",
    'Invalid grammar specification: bad key',
  ])('falls back to any JSON object, and then to none, when refused: "%s"', (detail) => {
    expect(formatsAsked(call, refusal(detail))).toEqual(['json_schema', 'json_object']);
  });

  it.each([
    // LM Studio; OpenAI; Anthropic and Perplexity.
    "'response_format.type' must be 'json_schema' or 'text'",
    "Invalid parameter: 'response_format' of type 'json_object' is not supported with this model.",
    "response_format.type: Input should be 'json_schema'",
    // Google; Alibaba.
    'JSON mode is not enabled for models/gemma-3-27b-it',
    'Json mode response is not supported when enable_thinking is true',
  ])('falls back to none when any JSON object is refused as well: "%s"', (detail) => {
    const first = refusal('This response_format type is unavailable now');
    expect(formatsAsked(call, first, refusal(detail))).toEqual(['json_schema', 'json_object', null]);
  });

  it.each([
    // xAI; OpenAI; pydantic; Go; LiteLLM; vendors of their own.
    'The response_format parameter is unsupported at the moment. Leave it unset.',
    'Unrecognized request argument supplied: response_format',
    '0.loc.1: response_format\n0.msg: Extra inputs are not permitted',
    'json: unknown field "response_format"',
    "UnsupportedParamsError: openai does not support parameters: ['response_format']",
    'response_format is not supported',
    'Structured output is not supported by this model',
  ])('is left out when there is no such parameter: "%s"', (detail) => {
    expect(formatsAsked(call, refusal(detail))).toEqual(['json_schema', null]);
  });

  it.each([
    problem(
      'server_error',
      { host: 'host', during: 'request' },
      { detail: 'invalid JSON schema in format', httpStatus: 500 },
    ),
    problem(
      'not_found',
      { host: 'host' },
      { detail: 'No endpoints found that can handle the requested parameters.', httpStatus: 404 },
    ),
    problem(
      'server_error',
      { host: 'host', during: 'request' },
      { detail: 'No endpoints found that support the requested parameters.', httpStatus: 503 },
    ),
  ])('is recognised as the cause whatever the status: $detail', (why) => {
    expect(formatsAsked(call, why)).not.toEqual(['json_schema', 'json_schema']);
  });

  it.each([
    "Invalid 'max_tokens': Expected a value >= 16",
    'The schema of the database is being changed',
    'messages.0.content: must not be empty',
  ])('is kept when something else is refused: "%s"', (detail) => {
    expect(formatsAsked(call, refusal(detail))).toEqual(['json_schema', 'json_schema']);
  });

  it('whose refusal names a question does not teach anything about that word', () => {
    const detail =
      "Invalid schema for response_format 'answers': In context=('properties', 'temperature'), 'type' is missing";
    const quirks = firstQuirks(call.model);
    learnQuirk(refusal(detail), quirks, toChatBody(call, quirks, 'least'));
    expect(toChatBody(call, quirks, 'least')).toMatchObject({
      temperature: 0,
      response_format: { type: 'json_object' },
    });
  });

  it('that another call has learned about meanwhile is not dropped any further', () => {
    const quirks = firstQuirks(call.model);
    const body = toChatBody(call, quirks, 'least');
    const why = refusal('This response_format type is unavailable now');
    expect([learnQuirk(why, quirks, body), learnQuirk(why, quirks, body)]).toEqual([true, true]);
    expect(toChatBody(call, quirks, 'least').response_format?.type).toBe('json_object');
  });

  it('of any JSON object is only asked for where the word JSON is in the question, as OpenAI demands', () => {
    const silent = { ...call, turns: [{ role: 'user', content: 'When does it end?' }] } as const;
    expect(formatsAsked(silent, refusal('This response_format type is unavailable now'))).toEqual([
      'json_schema',
      null,
    ]);
  });

  it('is not searched for long in a hostile text', () => {
    const before = process.cpuUsage().user;
    for (const word of ['response_format ', 'json_schema ', 'schema ', 'grammar ', 'not supported ', ' ']) {
      formatsAsked(call, refusal(word.repeat(2_000).slice(0, 2_000)));
    }
    expect((process.cpuUsage().user - before) / 1_000).toBeLessThan(500);
  });
});

describe('a format at a connection', () => {
  setUpGateway();
  const formats = () =>
    server.chatRequests.map(({ body }) => (body.response_format as { type: string } | undefined)?.type);

  it('is learned once and kept for that model', async () => {
    server.respond((request) => {
      const format = request.body.response_format as { type: string } | undefined;
      if (format?.type !== 'json_schema') return text('{"end": "2026-03-31"}');
      return status(400, {
        body: errorBody('This response_format type is unavailable now', 'invalid_request_error', null),
      });
    });
    replyOf(await bench.complete(call));
    replyOf(await bench.complete(call));
    expect(formats()).toEqual(['json_schema', 'json_object', 'json_object']);
    replyOf(await bench.complete({ ...call, model: 'another' }));
    expect(formats().slice(3)).toEqual(['json_schema', 'json_object']);
  });

  it('that is refused in every form costs three requests, and the third is answered', async () => {
    server.respond((request) =>
      request.body.response_format == null
        ? text('{"end": "2026-03-31"}')
        : status(400, { body: errorBody("'response_format.type' must be 'text'", 'invalid_request_error', null) }),
    );
    expect(replyOf(await bench.complete(call)).text).toBe('{"end": "2026-03-31"}');
    expect(formats()).toEqual(['json_schema', 'json_object', undefined]);
  });

  it('that makes a model write white space until its limit is left out from then on', async () => {
    const loop = text(`{\n"end":${' \n'.repeat(100)}`, { finishReason: 'length' });
    server.respond((request) => (request.body.response_format == null ? text('{"end": null}') : loop));
    replyOf(await bench.complete(call));
    replyOf(await bench.complete(call));
    expect(formats()).toEqual(['json_schema', undefined]);
  });

  it('is kept if a reply is only too long', async () => {
    server.respond(text('{"end": "2026', { finishReason: 'length' }));
    replyOf(await bench.complete(call));
    replyOf(await bench.complete(call));
    expect(formats()).toEqual(['json_schema', 'json_schema']);
  });

  it('is recorded with the request', async () => {
    server.respond(text('{"end": null}'));
    replyOf(await bench.complete(call));
    const [record] = await bench.records();
    expect(JSON.parse(record?.parameters ?? '{}').response_format.json_schema.name).toBe('answers');
  });

  it('is never asked of the built-in engine', async () => {
    const { provider } = bench.connection.settings;
    await bench.connect(server.url, { provider: { ...provider, kind: 'builtin', llm: false } });
    replyOf(await bench.complete(call));
    expect(formats()).toEqual([undefined]);
  });

  it('that is not what failed leaves the failure as it is', async () => {
    server.respond(status(400, { body: errorBody('messages must not be empty', 'invalid_request_error', null) }));
    expect(failureOf(await bench.complete(call)).problem.code).toBe('bad_request');
    expect(server.chatRequestCount).toBe(1);
  });
});
