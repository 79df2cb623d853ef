/**
 * Providers, and what is found out about them.
 * Times are milliseconds since the Unix epoch, durations are milliseconds, sizes are bytes. `null` means
 * "unknown" or "does not apply", never zero.
 */
import type { SettingsField } from './problem-action.ts';

/** How a provider is reached. `builtin` is the text engine that ships with Docket, which is not an AI model. */
export type ProviderKind = 'builtin' | 'openai' | 'ollama' | 'lmstudio' | 'llamacpp' | 'other';

/** The provider in use, as shown throughout the app. */
export interface ProviderInfo {
  readonly kind: ProviderKind;
  /** Display name: "OpenAI", "Ollama", "Built-in text engine". */
  readonly name: string;
  /** Host and port that requests go to. */
  readonly host: string;
  /** False for the built-in engine: its results are text processing, not a model's. */
  readonly llm: boolean;
  /** True if requests never leave this machine. */
  readonly local: boolean;
  readonly model: string;
}

/** A model server found on loopback. All it was sent is a GET of its model list. */
export interface DiscoveredServer {
  readonly kind: 'ollama' | 'lmstudio' | 'llamacpp';
  readonly name: string;
  readonly baseUrl: string;
  readonly models: readonly string[];
}

/** One layer of the connection test; the first to fail shows where to look. */
export interface ConnectionCheck {
  readonly layer: 'address' | 'connection' | 'key' | 'models' | 'reply';
  readonly status: 'ok' | 'failed' | 'skipped';
  readonly message: string;
  readonly latencyMs: number | null;
  /** The setting that could fix the failure; null if none can. */
  readonly field: SettingsField | null;
  /** Models of the server to use instead, nearest first. */
  readonly proposals: readonly string[];
}
