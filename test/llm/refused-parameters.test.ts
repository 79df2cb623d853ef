import { describe, expect, it } from 'vitest';
import { firstQuirks, toChatBody } from '../../src/main/llm/chat-body.ts';
import { learnQuirk } from '../../src/main/llm/refused-parameters.ts';
import type { EffortChoice } from '../../src/shared/efforts.ts';
import { type Problem, problem } from '../../src/shared/problem.ts';
import { bytes, errorBody, status, text } from '../support/model-server-replies.ts';
import { bench, server, setUpGateway } from './gateway-setup.ts';
import { chatCall, failureOf, replyOf } from './workbench.ts';

const call = chatCall('Sentiment (one word): Fine.', { kind: 'analysis', task: 'question', maxTokens: 5 });
const streamed = { ...call, stream: true };

function refusal(detail: string): Problem {
  return problem('bad_request', { host: 'host' }, { detail, httpStatus: 400 });
}

/** The requests that follow such refusals, one after another; null if the last one taught nothing. */
function askedAfter(of: typeof call, ...refusals: readonly Problem[]): object | null {
  const quirks = firstQuirks(of.model);
  let learned = true;
  for (const why of refusals) learned = learnQuirk(why, quirks, toChatBody(of, quirks, 'least'));
  const { messages: _, model: __, ...rest } = toChatBody(of, quirks, 'least');
  return learned ? rest : null;
}

const usual = { temperature: 0, max_tokens: 5, stream: false };
const usualStreamed = { temperature: 0, max_tokens: 5, stream: true, stream_options: { include_usage: true } };

describe('a refusal of a parameter', () => {
  it.each([
    // A limit that is too low, as worded by OpenAI's Responses API, OpenRouter, pydantic, Go and others.
    [
      "Invalid 'max_output_tokens': integer below minimum value. Expected a value >= 16, but got 5 instead.",
      { ...usual, max_tokens: 16 },
    ],
    [
      "Provider returned error\nmetadata.raw.error.message: Invalid 'max_output_tokens': integer below minimum value. Expected a value >= 16, but got 10 instead.",
      { ...usual, max_tokens: 16 },
    ],
    ['max_tokens must be at least 16, got 5', { ...usual, max_tokens: 16 }],
    ['Input should be greater than or equal to 16\n0.loc.1: max_tokens', { ...usual, max_tokens: 16 }],
    ['0.loc.1: max_tokens\n0.msg: Input should be greater than or equal to 16', { ...usual, max_tokens: 16 }],
    ['max_completion_tokens should be greater than 15', { ...usual, max_tokens: 16 }],
    ['maxOutputTokens must be >= 32', { ...usual, max_tokens: 32 }],
    ["5 is less than the minimum of 10 - 'max_tokens'", { ...usual, max_tokens: 10 }],
    ['max_tokens: the minimum value is 20', { ...usual, max_tokens: 20 }],
    ['Range of max_tokens should be [8, 8192]', { ...usual, max_tokens: 8 }],
    ['max_new_tokens is below the minimum of 12', { ...usual, max_tokens: 12 }],
    // One that is too high.
    ['max_tokens is too large: 5. This model supports at most 4 completion tokens', { ...usual, max_tokens: 4 }],
    // Its name.
    [
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      { temperature: 0, max_completion_tokens: 5, stream: false },
    ],
    [
      'Setting max_tokens is deprecated; use max_completion_tokens',
      { temperature: 0, max_completion_tokens: 5, stream: false },
    ],
    ['Unrecognized request argument supplied: max_tokens', { temperature: 0, max_completion_tokens: 5, stream: false }],
    [
      '0.loc.1: max_tokens\n0.msg: Extra inputs are not permitted',
      { temperature: 0, max_completion_tokens: 5, stream: false },
    ],
    ['1 validation error: max_tokens extra_forbidden', { temperature: 0, max_completion_tokens: 5, stream: false }],
    // The temperature.
    [
      "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported.",
      { max_tokens: 5, stream: false },
    ],
    ['invalid temperature: only 1 is allowed for this model', { max_tokens: 5, stream: false }],
    ['`temperature` is deprecated for this model.', { max_tokens: 5, stream: false }],
    ['`temperature` must be strictly positive', { ...usual, temperature: 0.01 }],
    ['temperature must be in the range (0, 2]', { ...usual, temperature: 0.01 }],
    ['temperature: Input should be greater than 0', { ...usual, temperature: 0.01 }],
    // Streaming.
    [
      'This model only support stream mode, please enable the stream parameter to access the model.',
      { ...usualStreamed },
    ],
    ['This endpoint only supports streaming', { ...usualStreamed }],
    ['parameter.enable_thinking must be set to false for non-streaming calls', { ...usual, enable_thinking: false }],
  ])('"%s" teaches the next request', (detail, expected) => {
    expect(askedAfter(call, refusal(detail))).toEqual(expected);
  });

  it.each([
    ['Unrecognized request argument supplied: stream_options', { temperature: 0, max_tokens: 5, stream: true }],
    ['Extra inputs are not permitted\n0.loc.1: stream_options', { temperature: 0, max_tokens: 5, stream: true }],
    ["unknown field 'include_usage'", { temperature: 0, max_tokens: 5, stream: true }],
  ])('"%s" teaches the next request in a stream', (detail, expected) => {
    expect(askedAfter(streamed, refusal(detail))).toEqual(expected);
  });

  it.each([
    ['names nothing that was sent', refusal('stream_options is not allowed')],
    ['is about something else', refusal('messages.0.content: must not be empty')],
    ['asks for an absurd limit', refusal('max_tokens must be at least 500000')],
    ['says nothing', problem('bad_request', { host: 'host' })],
    [
      'is not about the request',
      problem('server_error', { host: 'host', during: 'request' }, { detail: 'max_tokens not supported' }),
    ],
  ])('that %s teaches nothing', (_what, why) => {
    expect(askedAfter(call, why)).toBeNull();
  });

  it('can be followed by others, each of which is learned from', () => {
    const name = refusal("'max_tokens' is not supported. Use 'max_completion_tokens' instead.");
    const limit = refusal("Invalid 'max_completion_tokens': Expected a value >= 16");
    const temperature = refusal("'temperature' does not support 0");
    expect(askedAfter(call, name, limit, temperature)).toEqual({ max_completion_tokens: 16, stream: false });
  });

  it('of both names of the limit drops the limit', () => {
    const other = refusal('max_completion_tokens: Extra inputs are not permitted');
    expect(askedAfter(call, refusal('max_tokens: Extra inputs are not permitted'), other)).toEqual({
      temperature: 0,
      stream: false,
    });
  });

  it('that another call has learned from meanwhile is worth a retry, too', () => {
    const quirks = firstQuirks(call.model);
    const body = toChatBody(call, quirks, 'least');
    const why = refusal('max_tokens must be at least 16');
    expect([learnQuirk(why, quirks, body), learnQuirk(why, quirks, body)]).toEqual([true, true]);
    expect(learnQuirk(why, quirks, toChatBody(call, quirks, 'least')), 'but not for ever').toBe(false);
  });

  it('is not searched for long in a hostile text', () => {
    const before = process.cpuUsage().user;
    for (const word of ['max_tokens ', 'temperature ', 'stream_options ', '1', ' ', 'supported values ']) {
      askedAfter(streamed, refusal(word.repeat(2_000).slice(0, 2_000)));
    }
    expect((process.cpuUsage().user - before) / 1_000).toBeLessThan(500);
  });
});

describe('a model that uses up its limit by reasoning', () => {
  const noWords = problem('bad_response', { host: 'host', reason: 'no_words', limitTokens: 5 });
  const unknown = refusal('Unrecognized request argument supplied: reasoning_effort');

  /** With room to reason beside the limit of the answer. */
  const roomy = { ...usual, max_tokens: 5 + 2_048 };

  it('is asked to reason less, and gets room to reason', () => {
    expect(askedAfter(call, noWords)).toEqual({ ...roomy, reasoning_effort: 'none' });
  });

  it('is also recognised by an error in place of an empty reply', () => {
    const finished =
      'Could not finish the message because max_tokens or model output limit was reached. Please try again with higher max_tokens.';
    expect(askedAfter(call, refusal(finished))).toEqual({ ...roomy, reasoning_effort: 'none' });
  });

  it.each([
    [
      "Unsupported value: 'reasoning_effort' does not support 'none' with this model. Supported values are: 'minimal', 'low', 'medium', and 'high'.",
      'minimal',
    ],
    [
      "Unsupported value: 'none' is not supported with the 'gpt-5.1' model. Supported values are: 'low', and 'high'.\nparam: reasoning.effort",
      'low',
    ],
    ['level "none" not supported, valid levels: low, medium, high, xhigh', 'low'],
    ["reasoning_effort must be one of ['low', 'high', 'max']", 'low'],
    ["reasoning_effort: Input should be 'low', 'medium' or 'high'", 'low'],
    ['`reasoning_effort` must be one of `low`, `medium`, or `high`', 'low'],
    // Names only what is refused.
    ['Invalid reasoning_effort: none', 'minimal'],
    ["The value 'none' is not valid for reasoning_effort", 'minimal'],
  ])('is asked with an effort that it accepts: %s', (detail, effort) => {
    expect(askedAfter(call, noWords, refusal(detail))).toEqual({ ...roomy, reasoning_effort: effort });
  });

  it.each([
    'Unrecognized request argument supplied: reasoning_effort',
    '"llama3.2" does not support thinking',
    'Extra inputs are not permitted\n0.loc.1: reasoning_effort',
  ])('is not asked with an effort if it has none: %s', (detail) => {
    expect(askedAfter(call, noWords, refusal(detail))).toEqual(roomy);
  });

  it('is asked with three efforts at most if its refusals do not list any', () => {
    const named = ['none', 'minimal', 'low'].map((effort) => refusal(`Invalid reasoning_effort: ${effort}`));
    expect(askedAfter(call, noWords, ...named)).toEqual(roomy);
  });

  it('gets more room once', () => {
    const more = 5 + 8_192;
    expect(askedAfter(call, noWords, unknown, noWords)).toEqual({ ...usual, max_tokens: more });
    expect(askedAfter(call, noWords, noWords)).toEqual({ ...usual, max_tokens: more, reasoning_effort: 'none' });
    expect(askedAfter(call, noWords, noWords, noWords), 'but not for ever').toBeNull();
  });

  it('gets no higher limit than its server accepts', () => {
    const most = refusal('max_tokens is too large: 2053. This model supports at most 1024 completion tokens');
    expect(askedAfter(call, noWords, most)).toEqual({ ...usual, max_tokens: 1_024, reasoning_effort: 'none' });
    expect(askedAfter(call, noWords, most, noWords)).toBeNull();
  });
});

describe('how much a model may reason', () => {
  const none = refusal(
    "'reasoning_effort' does not support 'none'. Supported values are: 'low', 'medium' and 'xhigh'.",
  );
  const asked = (choice: EffortChoice, model: string, ...refusals: readonly Problem[]) => {
    const quirks = firstQuirks(model);
    for (const why of refusals) learnQuirk(why, quirks, toChatBody({ ...call, model }, quirks, choice));
    return toChatBody({ ...call, model }, quirks, choice).reasoning_effort;
  };

  it('is as little as the model allows, if it is known to reason', () => {
    expect(
      ['gpt-5', 'gpt-5.1', 'o4-mini', 'gpt-6-sol', 'openai/gpt-oss-20b'].map((model) => asked('least', model)),
    ).toEqual(['minimal', 'none', 'low', 'none', 'low']);
    expect(asked('least', 'gpt-5.1', none)).toBe('low');
  });

  it('is left to the model if that is chosen, or if the model is not known to reason', () => {
    expect([asked('model', 'gpt-5'), asked('least', 'gpt-4o-mini')]).toEqual([undefined, undefined]);
  });

  it('is what was chosen, or the nearest level that the model accepts', () => {
    expect(asked('high', 'some-model')).toBe('high');
    expect(asked('minimal', 'o3')).toBe('low');
    expect(asked('xhigh', 'o3')).toBe('high');
  });
});

describe('a model that is known', () => {
  const first = (model: string) => {
    const {
      messages: _,
      model: __,
      stream: ___,
      ...rest
    } = toChatBody({ ...call, model }, firstQuirks(model), 'model');
    return rest;
  };
  const reasoning = { max_completion_tokens: 5 + 2_048 };

  it.each([
    ['gpt-5', reasoning],
    ['gpt-5-mini-2025-08-07', reasoning],
    ['gpt-5.2', reasoning],
    ['gpt-6-astra', reasoning],
    ['openai/o3', reasoning],
    ['o4-mini-2025-04-16', reasoning],
    ['gpt-5-chat-latest', { temperature: 0, max_completion_tokens: 5 }],
    ['gpt-oss:20b', { temperature: 0, max_tokens: 5 + 2_048 }],
    ['deepseek-r1:8b', { temperature: 0, max_tokens: 5 + 2_048 }],
    ['deepseek-reasoner', { temperature: 0, max_tokens: 5 + 2_048 }],
    ['Qwen/Qwen3-4B-Thinking-2507', { temperature: 0, max_tokens: 5 + 2_048 }],
    ['gpt-4o-mini', { temperature: 0, max_tokens: 5 }],
    ['gpt-4.1', { temperature: 0, max_tokens: 5 }],
    ['llama3.2', { temperature: 0, max_tokens: 5 }],
    ['olmo2', { temperature: 0, max_tokens: 5 }],
  ])('gets a request that it accepts from the start: %s', (model, expected) => {
    expect(first(model)).toEqual(expected);
  });
});

describe('a model at a connection', () => {
  setUpGateway();
  const bodies = () =>
    server.chatRequests.map(({ body }) => [body.max_tokens, body.max_completion_tokens, body.temperature]);

  const below = (least: number) =>
    status(400, {
      body: errorBody(
        `Invalid 'max_output_tokens': integer below minimum value. Expected a value >= ${least}, but got 5 instead.`,
        'invalid_request_error',
        'integer_below_min_value',
        'max_output_tokens',
      ),
    });

  it('is asked again at once with a limit it accepts, and from then on only with that', async () => {
    server.respond((request) => ((request.body.max_tokens ?? 0) < 16 ? below(16) : undefined));
    replyOf(await bench.complete(call));
    replyOf(await bench.complete(call));
    expect(bodies().map(([limit]) => limit)).toEqual([5, 16, 16]);
    replyOf(await bench.complete({ ...call, model: 'another' }));
    expect(
      bodies().map(([limit]) => limit),
      'each model has its own',
    ).toEqual([5, 16, 16, 5, 16]);
  });

  it('that many calls use at the same time fails none of them', async () => {
    server.respond((request) => ((request.body.max_tokens ?? 0) < 16 ? below(16) : undefined));
    const results = await Promise.all(Array.from({ length: 8 }, () => bench.complete(call)));
    expect(results.every((result) => result.ok)).toBe(true);
  });

  it('that only streams is read as a stream', async () => {
    server.respond((request) =>
      request.body.stream === true
        ? undefined
        : status(400, { body: errorBody('This model only support stream mode.', 'invalid_request_error', null) }),
    );
    expect(replyOf(await bench.complete(call)).text).toBe('Neutral');
  });

  it('that reasons is asked to reason less, and then answers', async () => {
    server.respond((request) => {
      if (request.body.reasoning_effort == null) return text('', { finishReason: 'length' });
      if (request.body.reasoning_effort === 'low') return text('Positive');
      const message =
        "'reasoning_effort' does not support 'none' with this model. Supported values are: 'low' and 'high'.";
      return status(400, { body: errorBody(message, 'invalid_request_error', 'unsupported_value') });
    });
    expect(replyOf(await bench.complete(call)).text).toBe('Positive');
    expect((await bench.records()).map((row) => [row.status, JSON.parse(row.parameters).reasoning_effort])).toEqual([
      ['error', undefined],
      ['error', 'none'],
      ['ok', 'low'],
    ]);
  });

  it('that reasons regardless fails with that reason, after a bounded number of requests', async () => {
    server.respond(text('', { finishReason: 'length' }));
    expect(failureOf(await bench.complete(call)).problem).toMatchObject({
      code: 'bad_response',
      params: { reason: 'no_words' },
    });
    expect(server.chatRequestCount).toBe(3);
    failureOf(await bench.complete(call));
    expect(server.chatRequestCount).toBe(4);
  });

  it('that turns out to reason gets room for it from then on, and is asked to reason less', async () => {
    const message = { content: 'Positive', reasoning_content: 'Hm.' };
    server.respond(status(200, { body: { choices: [{ index: 0, message, finish_reason: 'stop' }] } }));
    for (const _ of [1, 2]) replyOf(await bench.complete(call));
    expect(server.chatRequests.map(({ body }) => [body.max_tokens, body.reasoning_effort])).toEqual([
      [5, undefined],
      [5 + 2_048, 'none'],
    ]);
  });

  it('is asked to reason as much as was chosen for the chat and for batches', async () => {
    await bench.connect(server.url, { effort: { chat: 'high', batch: 'low' } });
    replyOf(await bench.complete(call));
    replyOf(await bench.complete(streamed));
    replyOf(await bench.complete(chatCall('How is it?')));
    expect(server.chatRequests.map(({ body }) => body.reasoning_effort)).toEqual(['low', 'low', 'high']);
  });

  it('of the built-in engine is never asked with an effort', async () => {
    const { provider } = bench.connection.settings;
    const builtin = { ...provider, kind: 'builtin', llm: false } as const;
    await bench.connect(server.url, { effort: { chat: 'high', batch: 'low' }, provider: builtin });
    replyOf(await bench.complete(call));
    expect(server.chatRequests[0]?.body).not.toHaveProperty('reasoning_effort');
  });

  it('that refuses with a 2xx status is learned from, too', async () => {
    const refused = { error: { code: 400, message: "Unsupported parameter: 'temperature'" } };
    server.respond((request) =>
      request.body.temperature == null ? undefined : bytes([`data: ${JSON.stringify(refused)}\n\n`]),
    );
    replyOf(await bench.complete(streamed));
    expect(server.chatRequestCount).toBe(2);
  });
});
