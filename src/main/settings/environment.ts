import { whyNotBaseUrl } from '../../shared/base-url.ts';
import { providerPresets } from '../../shared/providers.ts';
import type { Settings } from '../../shared/settings-data.ts';

/** Provider settings from the environment. */
export interface Environment {
  readonly apiKey: string | null;
  readonly baseUrl: string | null;
}

/**
 * Reads the variables that OpenAI's own clients honour. If the base URL is invalid, the key is ignored too: a key
 * meant for another server must not go to OpenAI.
 */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const baseUrl = variables.OPENAI_BASE_URL?.trim() || null;
  const apiKey = variables.OPENAI_API_KEY?.trim() || null;
  if (baseUrl !== null && whyNotBaseUrl(baseUrl) !== null) return { apiKey: null, baseUrl: null };
  return { apiKey: apiKey !== null && isSendable(apiKey) ? apiKey : null, baseUrl };
}

/** Whether a key can be sent in a header: printable ASCII without spaces. */
export function isSendable(key: string): boolean {
  return /^[!-~]+$/.test(key);
}

/** Whether the environment sets anything about the provider. */
export function isSet(environment: Environment): boolean {
  return environment.apiKey !== null || environment.baseUrl !== null;
}

/** Settings with the environment applied; unchanged if it sets nothing. */
export function withEnvironment(settings: Settings, environment: Environment): Settings {
  if (!isSet(environment)) return settings;
  const { openai } = providerPresets;
  const baseUrl = environment.baseUrl ?? openai.baseUrl;
  const { host } = new URL(baseUrl);
  const isOpenAi = host === new URL(openai.baseUrl).host;
  // A model chosen for one server may not exist on another.
  const isSameServer = URL.canParse(settings.baseUrl) && new URL(settings.baseUrl).host === host;
  const model = (isSameServer && settings.model) || openai.model;
  return { ...settings, provider: isOpenAi ? 'openai' : 'other', baseUrl, model };
}

/** The key from the environment, with the one origin it is for. */
export function environmentKey(environment: Environment): { readonly origin: string; readonly key: string } | null {
  if (environment.apiKey === null) return null;
  return { origin: new URL(environment.baseUrl ?? providerPresets.openai.baseUrl).origin, key: environment.apiKey };
}
