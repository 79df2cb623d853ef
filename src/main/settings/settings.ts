import { type Problem, problem } from '../../shared/problem.ts';
import type { ProviderInfo } from '../../shared/provider-data.ts';
import { providerPresets } from '../../shared/providers.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { KeyState, Settings, SettingsView } from '../../shared/settings-data.ts';
import { CHAT_RESERVED_CONNECTIONS, defaultSettings, settingsSchema } from '../../shared/settings-schema.ts';
import type { Endpoint } from '../llm/client-pool.ts';
import type { ConnectionSettings } from '../llm/connection.ts';
import type { ContextWindows } from '../llm/context-windows.ts';
import { type Environment, isSendable, isSet, withEnvironment } from './environment.ts';
import type { KeyStore } from './key-store.ts';
import { originOf, providerOf } from './provider.ts';

/** Tokens the built-in engine accepts in one request; its body limit is 8 MB. */
const BUILTIN_CONTEXT_TOKENS = 1_500_000;

/** The settings in use. A change is on disk before it takes effect. */
export interface SettingsKeeper {
  current(): Settings;
  view(): SettingsView;
  provider(): ProviderInfo;
  /** Calls a batch may have in flight: the setting, capped to leave the pool's chat connections free. */
  batchConcurrency(): number;
  connectionSettings(): ConnectionSettings;
  save(next: Settings): Promise<SettingsView>;
  /** Saves some settings; the others keep the values they have when the save runs. */
  change(some: Partial<Settings>): Promise<SettingsView>;
  setKey(key: string, allowWeak: boolean): Promise<Result<KeyState, Problem>>;
  clearKey(): Promise<KeyState>;
}

/** The settings as stored. */
export interface StoredSettings extends Settings {
  /** The provider was not chosen in Docket: at each start the environment decides it, for as long as it sets one. */
  readonly providerFromEnvironment: boolean;
}

export interface SettingsParts {
  /** The saved settings, unparsed; null at the first start. */
  readonly saved: unknown;
  readonly save: (settings: StoredSettings) => Promise<void>;
  readonly keys: KeyStore;
  readonly windows: Pick<ContextWindows, 'of' | 'learn'>;
  readonly environment: Environment;
  /** True on the command line, where the environment is deliberate; in the window, saved settings win over it. */
  readonly environmentWins: boolean;
  readonly builtinEndpoint: () => Promise<Result<{ baseUrl: string; token: string }, Problem>>;
  readonly userAgent: string;
  readonly onChange: (view: SettingsView, connectionChanged: boolean) => void;
}

export function createSettings(parts: SettingsParts): SettingsKeeper {
  const isOpen = parts.saved === null || isFromEnvironment(parts.saved);
  const useEnvironment = isSet(parts.environment) && (isOpen || parts.environmentWins);
  const saved = isOpen && !useEnvironment ? withoutProvider(readSaved(parts.saved)) : readSaved(parts.saved);
  let settings = useEnvironment ? withEnvironment(saved, parts.environment) : saved;
  let fromEnvironment = useEnvironment;

  const view = (): SettingsView => {
    const key = parts.keys.stateFor(originOf(settings));
    const names: SettingsView['fromEnvironment'] = [
      ...(fromEnvironment && parts.environment.baseUrl !== null ? (['baseUrl'] as const) : []),
      ...(key.storage === 'environment' ? (['key'] as const) : []),
    ];
    const context = contextOf(settings, settings.model);
    return { settings, context, key, provider: providerOf(settings), fromEnvironment: names };
  };

  const contextOf = ({ provider, baseUrl, contextTokens }: Settings, model: string): SettingsView['context'] => {
    if (provider === 'builtin') return { tokens: BUILTIN_CONTEXT_TOKENS, from: 'default' };
    if (contextTokens !== null) return { tokens: contextTokens, from: 'setting' };
    return parts.windows.of({ kind: provider, baseUrl, model });
  };

  const connectionSettings = (): ConnectionSettings => {
    const at = settings;
    const provider = providerOf(at);
    // Resolved now: whoever keeps using a replaced connection keeps the key it started with.
    const endpoint = endpointOf(at, parts.keys);
    return {
      provider,
      endpoint: provider.kind === 'builtin' ? () => builtinEndpoint(parts) : async () => endpoint,
      poolConnections: at.poolConnections,
      firstTokenTimeoutMs: at.firstTokenTimeoutMs,
      idleTimeoutMs: at.idleTimeoutMs,
      contextTokens: (model) => contextOf(at, model).tokens,
      learnWindows: (windows) => parts.windows.learn(at.baseUrl, windows),
      effort: { chat: at.chatEffort, batch: at.batchEffort },
      userAgent: parts.userAgent,
    };
  };

  /** Settings are saved as a whole, so each save builds on the result of the one before. */
  let saves: Promise<unknown> = Promise.resolve();

  const saveNext = (make: (current: Settings) => Settings): Promise<SettingsView> => {
    const saving = saves.then(() => apply(withOwnContext(settings, make(settings))));
    saves = saving.catch(() => {}); // The caller of this save gets the error.
    return saving;
  };

  const apply = async (next: Settings): Promise<SettingsView> => {
    const isSameServer = next.provider === settings.provider && next.baseUrl === settings.baseUrl;
    const providerFromEnvironment = fromEnvironment && isSameServer;
    await parts.save({ ...next, providerFromEnvironment });
    const changed = connectionKey(settings) !== connectionKey(next);
    settings = next;
    fromEnvironment = providerFromEnvironment;
    parts.onChange(view(), changed);
    return view();
  };

  return {
    current: () => settings,
    view,
    provider: () => providerOf(settings),
    batchConcurrency: () => Math.min(settings.concurrency, settings.poolConnections - CHAT_RESERVED_CONNECTIONS),
    connectionSettings,
    save: (next) => saveNext(() => next),
    change: (some) => saveNext((current) => ({ ...current, ...some })),
    setKey: async (key, allowWeak) => {
      const origin = originOf(settings);
      if (origin === null) {
        return err(problem('not_configured', { missing: 'provider' }));
      }
      if (!isSendable(key)) {
        return err(problem('invalid_input', { what: 'key_characters' }));
      }
      await parts.keys.set(origin, key, allowWeak);
      parts.onChange(view(), true);
      return ok(view().key);
    },
    clearKey: async () => {
      await parts.keys.clear();
      parts.onChange(view(), true);
      return view().key;
    },
  };
}

/** A context set for one provider says nothing about another, unless the user set it in the same step. */
function withOwnContext(before: Settings, next: Settings): Settings {
  if (next.provider === before.provider || next.contextTokens !== before.contextTokens) return next;
  return { ...next, contextTokens: null };
}

/** The fields that determine the connection. */
function connectionKey(settings: Settings): string {
  const { provider, baseUrl, model, poolConnections, firstTokenTimeoutMs, idleTimeoutMs, contextTokens } = settings;
  const { chatEffort, batchEffort } = settings;
  return JSON.stringify([
    ...[provider, baseUrl, model, poolConnections, firstTokenTimeoutMs, idleTimeoutMs, contextTokens],
    ...[chatEffort, batchEffort],
  ]);
}

/** Settings saved by an older version may lack fields or contain values that are no longer allowed. */
function readSaved(saved: unknown): Settings {
  if (typeof saved !== 'object' || saved === null) return defaultSettings;
  const fields = Object.entries(settingsSchema.shape).flatMap(([name, schema]) => {
    const parsed = schema.safeParse(Reflect.get(saved, name));
    return parsed.success ? [[name, parsed.data]] : [];
  });
  return withoutUsualContext(settingsSchema.parse({ ...defaultSettings, ...Object.fromEntries(fields) }), saved);
}

/** Docket 0.1 saved what a provider usually has as if it had been chosen. */
function withoutUsualContext(settings: Settings, saved: object): Settings {
  const isOld = !('batchEffort' in saved);
  const isUsual = settings.contextTokens === providerPresets[settings.provider].contextTokens;
  return isOld && isUsual ? { ...settings, contextTokens: null } : settings;
}

function isFromEnvironment(saved: unknown): boolean {
  return typeof saved === 'object' && saved !== null && Reflect.get(saved, 'providerFromEnvironment') === true;
}

/** The environment no longer sets a provider, and the user never chose one. */
function withoutProvider(settings: Settings): Settings {
  const { provider, baseUrl, model, contextTokens } = defaultSettings;
  return { ...settings, provider, baseUrl, model, contextTokens };
}

async function builtinEndpoint(parts: SettingsParts): Promise<Result<Endpoint, Problem>> {
  const endpoint = await parts.builtinEndpoint();
  return endpoint.ok ? ok({ baseUrl: endpoint.value.baseUrl, apiKey: endpoint.value.token }) : endpoint;
}

function endpointOf(settings: Settings, keys: KeyStore): Result<Endpoint, Problem> {
  const origin = originOf(settings);
  if (origin === null) return err(problem('not_configured', { missing: 'address' }));
  const apiKey = keys.keyFor(origin);
  if (apiKey === null && settings.provider === 'openai') {
    return err(problem('not_configured', { missing: 'key' }));
  }
  return ok({ baseUrl: settings.baseUrl, apiKey });
}
