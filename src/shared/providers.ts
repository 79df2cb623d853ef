import type { ProviderKind } from './data.ts';

interface ProviderPreset {
  readonly name: string;
  /** Empty where only the user can know it. */
  readonly baseUrl: string;
  /** Empty where it is chosen from the server's list. */
  readonly model: string;
  readonly needsKey: boolean;
  /**
   * Tokens to take for granted until the user says otherwise. Ollama cuts a longer prompt in silence at its default
   * of 4,096, and LM Studio loads models with as small a window, so there Docket refuses it before it is sent.
   */
  readonly contextTokens: number;
}

/** What is known of each provider before anything is asked of it. Ports are the servers' documented defaults. */
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

/** How the built-in engine is called wherever its results are shown. */
export const BUILTIN_LABEL = 'Built-in text engine (no AI model)';
