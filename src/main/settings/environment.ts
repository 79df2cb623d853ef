import type { Settings } from '../../shared/data.ts';
import { providerPresets } from '../../shared/providers.ts';

/** What the environment says about the provider. */
export interface Environment {
  readonly apiKey: string | null;
  readonly baseUrl: string | null;
}

/** Reads the variables that OpenAI's own clients honour. */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const baseUrl = variables.OPENAI_BASE_URL?.trim() || null;
  return {
    apiKey: variables.OPENAI_API_KEY?.trim() || null,
    baseUrl: baseUrl !== null && URL.canParse(baseUrl) && /^https?:/.test(baseUrl) ? baseUrl : null,
  };
}

export function isSet(environment: Environment): boolean {
  return environment.apiKey !== null || environment.baseUrl !== null;
}

/** Settings as the environment wants them; unchanged when it says nothing. */
export function withEnvironment(settings: Settings, environment: Environment): Settings {
  if (!isSet(environment)) return settings;
  const { openai } = providerPresets;
  const baseUrl = environment.baseUrl ?? openai.baseUrl;
  const isOpenAi = new URL(baseUrl).host === new URL(openai.baseUrl).host;
  return { ...settings, provider: isOpenAi ? 'openai' : 'other', baseUrl, model: settings.model || openai.model };
}

/** The key of the environment with the one origin that it is for. */
export function environmentKey(environment: Environment): { readonly origin: string; readonly key: string } | null {
  if (environment.apiKey === null) return null;
  return { origin: new URL(environment.baseUrl ?? providerPresets.openai.baseUrl).origin, key: environment.apiKey };
}
