import type { ProviderKind } from './data.ts';

interface ProviderPreset {
  readonly name: string;
  /** Empty where only the user can know it. */
  readonly baseUrl: string;
  /** Empty where it is chosen from the server's list. */
  readonly model: string;
  readonly needsKey: boolean;
}

/** What is known of each provider before anything is asked of it. Ports are the servers' documented defaults. */
export const providerPresets: Readonly<Record<ProviderKind, ProviderPreset>> = {
  builtin: { name: 'Built-in text engine', baseUrl: '', model: 'docket-builtin', needsKey: false },
  openai: { name: 'OpenAI', baseUrl: 'https://api.openai.com/v1', model: 'gpt-4o-mini', needsKey: true },
  ollama: { name: 'Ollama', baseUrl: 'http://127.0.0.1:11434/v1', model: '', needsKey: false },
  lmstudio: { name: 'LM Studio', baseUrl: 'http://127.0.0.1:1234/v1', model: '', needsKey: false },
  llamacpp: { name: 'llama.cpp', baseUrl: 'http://127.0.0.1:8080/v1', model: '', needsKey: false },
  other: { name: 'Other server', baseUrl: '', model: '', needsKey: false },
};

/** How the built-in engine is called wherever its results are shown. */
export const BUILTIN_LABEL = 'Built-in text engine (no AI model)';
