import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Bridge } from '../../../shared/contract.ts';
import type { Problem } from '../../../shared/problem.ts';
import type { ConnectionCheck, DiscoveredServer, ProviderKind } from '../../../shared/provider-data.ts';
import type { Result } from '../../../shared/result.ts';
import type { KeyState, Settings, SettingsView } from '../../../shared/settings-data.ts';
import {
  checkDraft,
  type DraftErrors,
  draftFor,
  draftOf,
  type ProviderDraft,
  sameDraft,
  withDraft,
} from './provider-draft.ts';

export type ModelList =
  | { readonly status: 'unknown' }
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly names: readonly string[] }
  | { readonly status: 'failed'; readonly problem: Problem };

export type ConnectionTest =
  | { readonly status: 'idle' }
  | { readonly status: 'running' }
  | { readonly status: 'done'; readonly checks: readonly ConnectionCheck[] }
  | { readonly status: 'failed'; readonly problem: Problem };

export interface SettingsFormState {
  /** The settings in the main process; null until they have been read. */
  readonly saved: SettingsView | null;
  readonly problem: Problem | null;
  /** The edited provider section; null while it is unchanged. It survives leaving the page. */
  readonly draft: ProviderDraft | null;
  readonly errors: DraftErrors;
  /** A typed key that is not saved yet. Cleared as soon as it has been handed over. */
  readonly key: string;
  readonly allowWeak: boolean;
  readonly saving: boolean;
  readonly models: ModelList;
  readonly found: readonly DiscoveredServer[];
  readonly test: ConnectionTest;
}

export interface SettingsForm {
  readonly store: StoreApi<SettingsFormState>;
  connect(): () => void;
  load(): Promise<void>;
  /** The provider section as displayed. */
  shown(): ProviderDraft | null;
  isDirty(): boolean;
  choose(provider: ProviderKind): void;
  edit(change: Partial<Omit<ProviderDraft, 'provider'>>): void;
  typeKey(key: string): void;
  setAllowWeak(allowWeak: boolean): void;
  /** Saves the provider section. Returns false if it cannot be saved. */
  save(): Promise<boolean>;
  discard(): void;
  use(server: DiscoveredServer): Promise<void>;
  removeKey(): Promise<void>;
  /** Saves a setting that takes effect at once. */
  change(change: Partial<Settings>): Promise<void>;
  discover(): Promise<void>;
  loadModels(): Promise<void>;
  testConnection(): Promise<void>;
}

export function createSettingsForm(bridge: Bridge): SettingsForm {
  const store = createStore<SettingsFormState>(() => ({
    saved: null,
    problem: null,
    draft: null,
    errors: {},
    key: '',
    allowWeak: false,
    saving: false,
    models: { status: 'unknown' },
    found: [],
    test: { status: 'idle' },
  }));
  const { getState: get, setState: set } = store;
  /** What was typed for each provider before another one was chosen. */
  const earlier = new Map<ProviderKind, ProviderDraft>();
  /** Settings are saved as a whole, so each save starts from the result of the previous one. */
  let saves: Promise<unknown> = Promise.resolve();
  /** Number of the current test. The result of an earlier one is dropped. */
  let tests = 0;

  function shown(): ProviderDraft | null {
    const { draft, saved } = get();
    return draft ?? (saved && draftOf(saved.settings));
  }

  function isDirty(): boolean {
    return get().draft !== null || get().key !== '';
  }

  function takeView(saved: SettingsView): void {
    const before = get().saved;
    set({ saved, problem: null });
    const { provider, baseUrl, model } = saved.settings;
    const elsewhere = before?.settings.provider !== provider || before.settings.baseUrl !== baseUrl;
    const newKey = before?.key.hint !== saved.key.hint;
    if (elsewhere || newKey) set({ models: { status: 'unknown' } });
    if (elsewhere || newKey || before?.settings.model !== model) forgetTest();
  }

  /** The result is for the values tested, and would look like one for the values entered now. */
  function forgetTest(): void {
    tests += 1;
    set({ test: { status: 'idle' } });
  }

  function takeKey(key: KeyState): void {
    const { saved } = get();
    if (saved !== null) takeView({ ...saved, key });
  }

  async function load(): Promise<void> {
    const result = await bridge.request('settings.get', undefined);
    if (result.ok) takeView(result.value);
    else set({ problem: result.error });
  }

  function saveSettings(make: (settings: Settings) => Settings): Promise<boolean> {
    const save = saves.then(async () => {
      const { saved } = get();
      if (saved === null) return false;
      const result = await bridge.request('settings.save', make(saved.settings));
      if (result.ok) takeView(result.value);
      else set({ problem: result.error });
      return result.ok;
    });
    saves = save;
    return save;
  }

  function setDraft(draft: ProviderDraft): void {
    const { saved, errors } = get();
    earlier.set(draft.provider, draft);
    const changed = saved === null || !sameDraft(draft, draftOf(saved.settings));
    // An error disappears as soon as it is fixed; new ones appear when saving.
    const still = checkDraft(draft);
    const left = Object.fromEntries(Object.entries(errors).filter(([field]) => field in still));
    set({ draft: changed ? draft : null, errors: left });
    forgetTest();
  }

  async function handOverKey(): Promise<Result<KeyState, Problem> | null> {
    const { key, allowWeak } = get();
    if (key.trim() === '') return null;
    const result = await bridge.request('settings.setKey', { key: key.trim(), allowWeak });
    if (result.ok) {
      set({ key: '' });
      takeKey(result.value);
    }
    return result;
  }

  async function save(): Promise<boolean> {
    const draft = shown();
    if (draft === null || get().saving) return false;
    const errors = checkDraft(draft);
    set({ errors, problem: null });
    if (Object.keys(errors).length > 0) return false;
    set({ saving: true });
    // A key belongs to the server set when it is handed over, so the address is saved first.
    const saved = get().draft === null || (await saveSettings((settings) => withDraft(settings, draft)));
    // Anything typed while saving still has to be saved.
    if (saved && shown() === draft) set({ draft: null });
    if (saved && draft.provider === 'builtin') set({ key: '' });
    const key = saved ? await handOverKey() : null;
    set({ saving: false });
    if (key !== null && !key.ok) {
      set({ problem: key.error });
      return false;
    }
    if (saved) void loadModels();
    return saved;
  }

  async function loadModels(): Promise<void> {
    if (get().saved?.settings.provider === 'builtin') return;
    set({ models: { status: 'loading' } });
    const result = await bridge.request('settings.models', undefined);
    set({ models: result.ok ? { status: 'ready', names: result.value } : { status: 'failed', problem: result.error } });
  }

  async function discover(): Promise<void> {
    const result = await bridge.request('settings.discover', undefined);
    if (result.ok) set({ found: result.value });
  }

  return {
    store,
    connect() {
      const end = bridge.on('settings.changed', takeView);
      // The list of models is requested only when it is opened: opening the page sends nothing to a provider.
      void load();
      void discover();
      return end;
    },
    load,
    shown,
    isDirty,
    choose(provider) {
      const { saved, found } = get();
      const current = shown();
      if (current === null || saved === null || current.provider === provider) return;
      earlier.set(current.provider, current);
      const before = saved.settings.provider === provider ? draftOf(saved.settings) : undefined;
      set({ errors: {} });
      setDraft(draftFor(provider, current, earlier.get(provider) ?? before, found));
    },
    edit(change) {
      const current = shown();
      if (current !== null) setDraft({ ...current, ...change });
    },
    typeKey(key) {
      set({ key });
      forgetTest();
    },
    setAllowWeak: (allowWeak) => set({ allowWeak }),
    save,
    discard() {
      earlier.clear();
      set({ draft: null, errors: {}, key: '', allowWeak: false, problem: null });
    },
    async use(server) {
      const current = shown();
      if (current === null) return;
      setDraft({ ...current, provider: server.kind, baseUrl: server.baseUrl, model: server.models[0] ?? '' });
      await save();
    },
    async removeKey() {
      const result = await bridge.request('settings.clearKey', undefined);
      if (result.ok) takeKey(result.value);
      else set({ problem: result.error });
    },
    async change(change) {
      await saveSettings((settings) => ({ ...settings, ...change }));
    },
    discover,
    loadModels,
    async testConnection() {
      if (isDirty() && !(await save())) return;
      forgetTest();
      const mine = tests;
      set({ test: { status: 'running' } });
      const result = await bridge.request('settings.test', undefined);
      if (mine !== tests) return;
      set({ test: result.ok ? { status: 'done', checks: result.value } : { status: 'failed', problem: result.error } });
    },
  };
}
