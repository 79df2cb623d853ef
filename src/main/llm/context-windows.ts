/** How much models read in one request, as far as anybody says. */
import type { ProviderKind } from '../../shared/provider-data.ts';
import { providerPresets } from '../../shared/providers.ts';
import type { ContextSource } from '../../shared/settings-data.ts';
import { at, isObject, type JsonObject } from './json-value.ts';

/** The model a window is asked for, and where it is. */
export interface ModelPlace {
  readonly kind: ProviderKind;
  readonly baseUrl: string;
  readonly model: string;
}

export interface KnownWindow {
  readonly tokens: number;
  readonly from: Exclude<ContextSource, 'setting'>;
}

export interface ContextWindows {
  /** What the server said, or else the table of published models, or else what the provider usually has. */
  of(place: ModelPlace): KnownWindow;
  /** Takes what a server's model list says. */
  learn(baseUrl: string, models: ReadonlyMap<string, number>): void;
  /** Loads the table; resolves once it is there. */
  load(): Promise<void>;
}

/** @param onLearned called when a window may have become known. */
export function createContextWindows(onLearned: () => void): ContextWindows {
  const told = new Map<string, ReadonlyMap<string, number>>();
  let published: ((place: ModelPlace) => number | null) | null = null;
  let loading: Promise<void> | null = null;

  const load = async (): Promise<void> => {
    const { publishedWindow } = await import('./published-windows.ts');
    published = publishedWindow;
    onLearned();
  };

  return {
    of: (place) => {
      const byServer = told.get(place.baseUrl)?.get(place.model);
      if (byServer !== undefined) return { tokens: byServer, from: 'server' };
      const byTable = place.kind === 'builtin' ? null : published?.(place);
      if (byTable != null) return { tokens: byTable, from: 'table' };
      return { tokens: providerPresets[place.kind].contextTokens, from: 'default' };
    },
    learn: (baseUrl, models) => {
      if (models.size === 0) return;
      told.set(baseUrl, new Map([...(told.get(baseUrl) ?? []), ...models]));
      onLearned();
    },
    load: () => {
      loading ??= load();
      return loading;
    },
  };
}

/**
 * vLLM and SGLang; OpenRouter, Together and others; Groq; LM Studio for a loaded model; Mistral; Anthropic and GitHub;
 * Google; llama.cpp. What a model was trained for is no more than its server may load, so it is not taken.
 */
const WINDOWS: readonly (readonly string[])[] = [
  ['max_model_len'],
  ['loaded_context_length'],
  ['context_length'],
  ['context_window'],
  ['max_context_length'],
  ['max_context_tokens'],
  ['max_input_tokens'],
  ['inputTokenLimit'],
  ['limits', 'max_context_window_tokens'],
  ['capabilities', 'limits', 'max_context_window_tokens'],
  ['meta', 'n_ctx'],
];

const LEAST_TOKENS = 256;
const MOST_TOKENS = 100_000_000;

/** The window that an entry of a model list gives; null if it gives none. */
export function windowIn(model: JsonObject): number | null {
  for (const path of WINDOWS) {
    const window = asWindow(at(model, ...path));
    if (window !== null) return window;
  }
  return null;
}

/** Null for what can be no window. */
export function asWindow(value: unknown): number | null {
  const isNumber = typeof value === 'number' && Number.isInteger(value);
  return isNumber && value >= LEAST_TOKENS && value <= MOST_TOKENS ? value : null;
}

/** The windows in a model list, by every name that an entry has. */
export function windowsIn(models: readonly unknown[]): ReadonlyMap<string, number> {
  const windows = new Map<string, number>();
  for (const model of models.filter(isObject)) {
    const window = windowIn(model);
    if (window === null) continue;
    for (const name of ['id', 'name', 'model', 'model_name', 'key']) {
      const value = model[name];
      if (typeof value === 'string' && value !== '') windows.set(value, window);
    }
  }
  return windows;
}
