import { describe, expect, it } from 'vitest';
import { createSettingsForm, type SettingsForm } from '../../../src/renderer/src/settings/settings-form.ts';
import { problem } from '../../../src/shared/problem.ts';
import type { ConnectionCheck, DiscoveredServer } from '../../../src/shared/provider-data.ts';
import type { KeyState, Settings, SettingsView } from '../../../src/shared/settings-data.ts';
import { defaultSettings } from '../../../src/shared/settings-schema.ts';
import { createScriptedBridge, deferred, settle } from '../batch/scripted-bridge.ts';

const noKey: KeyState = { storage: 'none', hint: null, backend: 'gnome_libsecret', backendIsStrong: true };
const ollama: DiscoveredServer = {
  kind: 'ollama',
  name: 'Ollama',
  baseUrl: 'http://127.0.0.1:11434/v1',
  models: ['qwen3', 'gemma3'],
};

function viewOf(settings: Settings, key: KeyState = noKey): SettingsView {
  const provider = { kind: settings.provider, name: 'x', host: 'x', llm: true, local: true, model: settings.model };
  const context = { tokens: 128_000, from: 'default' } as const;
  return { settings, context, key, provider, fromEnvironment: [] };
}

async function connected(settings: Partial<Settings> = {}, key: KeyState = noKey) {
  let held = viewOf({ ...defaultSettings, ...settings }, key);
  const bridge = createScriptedBridge({
    'settings.get': () => held,
    'settings.save': (next) => {
      held = { ...held, settings: next };
      return held;
    },
    'settings.setKey': ({ key: text }) => {
      held = { ...held, key: { ...noKey, storage: 'encrypted', hint: text.slice(-4) } };
      return held.key;
    },
    'settings.clearKey': () => noKey,
    'settings.discover': () => [ollama],
    'settings.models': () => ['gpt-4o-mini'],
    'settings.test': () => [
      { layer: 'address', status: 'ok', message: 'Found.', latencyMs: 1, field: null, proposals: [] },
    ],
  });
  const form = createSettingsForm(bridge);
  form.connect();
  await settle();
  return { bridge, form, state: form.store.getState, held: () => held };
}

describe('the settings form', () => {
  it('saves nothing of the provider until asked', async () => {
    const { bridge, form, held } = await connected();
    form.choose('openai');
    expect(form.shown()).toMatchObject({ baseUrl: 'https://api.openai.com/v1', model: 'gpt-4o-mini' });
    expect(bridge.inputs('settings.save')).toEqual([]);
    expect(await form.save()).toBe(true);
    expect(held().settings).toMatchObject({ provider: 'openai', model: 'gpt-4o-mini' });
    expect(form.isDirty()).toBe(false);
  });

  it('keeps what was typed for one provider while another is displayed', async () => {
    const { form } = await connected();
    form.choose('other');
    form.edit({ baseUrl: 'https://models.example/v1', model: 'mine' });
    form.choose('openai');
    form.choose('other');
    expect(form.shown()).toMatchObject({ baseUrl: 'https://models.example/v1', model: 'mine' });
  });

  it('is not dirty if a change was undone', async () => {
    const { form } = await connected({ provider: 'openai', baseUrl: 'https://api.openai.com/v1', model: 'a' });
    form.edit({ model: 'b' });
    expect(form.isDirty()).toBe(true);
    form.edit({ model: 'a' });
    expect(form.isDirty()).toBe(false);
    form.choose('ollama');
    form.choose('openai');
    expect(form.isDirty()).toBe(false);
  });

  it('says what is wrong, saves nothing and keeps what was typed', async () => {
    const { bridge, form, state } = await connected();
    form.choose('other');
    form.edit({ baseUrl: 'models.example' });
    form.typeKey('sk-1234');
    expect(await form.save()).toBe(false);
    expect(state().errors.baseUrl).toContain('http://');
    expect(bridge.inputs('settings.setKey')).toEqual([]);
    expect(form.shown()?.baseUrl).toBe('models.example');
    expect(state().key).toBe('sk-1234');
    form.edit({ baseUrl: 'http://models.example' });
    expect(state().errors).toEqual({});
  });

  it('hands over the key after the address it belongs to, and forgets it', async () => {
    const { bridge, form, state } = await connected();
    form.choose('openai');
    form.typeKey(' sk-abcd ');
    await form.save();
    const order = bridge.requests.map(({ name }) => name).filter((name) => /setKey|save/.test(name));
    expect(order).toEqual(['settings.save', 'settings.setKey']);
    expect(bridge.inputs('settings.setKey')).toEqual([{ key: 'sk-abcd', allowWeak: false }]);
    expect(state().key).toBe('');
    expect(state().saved?.key.hint).toBe('abcd');
  });

  it('keeps a refused key, with the reason', async () => {
    const { bridge, form, state } = await connected();
    bridge.answers['settings.setKey'] = () => problem('store_failed', { what: 'data', cause: 'other' });
    form.choose('openai');
    form.typeKey('sk-abcd');
    expect(await form.save()).toBe(false);
    expect(state().problem?.code).toBe('store_failed');
    expect(form.isDirty()).toBe(true);
    expect(state().key).toBe('sk-abcd');
  });

  it('offers a server running on this machine and connects it in one step', async () => {
    const { form, state, held } = await connected();
    expect(state().found).toEqual([ollama]);
    await form.use(ollama);
    expect(held().settings).toMatchObject({ provider: 'ollama', baseUrl: ollama.baseUrl, model: 'qwen3' });
  });

  it('saves other settings at once, without the provider draft', async () => {
    const { form, held } = await connected();
    form.choose('openai');
    await Promise.all([form.change({ theme: 'dark' }), form.change({ concurrency: 9 })]);
    expect(held().settings).toMatchObject({ provider: 'builtin', theme: 'dark', concurrency: 9 });
    expect(form.isDirty()).toBe(true);
  });

  it('does not lose a draft because of a change from elsewhere', async () => {
    const { bridge, form, state } = await connected();
    form.choose('openai');
    bridge.emit('settings.changed', viewOf({ ...defaultSettings, concurrency: 12 }));
    expect(form.shown()?.provider).toBe('openai');
    expect(state().saved?.settings.concurrency).toBe(12);
  });

  it('keeps what was typed while saving', async () => {
    const { bridge, form } = await connected({ provider: 'openai', baseUrl: 'https://api.openai.com/v1', model: 'a' });
    const answer = deferred<SettingsView>();
    bridge.answers['settings.save'] = () => answer.promise;
    form.edit({ model: 'b' });
    const saving = form.save();
    await settle();
    form.edit({ model: 'bc' });
    answer.resolve(
      viewOf({ ...defaultSettings, provider: 'openai', baseUrl: 'https://api.openai.com/v1', model: 'b' }),
    );
    await saving;
    expect(form.shown()?.model).toBe('bc');
    expect(form.isDirty()).toBe(true);
  });

  it('saves before testing, so that the displayed values are the ones tested', async () => {
    const { bridge, form, state } = await connected();
    form.choose('openai');
    await form.testConnection();
    const order = bridge.requests.map(({ name }) => name).filter((name) => /save|test/.test(name));
    expect(order).toEqual(['settings.save', 'settings.test']);
    expect(state().test.status).toBe('done');
  });

  it('does not test what cannot be saved', async () => {
    const { bridge, form, state } = await connected();
    form.choose('other');
    await form.testConnection();
    expect(bridge.inputs('settings.test')).toEqual([]);
    expect(state().test.status).toBe('idle');
  });

  it.each([
    ['another address', (form: SettingsForm) => form.edit({ baseUrl: 'http://127.0.0.1:8888/v1' })],
    ['another model', (form: SettingsForm) => form.edit({ model: 'gpt-9' })],
    ['another provider', (form: SettingsForm) => form.choose('ollama')],
    ['another key', (form: SettingsForm) => form.typeKey('sk-abcd')],
  ])('removes the result of a test when there is %s', async (_what, change) => {
    const { form, state } = await connected({ provider: 'other', baseUrl: 'http://127.0.0.1:1/v1', model: 'a' });
    await form.testConnection();
    expect(state().test.status).toBe('done');
    change(form);
    expect(state().test.status).toBe('idle');
  });

  it('ignores a test that ends after an edit', async () => {
    const { bridge, form, state } = await connected({ provider: 'other', baseUrl: 'http://127.0.0.1:1/v1' });
    const answer = deferred<readonly ConnectionCheck[]>();
    bridge.answers['settings.test'] = () => answer.promise;
    const testing = form.testConnection();
    form.edit({ baseUrl: 'http://127.0.0.1:8888/v1' });
    answer.resolve([{ layer: 'address', status: 'ok', message: 'Found.', latencyMs: 1, field: null, proposals: [] }]);
    await testing;
    expect(state().test.status).toBe('idle');
  });

  it('returns to the saved settings when the draft is discarded', async () => {
    const { form, state } = await connected();
    form.choose('openai');
    form.typeKey('sk-abcd');
    form.discard();
    expect(form.shown()?.provider).toBe('builtin');
    expect(state().key).toBe('');
    expect(form.isDirty()).toBe(false);
  });
});
