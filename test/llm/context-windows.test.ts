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

describe('a server on this machine whose list does not say it', () => {
  setUpGateway();

  const llamacpp = { data: [{ id: 'qwen3', object: 'model', owned_by: 'llamacpp', meta: { n_ctx_train: 131_072 } }] };
  const ollama = { data: [{ id: 'qwen3', object: 'model', owned_by: 'library' }] };
  const props = { default_generation_settings: { n_ctx: 8_192 }, total_slots: 4 };
  const loaded = {
    models: [
      { name: 'other:8b', context_length: 512 },
      { name: 'qwen3:latest', context_length: 16_384 },
    ],
  };
  const shown = {
    parameters: 'num_keep   24\nnum_ctx                        12288',
    model_info: { 'qwen3.context_length': 40_960 },
  };
  const body = (value: unknown) => status(200, { body: value });

  interface Place {
    readonly local?: boolean;
    readonly headers?: Readonly<Record<string, string>>;
  }

  async function windowTold(list: unknown, { local = true, headers = {} }: Place = {}): Promise<number | undefined> {
    server.respondToModels(status(200, { body: list, headers }));
    let told: ReadonlyMap<string, number> = new Map();
    const { host } = new URL(server.url);
    const provider = { kind: 'other', name: 'Here', host, llm: true, local, model: 'qwen3' } as const;
    await bench.connect(server.url, { provider, learnWindows: (windows) => (told = windows) });
    expect(await listModels(bench.audit, bench.connection)).toEqual({ ok: true, value: ['qwen3'] });
    return told.get('qwen3');
  }

  const asked = () => server.requests.map(({ method, path }) => `${method} ${path}`);

  it.each([
    ['its list says that it is llama.cpp', llamacpp, {}],
    ['it answers as llama.cpp', { data: [{ id: 'qwen3' }] }, { server: 'llama.cpp' }],
  ])('is asked how it was started if %s, and the request is on record', async (_how, list, headers) => {
    server.respondTo('GET /props', body(props));
    expect(await windowTold(list, { headers })).toBe(8_192);
    expect(await bench.records()).toMatchObject([
      { task: 'models', title: null, message: 'GET /models', reply: 'qwen3' },
      {
        kind: 'probe',
        task: 'models',
        title: 'Context window',
        message: 'GET /props',
        reply: '8192 tokens',
        sent: true,
      },
    ]);
  });

  it('is asked what it has loaded if it is Ollama', async () => {
    server.respondTo('GET /api/ps', body(loaded));
    expect(await windowTold(ollama)).toBe(16_384);
    expect(asked()).toEqual(['GET /v1/models', 'GET /api/ps']);
  });

  it('is asked what it will load if Ollama has not loaded the model', async () => {
    server.respondTo('GET /api/ps', body({ models: [] }));
    server.respondTo('POST /api/show', body(shown));
    expect(await windowTold(ollama)).toBe(12_288);
    expect(server.requests.at(-1)?.rawBody).toBe('{"model":"qwen3"}');
    expect((await bench.records()).at(-1)?.message).toBe('POST /api/show');
  });

  it('says nothing if it does not know, and its list counts all the same', async () => {
    expect(await windowTold(llamacpp)).toBeUndefined();
    server.respondTo('GET /api/ps', body({ models: null }));
    server.respondTo('POST /api/show', body({ ...shown, parameters: null }));
    expect(await windowTold(ollama)).toBeUndefined();
  });

  it.each([
    ['its list says it', { data: [{ id: 'qwen3', owned_by: 'llamacpp', meta: { n_ctx: 4_096 } }] }, true, 4_096],
    ['it is none of these', { data: [{ id: 'qwen3', owned_by: 'vllm' }] }, true, undefined],
    ['it is elsewhere', llamacpp, false, undefined],
  ])('is asked nothing more if %s', async (_why, list, local, window) => {
    expect(await windowTold(list, { local })).toBe(window);
    expect(asked()).toEqual(['GET /v1/models']);
  });
});
