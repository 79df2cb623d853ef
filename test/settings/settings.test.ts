import { describe, expect, it, vi } from 'vitest';
import { createContextWindows } from '../../src/main/llm/context-windows.ts';
import { environmentKey, readEnvironment, withEnvironment } from '../../src/main/settings/environment.ts';
import { createKeyStore, noCipher } from '../../src/main/settings/key-store.ts';
import { originOf, providerOf } from '../../src/main/settings/provider.ts';
import { createSettings, type SettingsParts } from '../../src/main/settings/settings.ts';
import { ok } from '../../src/shared/result.ts';
import type { Settings } from '../../src/shared/settings-data.ts';
import { defaultSettings } from '../../src/shared/settings-schema.ts';

const KEY = 'sk-0123456789abcdef';

async function keep(over: Partial<SettingsParts> = {}) {
  const environment = over.environment ?? readEnvironment({});
  const keys =
    over.keys ??
    (await createKeyStore({ file: '/nowhere/key.json', cipher: noCipher, environment: environmentKey(environment) }));
  const onChange = vi.fn();
  const save = vi.fn<SettingsParts['save']>(async () => {});
  const settings = createSettings({
    saved: null,
    save,
    environmentWins: false,
    builtinEndpoint: async () => ok({ baseUrl: 'http://127.0.0.1:5/v1', token: 'token' }),
    userAgent: 'Docket/0.1.0',
    onChange,
    windows: createContextWindows(() => {}),
    ...over,
    keys,
    environment,
  });
  return { settings, onChange, save };
}

const openai: Settings = {
  ...defaultSettings,
  provider: 'openai',
  baseUrl: 'https://api.openai.com/v1',
  model: 'gpt-4o-mini',
};
const other: Settings = { ...defaultSettings, provider: 'other', baseUrl: 'http://llm.example:8000/v1', model: 'qwen' };

describe('with nothing set', () => {
  it('the built-in engine answers, with the token from its start', async () => {
    const { settings } = await keep();
    expect(settings.view()).toEqual({
      settings: defaultSettings,
      context: { tokens: 1_500_000, from: 'default' },
      key: { storage: 'none', hint: null, backend: 'none', backendIsStrong: false },
      provider: {
        kind: 'builtin',
        name: 'Built-in text engine',
        host: '127.0.0.1',
        llm: false,
        local: true,
        model: 'docket-builtin',
      },
      fromEnvironment: [],
    });
    const connection = settings.connectionSettings();
    expect(await connection.endpoint()).toEqual(ok({ baseUrl: 'http://127.0.0.1:5/v1', apiKey: 'token' }));
    expect(connection.contextTokens('docket-builtin')).toBeGreaterThan(1_000_000);
  });
});

describe('the context window', () => {
  const ollama: Settings = { ...openai, provider: 'ollama', baseUrl: 'http://127.0.0.1:11434/v1', model: 'llama3' };

  it('is that of the provider if nobody says more, so Docket refuses what Ollama would silently truncate', async () => {
    const { settings } = await keep({ saved: ollama });
    expect(settings.view().context).toEqual({ tokens: 4_096, from: 'default' });
    expect(settings.connectionSettings().contextTokens('llama3')).toBe(4_096);
  });

  it('is what the server says, or else what is published for the model', async () => {
    const windows = createContextWindows(() => {});
    const { settings } = await keep({ saved: openai, windows });
    await windows.load();
    expect(settings.view().context).toEqual({ tokens: 128_000, from: 'table' });
    const { contextTokens, learnWindows } = settings.connectionSettings();
    expect(contextTokens('gpt-5')).toBe(400_000);
    learnWindows?.(new Map([['gpt-4o-mini', 64_000]]));
    expect(settings.view().context).toEqual({ tokens: 64_000, from: 'server' });
    expect([contextTokens('gpt-4o-mini'), contextTokens('gpt-5')]).toEqual([64_000, 400_000]);
  });

  it('is what the user sets, for as long as the provider stays', async () => {
    const { settings } = await keep({ saved: openai });
    expect((await settings.save({ ...ollama, contextTokens: 8_192 })).context).toEqual({
      tokens: 8_192,
      from: 'setting',
    });
    expect((await settings.save({ ...openai, contextTokens: 8_192 })).settings.contextTokens).toBeNull();
  });

  it('is left to Docket where an older version had saved what the provider usually has', async () => {
    const { chatEffort: _, batchEffort: __, ...old } = ollama;
    const saved = async (contextTokens: number) =>
      (await keep({ saved: { ...old, contextTokens } })).settings.current();
    expect((await saved(4_096)).contextTokens).toBeNull();
    expect((await saved(32_768)).contextTokens).toBe(32_768);
    expect((await keep({ saved: { ...ollama, contextTokens: 4_096 } })).settings.current().contextTokens).toBe(4_096);
  });
});

describe('the environment', () => {
  it.each([
    [{}, null, null],
    [{ OPENAI_API_KEY: ' ', OPENAI_BASE_URL: '' }, null, null],
    [{ OPENAI_API_KEY: ` ${KEY}\n` }, KEY, null],
    [{ OPENAI_API_KEY: 'two words' }, null, null],
    [{ OPENAI_API_KEY: 'sk-…' }, null, null],
    [{ OPENAI_BASE_URL: 'http://llm.example/v1' }, null, 'http://llm.example/v1'],
    [{ OPENAI_BASE_URL: 'llm.example/v1' }, null, null],
    [{ OPENAI_BASE_URL: 'llm.example/v1', OPENAI_API_KEY: KEY }, null, null],
    [{ OPENAI_BASE_URL: 'file:///etc/passwd' }, null, null],
    [{ OPENAI_BASE_URL: 'http://me:secret@llm.example/v1', OPENAI_API_KEY: KEY }, null, null],
    [{ OPENAI_BASE_URL: 'http://llm.example/v1#part' }, null, null],
    [{ OPENAI_BASE_URL: 'http://llm.example/v1?api-version=2' }, null, 'http://llm.example/v1?api-version=2'],
  ])('%j is read', (variables, apiKey, baseUrl) => {
    expect(readEnvironment(variables)).toEqual({ apiKey, baseUrl });
  });

  it('decides at the first start', async () => {
    const { settings } = await keep({ environment: { apiKey: KEY, baseUrl: null } });
    expect(settings.view()).toMatchObject({
      settings: { provider: 'openai', baseUrl: 'https://api.openai.com/v1', model: 'gpt-4o-mini' },
      key: { storage: 'environment', hint: 'cdef' },
      fromEnvironment: ['key'],
    });
    expect(await settings.connectionSettings().endpoint()).toEqual(ok({ baseUrl: openai.baseUrl, apiKey: KEY }));
  });

  it('gives its key only to its own server', async () => {
    const { settings } = await keep({ environment: { apiKey: KEY, baseUrl: 'http://llm.example:8000/v1' } });
    expect(settings.view()).toMatchObject({
      provider: { kind: 'other', name: 'llm.example:8000' },
      fromEnvironment: ['baseUrl', 'key'],
    });
    await settings.save({ ...other, baseUrl: 'http://llm.example:9000/v1' });
    expect(await settings.connectionSettings().endpoint()).toEqual(
      ok({ baseUrl: 'http://llm.example:9000/v1', apiKey: null }),
    );
    expect(settings.view().fromEnvironment).toEqual([]);
  });

  it('still decides the provider when other settings change, with the model chosen for it', async () => {
    const environment = { apiKey: KEY, baseUrl: 'http://llm.example:8000/v1' };
    const first = await keep({ environment });
    await first.settings.change({ theme: 'dark', model: 'qwen' });
    expect(first.settings.view().fromEnvironment).toEqual(['baseUrl', 'key']);
    const [saved] = first.save.mock.lastCall ?? [];

    const same = await keep({ environment, saved });
    expect(same.settings.current()).toMatchObject({ baseUrl: environment.baseUrl, model: 'qwen', theme: 'dark' });
    const moved = await keep({ environment: { ...environment, baseUrl: 'http://other.example/v1' }, saved });
    expect(moved.settings.current()).toMatchObject({ baseUrl: 'http://other.example/v1', theme: 'dark' });
    const gone = await keep({ saved });
    expect(gone.settings.current()).toEqual({ ...defaultSettings, theme: 'dark' });
  });

  it('no longer decides once a provider was chosen in the window', async () => {
    const environment = { apiKey: KEY, baseUrl: 'http://llm.example:8000/v1' };
    const first = await keep({ environment });
    await first.settings.save({ ...first.settings.current(), provider: 'builtin' });
    await first.settings.change({ theme: 'dark' });
    const [saved] = first.save.mock.lastCall ?? [];
    expect((await keep({ environment, saved })).settings.provider().kind).toBe('builtin');
  });

  it('yields to settings saved in the window, but wins on the command line', async () => {
    const environment = { apiKey: KEY, baseUrl: 'http://llm.example:8000/v1' };
    const saved = { ...defaultSettings, provider: 'ollama', baseUrl: 'http://127.0.0.1:11434/v1', model: 'llama3' };
    expect((await keep({ environment, saved })).settings.provider().kind).toBe('ollama');
    expect((await keep({ environment, saved, environmentWins: true })).settings.provider()).toMatchObject({
      kind: 'other',
      host: 'llm.example:8000',
    });
  });

  it('keeps the chosen model only for the same server', () => {
    const environment = { apiKey: null, baseUrl: other.baseUrl };
    expect(withEnvironment(other, environment).model).toBe('qwen');
    expect(
      withEnvironment({ ...other, baseUrl: 'http://127.0.0.1:11434/v1', model: 'llama3' }, environment).model,
    ).toBe('gpt-4o-mini');
  });
});

describe('saved settings', () => {
  it.each([[null], [undefined], ['text'], [7], [[]], [{}], [{ settings: {} }]])(
    'that are %j mean the defaults',
    async (saved) => {
      expect((await keep({ saved })).settings.current()).toEqual(defaultSettings);
    },
  );

  it('from an older version keep what is still valid', async () => {
    const saved = {
      provider: 'other',
      baseUrl: 'ftp://x',
      model: 'qwen',
      temperature: 9,
      concurrency: 12,
      theme: 'dark',
      gone: true,
    };
    expect((await keep({ saved })).settings.current()).toEqual({
      ...defaultSettings,
      provider: 'other',
      model: 'qwen',
      concurrency: 12,
      theme: 'dark',
    });
  });
});

describe('a change', () => {
  it('is saved before it takes effect, and says whether calls now go elsewhere', async () => {
    const { settings, onChange, save } = await keep({ saved: openai });
    await settings.save({ ...openai, theme: 'dark' });
    expect(save).toHaveBeenLastCalledWith({ ...openai, theme: 'dark', providerFromEnvironment: false });
    expect(onChange).toHaveBeenLastCalledWith(settings.view(), false);
    for (const change of [
      { baseUrl: 'http://a/v1' },
      { poolConnections: 9 },
      { idleTimeoutMs: 5_000 },
      { provider: 'other' as const },
    ]) {
      await settings.save({ ...settings.current(), ...change });
      expect(onChange).toHaveBeenLastCalledWith(settings.view(), true);
    }
  });

  it('that cannot be saved changes nothing', async () => {
    const { settings, onChange } = await keep({ saved: openai, save: () => Promise.reject(new Error('disk full')) });
    await expect(settings.save(other)).rejects.toThrow('disk full');
    expect(settings.current()).toEqual(openai);
    expect(onChange).not.toHaveBeenCalled();
  });

  it('does not affect an existing connection', async () => {
    const { settings } = await keep({ saved: other });
    const before = settings.connectionSettings();
    await settings.save({ ...other, baseUrl: 'http://elsewhere/v1' });
    expect(await before.endpoint()).toEqual(ok({ baseUrl: other.baseUrl, apiKey: null }));
  });
});

describe('a missing setting', () => {
  it.each([
    ['a key for OpenAI', openai, 'key'],
    ['an address', { ...other, baseUrl: '' }, 'address'],
  ])('%s keeps a call from being made', async (_name, saved, missing) => {
    const { settings } = await keep({ saved });
    expect(await settings.connectionSettings().endpoint()).toMatchObject({
      ok: false,
      error: { code: 'not_configured', params: { missing } },
    });
  });

  it('without a model, the model list can still be requested', async () => {
    const { settings } = await keep({ saved: { ...other, model: '' } });
    expect(await settings.connectionSettings().endpoint()).toEqual(ok({ baseUrl: other.baseUrl, apiKey: null }));
  });

  it('without an address, there is nothing to bind a key to', async () => {
    const { settings } = await keep();
    expect(await settings.setKey(KEY, false)).toMatchObject({ ok: false, error: { code: 'not_configured' } });
  });
});

describe('a key', () => {
  it('is shown by its last four characters and where it is stored', async () => {
    const { settings, onChange } = await keep({ saved: openai });
    expect(await settings.setKey(KEY, false)).toEqual(
      ok({ storage: 'session', hint: 'cdef', backend: 'none', backendIsStrong: false }),
    );
    expect(onChange).toHaveBeenLastCalledWith(settings.view(), true);
    expect(JSON.stringify(settings.view())).not.toContain(KEY);
    expect((await settings.clearKey()).storage).toBe('none');
  });

  it.each(['sk-two words', 'sk-“quoted”', 'sk-\u0007', 'sk-…'])(
    'that no header can carry is refused: %s',
    async (key) => {
      const { settings } = await keep({ saved: openai });
      const refused = await settings.setKey(key, false);
      expect(refused).toMatchObject({ ok: false, error: { code: 'invalid_input' } });
      expect(JSON.stringify(refused)).not.toContain(key);
    },
  );
});

describe('the provider', () => {
  it.each([
    [{ ...openai }, { kind: 'openai', name: 'OpenAI', host: 'api.openai.com', llm: true, local: false }],
    [other, { kind: 'other', name: 'llm.example:8000', host: 'llm.example:8000', llm: true, local: false }],
    [{ ...other, baseUrl: 'http://localhost:1234/v1' }, { local: true }],
    [{ ...other, baseUrl: 'http://127.8.9.1:1234/v1' }, { local: true }],
    [{ ...other, baseUrl: 'http://[::1]:1234/v1' }, { local: true }],
    [{ ...other, baseUrl: 'http://127.0.0.1.example.org/v1' }, { local: false }],
    [{ ...other, baseUrl: 'http://localhost.example.org/v1' }, { local: false }],
    [
      { ...other, provider: 'ollama' as const, baseUrl: 'http://10.0.0.5:11434/v1' },
      { name: 'Ollama', local: false },
    ],
    [
      { ...other, baseUrl: '' },
      { name: 'Other server', host: '', local: false },
    ],
  ])('of %j', (settings, expected) => {
    expect(providerOf(settings)).toMatchObject(expected);
  });

  it('has an origin that its key is bound to', () => {
    expect(originOf(openai)).toBe('https://api.openai.com');
    expect(originOf(other)).toBe('http://llm.example:8000');
    expect(originOf(defaultSettings)).toBeNull();
    expect(originOf({ ...other, baseUrl: 'nonsense' })).toBeNull();
  });

  it('leaves two sockets of the pool for the chat', async () => {
    const { settings } = await keep({ saved: { ...openai, concurrency: 64, poolConnections: 8 } });
    expect(settings.batchConcurrency()).toBe(6);
    await settings.save({ ...openai, concurrency: 5, poolConnections: 72 });
    expect(settings.batchConcurrency()).toBe(5);
  });
});
