import type OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { findRequestErrors, openaiRequestSchema } from './openai-request-schema.ts';

type RequestKey = keyof OpenAI.ChatCompletionCreateParamsNonStreaming;

/** Does not compile when the client's types gain or lose a field. */
const fields: Readonly<Record<RequestKey, true>> = {
  audio: true,
  frequency_penalty: true,
  function_call: true,
  functions: true,
  logit_bias: true,
  logprobs: true,
  max_completion_tokens: true,
  max_tokens: true,
  messages: true,
  metadata: true,
  modalities: true,
  model: true,
  moderation: true,
  n: true,
  parallel_tool_calls: true,
  prediction: true,
  presence_penalty: true,
  prompt_cache_key: true,
  prompt_cache_options: true,
  prompt_cache_retention: true,
  reasoning_effort: true,
  response_format: true,
  safety_identifier: true,
  seed: true,
  service_tier: true,
  stop: true,
  store: true,
  stream: true,
  stream_options: true,
  temperature: true,
  tool_choice: true,
  tools: true,
  top_logprobs: true,
  top_p: true,
  user: true,
  verbosity: true,
  web_search_options: true,
};

const base = { model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Hi' }] };

describe('the request schema', () => {
  it("has the fields of the client's types, no more and no fewer", () => {
    expect(Object.keys(openaiRequestSchema.properties).sort()).toEqual(Object.keys(fields).sort());
  });

  it.each<[string, OpenAI.ChatCompletionCreateParams]>([
    [
      'a call of the analysis',
      {
        model: 'gpt-4o-mini',
        messages: [{ role: 'user', content: 'Sentiment (one word): x' }],
        max_tokens: 5,
        temperature: 0,
      },
    ],
    [
      'a stream with usage',
      { model: 'm', messages: [{ role: 'user', content: 'x' }], stream: true, stream_options: { include_usage: true } },
    ],
    [
      'a conversation with parts',
      {
        model: 'm',
        messages: [
          { role: 'developer', content: 'Be brief.' },
          { role: 'system', content: [{ type: 'text', text: 'Be kind.' }] },
          {
            role: 'user',
            content: [
              { type: 'text', text: 'a' },
              { type: 'image_url', image_url: { url: 'data:,' } },
            ],
          },
          {
            role: 'assistant',
            content: null,
            tool_calls: [{ id: '1', type: 'function', function: { name: 'f', arguments: '{}' } }],
          },
          { role: 'tool', tool_call_id: '1', content: 'b' },
          { role: 'assistant', content: 'c' },
        ],
      },
    ],
    [
      'formats, tools and nulls',
      {
        model: 'm',
        messages: [{ role: 'user', content: '' }],
        response_format: { type: 'json_schema', json_schema: { name: 'r', schema: { type: 'object' }, strict: true } },
        tools: [{ type: 'function', function: { name: 'f', parameters: { any: 'thing' } } }],
        tool_choice: { type: 'function', function: { name: 'f' } },
        stop: ['a', 'b'],
        temperature: null,
        metadata: { a: 'b' },
        logprobs: true,
        top_logprobs: 2,
      },
    ],
  ])('accepts %s', (_name, request) => {
    expect(findRequestErrors(request)).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    ['an unknown key', { ...base, task: 'summary' }, 'request must NOT have additional properties (task)'],
    ['no model', { messages: base.messages }, "request must have required property 'model'"],
    ['no messages', { ...base, messages: [] }, 'messages must NOT have fewer than 1 items'],
    [
      'an unknown role',
      { ...base, messages: [{ role: 'robot', content: 'x' }] },
      'messages.0 value of tag "role" must be in oneOf',
    ],
    [
      'an unknown key in a message',
      { ...base, messages: [{ role: 'user', content: 'x', id: 1 }] },
      'messages.0 must NOT have additional properties (id)',
    ],
    [
      'a message without content',
      { ...base, messages: [{ role: 'user' }] },
      "messages.0 must have required property 'content'",
    ],
    ['a temperature above 2', { ...base, temperature: 2.1 }, 'temperature must be <= 2'],
    ['a fraction of a token', { ...base, max_tokens: 1.5 }, 'max_tokens must be integer,null'],
    ['no tokens', { ...base, max_completion_tokens: 0 }, 'max_completion_tokens must be >= 1'],
    [
      'stream_options without stream',
      { ...base, stream_options: { include_usage: true } },
      "request must have required property 'stream'",
    ],
    [
      'stream_options with a stranger',
      { ...base, stream: true, stream_options: { usage: true } },
      'stream_options must NOT have additional properties (usage)',
    ],
    ['a list', [base], 'request must be object'],
  ])('refuses %s', (_name, request, error) => {
    expect(findRequestErrors(request)).toContain(error);
  });
});
