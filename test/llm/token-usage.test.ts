/** Token counts of servers, in every known format, and the usage object as received. */
import { describe, expect, it } from 'vitest';
import { readUsage, storedUsage, usageIn } from '../../src/main/llm/token-usage.ts';
import { bytes, status } from '../support/model-server-replies.ts';
import { bench, server, setUpGateway } from './gateway-setup.ts';
import { chatCall, replyOf, testKey } from './workbench.ts';

const counted = { prompt_tokens: 100, completion_tokens: 50, total_tokens: 150 };

const CACHED: readonly (readonly [string, object])[] = [
  ['OpenAI, vLLM, OpenRouter', { prompt_tokens_details: { cached_tokens: 64 } }],
  ['OpenAI with a cache that is written', { prompt_tokens_details: { cached_tokens: 64, cache_write_tokens: 36 } }],
  ['the Responses API, Groq', { input_tokens_details: { cached_tokens: 64 } }],
  ['DeepSeek', { prompt_cache_hit_tokens: 64, prompt_cache_miss_tokens: 36 }],
  ['DeepSeek, twice', { prompt_tokens_details: { cached_tokens: 64 }, prompt_cache_hit_tokens: 64 }],
  ['Moonshot, GLM, MiniMax', { cached_tokens: 64 }],
  ['Anthropic', { cache_read_input_tokens: 64, cache_creation_input_tokens: 0 }],
  ['LiteLLM before Anthropic', { prompt_tokens_details: { cached_tokens: 64 }, cache_read_input_tokens: 64 }],
  ['a placeholder beside the count', { prompt_tokens_details: { cached_tokens: 0 }, prompt_cache_hit_tokens: 64 }],
  ['an older OpenRouter', { prompt_token_details: { cached_tokens: 64 } }],
  ['Google', { cachedContentTokenCount: 64 }],
  ['llama.cpp', { timings: { cache_n: 64, prompt_n: 36, predicted_n: 50 } }],
];

const REASONING: readonly (readonly [string, object])[] = [
  ['OpenAI, DeepSeek, xAI, vLLM', { completion_tokens_details: { reasoning_tokens: 40 } }],
  ['the Responses API', { output_tokens_details: { reasoning_tokens: 40 } }],
  ['SGLang, Perplexity', { reasoning_tokens: 40 }],
  ['an older OpenRouter', { completion_token_details: { reasoning_tokens: 40 } }],
  ['Google', { thoughtsTokenCount: 40 }],
];

describe('the usage of a reply', () => {
  it.each(CACHED)('has the cached tokens of the prompt, as %s counts them', (_server, usage) => {
    expect(readUsage({ ...counted, ...usage })).toMatchObject({
      promptTokens: 100,
      cachedTokens: 64,
      reasoningTokens: null,
    });
  });

  it.each(REASONING)('has the tokens of the reasoning, as %s counts them', (_server, usage) => {
    expect(readUsage({ ...counted, ...usage })).toMatchObject({
      completionTokens: 50,
      reasoningTokens: 40,
      cachedTokens: null,
    });
  });

  it.each([
    ['OpenAI', { prompt_tokens: 100, completion_tokens: 50 }],
    ['the Responses API', { input_tokens: 100, output_tokens: 50 }],
    ['Google', { promptTokenCount: 100, candidatesTokenCount: 50, totalTokenCount: 150 }],
    ['Ollama', { prompt_eval_count: 100, eval_count: 50 }],
    ['llama.cpp without usage', { timings: { cache_n: 64, prompt_n: 36, predicted_n: 50 } }],
  ])('has prompt, reply and total, as %s counts them', (_server, usage) => {
    expect(readUsage(usage)).toMatchObject({ promptTokens: 100, completionTokens: 50, totalTokens: 150 });
  });

  it.each([[{}], [{ prompt_tokens: '100', completion_tokens: -1 }], [{ completion_tokens_details: null, timings: 7 }]])(
    'leaves invalid counts unknown: %j',
    (usage) => {
      expect(new Set(Object.values(readUsage(usage)))).toEqual(new Set([null]));
    },
  );

  it('is found in the reply, its choice, the field used by Groq, or its timings', () => {
    const timings = { cache_n: 1 };
    expect(usageIn({ usage: counted }, {})).toEqual(counted);
    expect(usageIn({}, { usage: counted })).toEqual(counted);
    expect(usageIn({ x_groq: { usage: counted } }, {})).toEqual(counted);
    expect(usageIn({ usage: counted, timings }, {})).toEqual({ ...counted, timings });
    expect(usageIn({ timings }, {})).toEqual({ timings });
    expect(usageIn({ usage: null }, {})).toBeNull();
  });

  it('is not stored if it is absurdly long', () => {
    expect(storedUsage({ ...counted, more: 'x'.repeat(30_000) })).toBeNull();
  });
});

describe('a call', () => {
  setUpGateway();
  const usage = { ...counted, prompt_tokens_details: { cached_tokens: 64 }, cost: 0.0012, key: testKey };
  const kept = { ...usage, key: expect.not.stringContaining(testKey) };

  it('keeps the whole usage object, but never the key, whether whole or streamed', async () => {
    const choice = { index: 0, message: { content: 'Fine.' }, finish_reason: 'stop' };
    const delta = { index: 0, delta: { content: 'Fine.' }, finish_reason: 'stop' };
    const chunk = (value: object) => `data: ${JSON.stringify(value)}\n\n`;
    server.respond([
      status(200, { body: { choices: [choice], usage } }),
      bytes([chunk({ choices: [delta], usage: { prompt_tokens: 100 } }), chunk({ choices: [], usage })]),
    ]);
    for (const stream of [false, true]) {
      const reply = replyOf(await bench.complete(chatCall('How is it?', { stream })));
      expect(reply.usage).toMatchObject({ promptTokens: 100, cachedTokens: 64 });
    }
    for (const record of await bench.records()) {
      expect(record).toMatchObject({ promptTokens: 100, totalTokens: 150, cachedTokens: 64, reasoningTokens: null });
      expect(JSON.parse(record.usage ?? '')).toEqual(kept);
    }
  });
});
