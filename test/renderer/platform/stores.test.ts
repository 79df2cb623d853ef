import { describe, expect, it } from 'vitest';
import { createSettingsStore } from '../../../src/renderer/src/platform/settings-store.ts';
import { createStatusStore } from '../../../src/renderer/src/platform/status-store.ts';
import type { Status } from '../../../src/shared/app-data.ts';
import { problem } from '../../../src/shared/problem.ts';
import type { SettingsView } from '../../../src/shared/settings-data.ts';
import { defaultSettings } from '../../../src/shared/settings-schema.ts';
import { createScriptedBridge, deferred } from '../batch/scripted-bridge.ts';

const provider = {
  kind: 'builtin',
  name: 'Built-in text engine',
  host: '127.0.0.1:1',
  llm: false,
  local: true,
  model: 'docket-builtin',
} as const;
const status = (callsInFlight: number): Status => ({
  provider,
  callsInFlight,
  activeBatches: 0,
  leftToday: { calls: 0, bytes: 0, hosts: [] },
});
const view: SettingsView = {
  settings: defaultSettings,
  key: { storage: 'none', hint: null, backend: 'basic_text', backendIsStrong: false },
  provider,
  fromEnvironment: [],
  context: { tokens: 128_000, from: 'default' },
};

describe('the status', () => {
  it('is not set back by an answer older than an event', async () => {
    const answer = deferred<Status>();
    const bridge = createScriptedBridge({ 'status.get': () => answer.promise });
    const store = createStatusStore(bridge);
    const started = store.start();
    bridge.emit('status.changed', status(3));
    answer.resolve(status(1));
    await started;
    expect(store.getState().status?.callsInFlight).toBe(3);
  });

  it('says why it is unknown', async () => {
    const store = createStatusStore(
      createScriptedBridge({ 'status.get': () => problem('unexpected', { where: 'request' }) }),
    );
    await store.start();
    expect(store.getState()).toMatchObject({ status: null, problem: { code: 'unexpected' } });
  });
});

describe('the settings', () => {
  it('follow main and what was saved', async () => {
    const bridge = createScriptedBridge({
      'settings.get': () => view,
      'settings.save': (settings) => ({ ...view, settings: { ...view.settings, ...settings } }),
    });
    const store = createSettingsStore(bridge);
    await store.start();
    await store.save({ ...defaultSettings, theme: 'dark' });
    expect(store.getState().view?.settings.theme).toBe('dark');
    bridge.emit('settings.changed', view);
    expect(store.getState().view?.settings.theme).toBe('system');
  });

  it('stay unchanged if saving fails', async () => {
    const bridge = createScriptedBridge({
      'settings.get': () => view,
      'settings.save': () => problem('invalid_input', { what: 'schema', said: 'No.' }),
    });
    const store = createSettingsStore(bridge);
    await store.start();
    expect(await store.save(defaultSettings)).toMatchObject({ ok: false });
    expect(store.getState().view).toBe(view);
  });
});
