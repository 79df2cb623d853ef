/** How much a model reads, from the list of its server or from the table that ships with Docket. */
import { describe, expect, it } from 'vitest';
import { createContextWindows, windowsIn } from '../../src/main/llm/context-windows.ts';
import { listModels } from '../../src/main/llm/list-models.ts';
import { status } from '../support/model-server-replies.ts';
import { bench, server, setUpGateway } from './gateway-setup.ts';

describe('the list of a server', () => {
  it.each([
    ['vLLM, SGLang', { max_model_len: 32_768 }],
    ['LM Studio, for a loaded model', { loaded_context_length: 32_768, max_context_length: 131_072 }],
    ['OpenRouter, Together', { context_length: 32_768 }],
    ['Groq', { context_window: 32_768 }],
    ['Mistral', { max_context_length: 32_768 }],
    ['Anthropic', { max_input_tokens: 32_768 }],
    ['Google', { inputTokenLimit: 32_768 }],
    ['GitHub', { capabilities: { limits: { max_context_window_tokens: 32_768 } } }],
    ['llama.cpp', { meta: { n_ctx: 32_768, n_ctx_train: 131_072 } }],
  ])('says it as %s does', (_server, entry) => {
    expect(windowsIn([{ id: 'm', ...entry }, { id: 'other' }])).toEqual(new Map([['m', 32_768]]));
  });

  it.each([
    { meta: { n_ctx_train: 131_072 } },
    { context_length: 0 },
    { context_length: '8k' },
    { max_model_len: 1e12 },
  ])('does not say it by what a model was trained for, or by what is no window: %j', (entry) => {
    expect(windowsIn([{ id: 'm', ...entry }, null, 'm']).size).toBe(0);
  });
});

describe('the table of published models', () => {
  it.each([
    ['https://api.openai.com/v1', 'openai', 'gpt-4o-mini', 128_000],
    ['https://api.openai.com/v1', 'openai', 'gpt-5-2025-08-07', 400_000],
    ['https://openrouter.ai/api/v1', 'other', 'openai/gpt-4o-mini', 128_000],
  ] as const)('knows at %s (%s) that %s reads %i tokens', async (baseUrl, kind, model, tokens) => {
    const windows = createContextWindows(() => {});
    await windows.load();
    expect(windows.of({ kind, baseUrl, model })).toEqual({ tokens, from: 'table' });
  });

  it.each([
    [
      'a server of one\u2019s own, whatever its model is called',
      'http://127.0.0.1:1234/v1',
      'lmstudio',
      'gpt-4o-mini',
      4_096,
    ],
    ['a model that is not published', 'https://api.openai.com/v1', 'openai', 'nonsense', 128_000],
  ] as const)('says nothing of %s', async (_what, baseUrl, kind, model, tokens) => {
    const windows = createContextWindows(() => {});
    await windows.load();
    expect(windows.of({ kind, baseUrl, model })).toEqual({ tokens, from: 'default' });
  });
});

describe('a list that is read', () => {
  setUpGateway();

  it('tells the windows in it', async () => {
    server.respondToModels(status(200, { body: { data: [{ id: 'qwen3', max_model_len: 40_960 }, { id: 'other' }] } }));
    let told: ReadonlyMap<string, number> = new Map();
    await bench.connect(server.url, { learnWindows: (windows) => (told = windows) });
    expect(await listModels(bench.audit, bench.connection)).toMatchObject({ ok: true });
    expect(told).toEqual(new Map([['qwen3', 40_960]]));
  });
});
