/**
 * What the user can set.
 * Times are milliseconds since the Unix epoch, durations are milliseconds, sizes are bytes. `null` means
 * "unknown" or "does not apply", never zero.
 */
import type { EffortChoice } from './efforts.ts';
import type { ProviderInfo, ProviderKind } from './provider-data.ts';

/** Where the key is stored, safest first. */
export type KeyStorage = 'none' | 'environment' | 'session' | 'encrypted' | 'weak';

export interface KeyState {
  readonly storage: KeyStorage;
  /** At most the last four characters, to tell keys apart. */
  readonly hint: string | null;
  /** The backend that would encrypt a key, by the system's name for it (`gnome_libsecret`, `basic_text`, …). */
  readonly backend: string;
  /** False if the backend only obfuscates: the key is then kept for the session only, unless the user insists. */
  readonly backendIsStrong: boolean;
}

export type ThemeChoice = 'system' | 'light' | 'dark';

/** What the user can set. Saved as a whole; the defaults are in `shared/settings-schema.ts`. */
export interface Settings {
  readonly provider: ProviderKind;
  /** Base URL of the API, ending in `/v1` with most servers; unused by the built-in engine. */
  readonly baseUrl: string;
  readonly model: string;
  /** 0–2. The default is 0, so that the same question gets the same answer as far as the model allows. */
  readonly temperature: number;
  /** Model calls a batch may have in flight, 1–64. */
  readonly concurrency: number;
  /** Maximum number of sockets to the provider, 4–256. A batch always leaves two of them for the chat. */
  readonly poolConnections: number;
  readonly firstTokenTimeoutMs: number;
  readonly idleTimeoutMs: number;
  /** How long a batch waits for a host that is away before it becomes interrupted. */
  readonly hostWaitMs: number;
  /** Tokens the model can read in one request; null for what is known about it. */
  readonly contextTokens: number | null;
  /** How much a reasoning model may reason before a chat reply, and before an analysis. */
  readonly chatEffort: EffortChoice;
  readonly batchEffort: EffortChoice;
  readonly theme: ThemeChoice;
  /** Recognise the words in scans and photographs. */
  readonly recognition: boolean;
  /** The languages they may be in, as Tesseract names them; the first counts most. */
  readonly recognitionLanguages: readonly string[];
  /** Show a system notification when a batch ends while Docket is in the background. */
  readonly notifyBatchEnd: boolean;
}

/** Who says how much a model reads: the user, its server, a table of published models, or nobody. */
export type ContextSource = 'setting' | 'server' | 'table' | 'default';

export interface SettingsView {
  readonly settings: Settings;
  /** What the model reads in one request, as far as is known. */
  readonly context: { readonly tokens: number; readonly from: ContextSource };
  readonly key: KeyState;
  readonly provider: ProviderInfo;
  /** Settings taken from the environment until the user changes them. */
  readonly fromEnvironment: readonly ('baseUrl' | 'key')[];
}
