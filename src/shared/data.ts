/**
 * The rows and values that pass from the main process to a window (or to the command line).
 * Times are milliseconds since the Unix epoch, durations are milliseconds, sizes are bytes. `null` means
 * "unknown" or "does not apply", never zero.
 */
import type { Problem } from './problem.ts';
import type { SettingsField } from './problem-action.ts';
import type { ReadingNote } from './reading-note.ts';

// ---------------------------------------------------------------- providers and settings

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
  /** Tokens the model can read in one request. */
  readonly contextTokens: number;
  readonly theme: ThemeChoice;
  /** Show a system notification when a batch ends while Docket is in the background. */
  readonly notifyBatchEnd: boolean;
}

export interface SettingsView {
  readonly settings: Settings;
  readonly key: KeyState;
  readonly provider: ProviderInfo;
  /** Settings taken from the environment until the user changes them. */
  readonly fromEnvironment: readonly ('baseUrl' | 'key')[];
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
}

/** What the status line shows. */
export interface Status {
  readonly provider: ProviderInfo;
  readonly callsInFlight: number;
  readonly activeBatches: number;
  /** Since local midnight; requests to this machine do not count. */
  readonly leftToday: { readonly calls: number; readonly bytes: number; readonly hosts: readonly string[] };
}

/** A call that hit a transient failure and is waiting for its next attempt. */
export interface RetryWait {
  /** Why the last attempt failed. */
  readonly problem: Problem;
  /** Number of the next attempt, from 2. */
  readonly attempt: number;
  /** Number of the last attempt that would be made. */
  readonly attempts: number;
  /** Counted from when this is sent. */
  readonly delayMs: number;
}

// ---------------------------------------------------------------- chat

export interface Conversation {
  readonly id: string;
  readonly title: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** The last message of the branch shown; null in an empty conversation. */
  readonly leafId: string | null;
  readonly messageCount: number;
}

/**
 * `streaming` is the only state that is not final. `stopped`: the user stopped it. `interrupted`: Docket
 * ended while it streamed, and the part that arrived is kept.
 */
export type MessageStatus = 'streaming' | 'done' | 'stopped' | 'failed' | 'interrupted';

/** A file whose text goes with a question. The text is stored separately and requested by `id`. */
export interface Attachment {
  readonly id: string;
  /** Without the folder. */
  readonly name: string;
  readonly format: string;
  /** Size of the file. */
  readonly bytes: number;
  /** Hash of the file's bytes, in hexadecimal. */
  readonly sha256: string;
  readonly pages: number | null;
  readonly characters: number;
  /** Size of the text, which is what is sent. */
  readonly textBytes: number;
  /** Estimated tokens in the text. */
  readonly tokens: number;
  readonly notes: readonly ReadingNote[];
}

/** A file chosen in the system's file picker and not read yet. */
export interface PickedFile {
  /** Stands for the file, as it does for a dropped one. */
  readonly grant: string;
  readonly name: string;
  readonly bytes: number | null;
}

/**
 * A message of a conversation. Messages form a tree by `parentId`: an edited question or a regenerated reply
 * is a sibling of the old one, so nothing is lost.
 */
export interface Message {
  readonly id: string;
  readonly conversationId: string;
  readonly parentId: string | null;
  readonly role: 'user' | 'assistant';
  readonly content: string;
  /** Files of a question, in the order they were attached; a reply has none. */
  readonly attachments: readonly Attachment[];
  readonly status: MessageStatus;
  readonly createdAt: number;
  readonly problem: Problem | null;
  /** The following are set on replies only. */
  readonly model: string | null;
  readonly providerName: string | null;
  readonly llm: boolean | null;
  readonly temperature: number | null;
  readonly promptTokens: number | null;
  readonly completionTokens: number | null;
  /** From the request on, including pauses before further attempts. */
  readonly latencyMs: number | null;
  readonly timeToFirstTokenMs: number | null;
  readonly finishReason: string | null;
  /** History row of the call; of its last attempt if there were several. */
  readonly callId: number | null;
  readonly attempts: number | null;
}

/** A message found by the words in it. */
export interface FoundMessage {
  readonly conversationId: string;
  /** Title of the conversation. */
  readonly title: string;
  readonly messageId: string;
  /** The text around the first of the words. */
  readonly excerpt: string;
}

export interface ConversationWithMessages {
  readonly conversation: Conversation;
  /** All branches, oldest first. */
  readonly messages: readonly Message[];
}

// ---------------------------------------------------------------- batch

/**
 * `collecting`: folders are being read. `ready`: waiting for the user to start it (a remote provider).
 * `interrupted`: a quit, crash or outage left it unfinished, and the user can resume it.
 */
export type BatchStatus = 'collecting' | 'ready' | 'running' | 'cancelled' | 'interrupted' | 'finished';

export const itemStatuses = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;
export type ItemStatus = (typeof itemStatuses)[number];

export const itemFilters = ['all', 'noted', 'queued', 'done', 'failed', 'cancelled'] as const;
/** Which files of a batch are shown or exported: all, those with a status, or `noted`: those with reading notes. */
export type ItemFilter = (typeof itemFilters)[number];

export interface BatchCounts {
  readonly total: number;
  readonly queued: number;
  readonly running: number;
  readonly done: number;
  readonly failed: number;
  readonly cancelled: number;
  /** How many of those done and failed have reading notes. */
  readonly noted: number;
}

export interface Batch {
  readonly id: string;
  /** Name of the dropped folder, or of the first file plus how many more. */
  readonly name: string;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  /** Total running time as of its last stop, without the time in between runs. Null if it was not recorded. */
  readonly workedMs: number | null;
  readonly status: BatchStatus;
  readonly counts: BatchCounts;
  /** Total size of its files, as far as known. */
  readonly bytes: number;
  /** The provider the batch runs with, fixed when it is created. */
  readonly providerName: string;
  readonly host: string;
  readonly model: string;
  readonly llm: boolean;
  readonly local: boolean;
  /** Number of hidden and system files skipped. */
  readonly skipped: number;
  /** Why it stopped by itself with files left (a rejected key, an exhausted quota, a server that is gone). */
  readonly problem: Problem | null;
}

/** Progress of an export. */
export interface ExportProgress {
  readonly batchId: string;
  readonly written: number;
  readonly total: number;
}

export type AnalysisTask = 'summary' | 'sentiment' | 'topics';

/** Outcome of one of the three tasks; each succeeds or fails independently. */
export interface TaskResult<T> {
  /** Normalised for the table; null if the task failed or there is no value (`note` says why). */
  readonly value: T | null;
  /** The provider's answer, verbatim; null if the task failed. */
  readonly raw: string | null;
  /** Why there is no value although the call succeeded, or how `raw` was normalised. */
  readonly note: string | null;
  readonly problem: Problem | null;
  readonly callId: number | null;
}

export interface Analysis {
  readonly summary: TaskResult<string>;
  readonly sentiment: TaskResult<string>;
  readonly topics: TaskResult<readonly string[]>;
}

/** A row of the live table: kept narrow, without full texts. */
export interface ItemRow {
  readonly id: number;
  readonly batchId: string;
  /** 0-based position in the batch; never changes. */
  readonly position: number;
  readonly name: string;
  readonly bytes: number | null;
  readonly status: ItemStatus;
  readonly summary: string | null;
  readonly sentiment: string | null;
  readonly topics: readonly string[] | null;
  readonly totalTokens: number | null;
  readonly latencyMs: number | null;
  /** What a person should know about how the file was read. */
  readonly notes: readonly ReadingNote[];
  /** The file's problem, or that of the first failed task. */
  readonly problem: Problem | null;
}

/** Everything known about one file. */
export interface ItemDetail {
  readonly row: ItemRow;
  readonly path: string;
  readonly format: string | null;
  readonly encoding: string | null;
  readonly pages: number | null;
  readonly characters: number | null;
  readonly sha256: string | null;
  readonly analysis: Analysis | null;
  readonly calls: readonly CallRow[];
}

/** What a stalled batch is waiting for. */
export interface BatchWait {
  /** Why the longest-waiting call failed. */
  readonly problem: Problem;
  /** Time until its next attempt; 0 if that is under way. */
  readonly remainingMs: number;
  /** When the host went away for all its callers; null if calls are only waiting individually. */
  readonly since: number | null;
}

export interface BatchProgress {
  readonly batch: Batch;
  /** Files finished per second over the last ten seconds; null until known. */
  readonly filesPerSecond: number | null;
  readonly remainingMs: number | null;
  /** Set while the batch is stalled because its calls are waiting for further attempts. */
  readonly waiting: BatchWait | null;
  /** Names seen so far while folders are being read; files are only counted once their folder has been sorted. */
  readonly namesSeen?: number | undefined;
  /** Rows that changed since the last event. */
  readonly changed: readonly ItemRow[];
}

export const exportFormats = ['csv', 'json', 'md'] as const;
export type ExportFormat = (typeof exportFormats)[number];

// ---------------------------------------------------------------- history

/**
 * What happens to a store before it is opened. A store from an older Docket is copied and then migrated in place.
 * From a damaged one, whatever can be read is recovered.
 */
export type StoreUpdate =
  | { readonly stage: 'copying' }
  | { readonly stage: 'updating' | 'salvaging'; readonly done: number; readonly total: number };

export const callKinds = ['chat', 'analysis', 'probe'] as const;
/** `probe`: a model list or a connection test. */
export type CallKind = (typeof callKinds)[number];

export const callStatuses = ['ok', 'error', 'cancelled', 'in_doubt', 'open'] as const;
/**
 * `open`: in flight. `in_doubt`: Docket died before the outcome was known, so the request may have been received.
 */
export type CallStatus = (typeof callStatuses)[number];

/** A row of the audit, as shown in lists. */
export interface CallRow {
  readonly id: number;
  /** When the intent was recorded, before the request left. */
  readonly createdAt: number;
  readonly kind: CallKind;
  readonly task: AnalysisTask | 'chat' | 'models' | 'test';
  readonly status: CallStatus;
  readonly providerName: string;
  readonly host: string;
  readonly llm: boolean;
  readonly model: string;
  readonly attempt: number;
  readonly userId: string;
  /** First 100 characters of the question. */
  readonly message: string;
  /** First 100 characters of the reply. */
  readonly reply: string | null;
  /** The batch's file, or the files attached to the question. */
  readonly fileName: string | null;
  /** Rounded to 0.1 ms. */
  readonly latencyMs: number | null;
  readonly timeToFirstTokenMs: number | null;
  readonly promptTokens: number | null;
  readonly completionTokens: number | null;
  readonly totalTokens: number | null;
  readonly requestBytes: number;
  /** False if nothing left: it was given up while queued, or no connection came about. */
  readonly sent: boolean;
  readonly errorCode: string | null;
}

export interface CallDetail extends CallRow {
  readonly modelAnswered: string | null;
  /** Model parameters of the request as JSON (temperature, max_tokens, stream, …). */
  readonly parameters: string;
  readonly httpStatus: number | null;
  readonly requestId: string | null;
  readonly finishReason: string | null;
  /** Why it failed, was given up or is in doubt. */
  readonly problem: Problem | null;
  readonly conversationId: string | null;
  readonly messageId: string | null;
  readonly batchId: string | null;
  readonly itemId: number | null;
  /** What the provider said besides its reply; the built-in engine does this when it has no answer. */
  readonly note: string | null;
  /** The request body exactly as sent. */
  readonly requestBody: string;
  /** As much of the reply's text as arrived. */
  readonly replyBody: string | null;
  /** Texts whose checksums no longer match; they are not shown. */
  readonly damagedTexts: readonly ('request' | 'reply')[];
}

export interface HistoryFilter {
  readonly search?: string | undefined;
  readonly kind?: CallKind | undefined;
  readonly status?: CallStatus | undefined;
  readonly model?: string | undefined;
  /** Inclusive lower bound of `createdAt`. */
  readonly from?: number | undefined;
  /** Exclusive upper bound of `createdAt`. */
  readonly to?: number | undefined;
}

export interface HistoryPage {
  readonly rows: readonly CallRow[];
  /** Id to pass as `before` for the next, older page; null at the end. */
  readonly nextBefore: number | null;
}

export interface HistoryFacets {
  readonly models: readonly string[];
  readonly total: number;
}
