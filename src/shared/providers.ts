import type { ProviderKind } from './provider-data.ts';

interface ProviderPreset {
  readonly name: string;
  /** Empty if only the user can know it. */
  readonly baseUrl: string;
  /** Empty if it is chosen from the server's list. */
  readonly model: string;
  readonly needsKey: boolean;
  /**
   * Context size to assume if nobody says how much the model reads. Ollama silently truncates prompts longer than its default of 4,096,
   * and LM Studio loads models with an equally small window, so there Docket refuses longer text before sending it.
   */
  readonly contextTokens: number;
}

/** What is known about each provider before contacting it. Ports are the servers' documented defaults. */
export const providerPresets: Readonly<Record<ProviderKind, ProviderPreset>> = {
  builtin: {
    name: 'Built-in text engine',
    baseUrl: '',
    model: 'docket-builtin',
    needsKey: false,
    contextTokens: 128_000,
  },
  openai: {
    name: 'OpenAI',
    baseUrl: 'https://api.openai.com/v1',
    model: 'gpt-4o-mini',
    needsKey: true,
    contextTokens: 128_000,
  },
  ollama: { name: 'Ollama', baseUrl: 'http://127.0.0.1:11434/v1', model: '', needsKey: false, contextTokens: 4_096 },
  lmstudio: {
    name: 'LM Studio',
    baseUrl: 'http://127.0.0.1:1234/v1',
    model: '',
    needsKey: false,
    contextTokens: 4_096,
  },
  llamacpp: {
    name: 'llama.cpp',
    baseUrl: 'http://127.0.0.1:8080/v1',
    model: '',
    needsKey: false,
    contextTokens: 128_000,
  },
  other: { name: 'Other server', baseUrl: '', model: '', needsKey: false, contextTokens: 128_000 },
};

/** The built-in engine's name wherever its results are shown. */
export const BUILTIN_LABEL = 'Built-in text engine (no AI model)';
