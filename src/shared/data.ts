/**
 * The rows and values that cross from the main process to a window (or to the command line).
 * Times are milliseconds since the Unix epoch, durations milliseconds, sizes bytes. `null` means
 * "unknown" or "does not apply", never zero.
 */
import type { Problem } from './problem.ts';
import type { SettingsField } from './problem-action.ts';
import type { ReadingNote } from './reading-note.ts';

// ---------------------------------------------------------------- providers and settings

/** How a provider is reached. `builtin` is the text engine that ships with Docket and is no AI model. */
export type ProviderKind = 'builtin' | 'openai' | 'ollama' | 'lmstudio' | 'llamacpp' | 'other';

/** The provider in use, as every surface shows it. */
export interface ProviderInfo {
  readonly kind: ProviderKind;
  /** For people: "OpenAI", "Ollama", "Built-in text engine". */
  readonly name: string;
  /** Host and port that requests go to. */
  readonly host: string;
  /** False for the built-in engine: its results are text processing, not a model's. */
  readonly llm: boolean;
  /** True when requests never leave this machine. */
  readonly local: boolean;
  readonly model: string;
}

/** Where the key is kept, in falling order of safety. */
export type KeyStorage = 'none' | 'environment' | 'session' | 'encrypted' | 'weak';

export interface KeyState {
  readonly storage: KeyStorage;
  /** The last four characters, to tell keys apart; never more. */
  readonly hint: string | null;
  /** The backend that would encrypt a key, as the system names it (`gnome_libsecret`, `basic_text`, …). */
  readonly backend: string;
  /** False when the backend only scrambles: then a key is kept for the session unless the user insists. */
  readonly backendIsStrong: boolean;
}

export type ThemeChoice = 'system' | 'light' | 'dark';

/** What the user can set. Saved whole; the defaults are in `shared/settings-schema.ts`. */
export interface Settings {
  readonly provider: ProviderKind;
  /** Base URL of the API, ending in `/v1` with most servers; unused by the built-in engine. */
  readonly baseUrl: string;
  readonly model: string;
  /** 0–2; 0 by default, so that the same question gets the same answer as far as a model can. */
  readonly temperature: number;
  /** Model calls that a batch may have in flight, 1–64. */
  readonly concurrency: number;
  /** Upper bound of sockets to the provider, 4–256. A batch always leaves two of them to the chat. */
  readonly poolConnections: number;
  readonly firstTokenTimeoutMs: number;
  readonly idleTimeoutMs: number;
  /** For how long a batch waits for a host that is away, before it is left interrupted. */
  readonly hostWaitMs: number;
  /** Tokens that the model can read in one request. */
  readonly contextTokens: number;
  readonly theme: ThemeChoice;
  /** A notification of the system when a batch ends while Docket is not in front. */
  readonly notifyBatchEnd: boolean;
}

export interface SettingsView {
  readonly settings: Settings;
  readonly key: KeyState;
  readonly provider: ProviderInfo;
  /** Settings that the environment decides until the user changes them here. */
  readonly fromEnvironment: readonly ('baseUrl' | 'key')[];
}

/** A model server found on loopback. Nothing but a GET of its model list was sent to it. */
export interface DiscoveredServer {
  readonly kind: 'ollama' | 'lmstudio' | 'llamacpp';
  readonly name: string;
  readonly baseUrl: string;
  readonly models: readonly string[];
}

/** One layer of "test connection"; the first that fails tells where to look. */
export interface ConnectionCheck {
  readonly layer: 'address' | 'connection' | 'key' | 'models' | 'reply';
  readonly status: 'ok' | 'failed' | 'skipped';
  readonly message: string;
  readonly latencyMs: number | null;
  /** Where what failed can be mended; null where no setting mends it. */
  readonly field: SettingsField | null;
}

/** What the status line tells. */
export interface Status {
  readonly provider: ProviderInfo;
  readonly callsInFlight: number;
  readonly activeBatches: number;
  /** Since local midnight; requests to this machine itself do not count. */
  readonly leftToday: { readonly calls: number; readonly bytes: number; readonly hosts: readonly string[] };
}

/** A call that failed in a way that may pass, and waits for its next attempt. */
export interface RetryWait {
  /** Why the last attempt failed. */
  readonly problem: Problem;
  /** Number of the attempt that comes next, from 2. */
  readonly attempt: number;
  /** Number of the last that would be made. */
  readonly attempts: number;
  /** From the moment that it is told. */
  readonly delayMs: number;
}

// ---------------------------------------------------------------- chat

export interface Conversation {
  readonly id: string;
  readonly title: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** The message at the end of the branch that is shown; null in an empty conversation. */
  readonly leafId: string | null;
  readonly messageCount: number;
}

/**
 * `streaming` is the only state that is not final. `stopped`: the user stopped it. `interrupted`: Docket
 * ended while it streamed; what had arrived is kept.
 */
export type MessageStatus = 'streaming' | 'done' | 'stopped' | 'failed' | 'interrupted';

/** A file whose text goes with a question. The text itself is kept beside it and asked for by `id`. */
export interface Attachment {
  readonly id: string;
  /** Without its folder. */
  readonly name: string;
  readonly format: string;
  /** Size of the file. */
  readonly bytes: number;
  /** Of the file's bytes, in hexadecimal. */
  readonly sha256: string;
  readonly pages: number | null;
  readonly characters: number;
  /** Size of its text, which is what is sent. */
  readonly textBytes: number;
  /** About how many tokens the text is. */
  readonly tokens: number;
  readonly notes: readonly ReadingNote[];
}

/** A file that was chosen in the system's picker and is not read yet. */
export interface PickedFile {
  /** Stands for the file, as for a dropped one. */
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
  /** Since it was asked, pauses before further attempts included. */
  readonly latencyMs: number | null;
  readonly timeToFirstTokenMs: number | null;
  readonly finishReason: string | null;
  /** Row of the history that recorded the call, the last one of several attempts. */
  readonly callId: number | null;
  readonly attempts: number | null;
}

/** A message that was found by words in it. */
export interface FoundMessage {
  readonly conversationId: string;
  /** Of the conversation. */
  readonly title: string;
  readonly messageId: string;
  /** What stands around the first of the words. */
  readonly excerpt: string;
}

export interface ConversationWithMessages {
  readonly conversation: Conversation;
  /** All branches, oldest first. */
  readonly messages: readonly Message[];
}

// ---------------------------------------------------------------- batch

/**
 * `collecting`: folders are being read. `ready`: waits for the user's go (a remote provider).
 * `interrupted`: a quit or crash left it unfinished; it goes on when the user says so.
 */
export type BatchStatus = 'collecting' | 'ready' | 'running' | 'cancelled' | 'interrupted' | 'finished';

export const itemStatuses = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;
export type ItemStatus = (typeof itemStatuses)[number];

export const itemFilters = ['all', 'noted', 'queued', 'done', 'failed', 'cancelled'] as const;
/** Which files of a batch are shown or exported: all, those of a status, or `noted`: with something to know about their reading. */
export type ItemFilter = (typeof itemFilters)[number];

export interface BatchCounts {
  readonly total: number;
  readonly queued: number;
  readonly running: number;
  readonly done: number;
  readonly failed: number;
  readonly cancelled: number;
  /** Of those done and failed, how many were read with something to know about the reading. */
  readonly noted: number;
}

export interface Batch {
  readonly id: string;
  /** Name of the dropped folder, or of the first file and how many more. */
  readonly name: string;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  /** How long it ran, as of its last stop: without the time that it stood stopped. Null when that was not kept. */
  readonly workedMs: number | null;
  readonly status: BatchStatus;
  readonly counts: BatchCounts;
  /** Size of all its files, as far as it is known. */
  readonly bytes: number;
  /** What the batch runs with; fixed when it is created. */
  readonly providerName: string;
  readonly host: string;
  readonly model: string;
  readonly llm: boolean;
  readonly local: boolean;
  /** Hidden and system files that were passed over. */
  readonly skipped: number;
  /** Why it stopped by itself although files are left (a refused key, a used-up quota, a server that is gone). */
  readonly problem: Problem | null;
}

/** How far an export is. */
export interface ExportProgress {
  readonly batchId: string;
  readonly written: number;
  readonly total: number;
}

export type AnalysisTask = 'summary' | 'sentiment' | 'topics';

/** Outcome of one of the three tasks; each succeeds or fails by itself. */
export interface TaskResult<T> {
  /** Normalised for the table; null when it failed or when there is none (`note` says why). */
  readonly value: T | null;
  /** What the provider answered, verbatim; null when it failed. */
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

/** A line of the live table: narrow, no full texts. */
export interface ItemRow {
  readonly id: number;
  readonly batchId: string;
  /** 0-based place in the batch; stable. */
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
  /** Of the file, or of the first task that failed. */
  readonly problem: Problem | null;
}

/** Everything known of one file. */
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

/** What a batch that stands still waits for. */
export interface BatchWait {
  /** Why the call that waits longest failed. */
  readonly problem: Problem;
  /** Until its next attempt; 0 when that is on its way. */
  readonly remainingMs: number;
  /** Since when the host has been away, for all that call it; null where calls wait only for themselves. */
  readonly since: number | null;
}

export interface BatchProgress {
  readonly batch: Batch;
  /** Finished files a second over the last ten seconds; null until it is known. */
  readonly filesPerSecond: number | null;
  readonly remainingMs: number | null;
  /** Set while the batch stands still because its calls wait for further attempts. */
  readonly waiting: BatchWait | null;
  /** Names met in folders so far, while folders are being read: files are counted once their folder is in order. */
  readonly namesSeen?: number | undefined;
  /** Rows that changed since the last event. */
  readonly changed: readonly ItemRow[];
}

export const exportFormats = ['csv', 'json', 'md'] as const;
export type ExportFormat = (typeof exportFormats)[number];

// ---------------------------------------------------------------- history

/**
 * What is done to a store before it is open. One that an older Docket wrote is copied, then changed in its place; of one
 * that is damaged, what can be read is taken over.
 */
export type StoreUpdate =
  | { readonly stage: 'copying' }
  | { readonly stage: 'updating' | 'salvaging'; readonly done: number; readonly total: number };

export const callKinds = ['chat', 'analysis', 'probe'] as const;
/** `probe`: a model list or a connection test. */
export type CallKind = (typeof callKinds)[number];

export const callStatuses = ['ok', 'error', 'cancelled', 'in_doubt', 'open'] as const;
/**
 * `open`: on its way. `in_doubt`: Docket died before the outcome was known; the request may have been received.
 */
export type CallStatus = (typeof callStatuses)[number];

/** A row of the audit, as lists show it. */
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
  /** First 100 characters of what was asked. */
  readonly message: string;
  /** First 100 characters of the reply. */
  readonly reply: string | null;
  /** File of a batch, or the files attached to the question. */
  readonly fileName: string | null;
  /** To 0.1 ms. */
  readonly latencyMs: number | null;
  readonly timeToFirstTokenMs: number | null;
  readonly promptTokens: number | null;
  readonly completionTokens: number | null;
  readonly totalTokens: number | null;
  readonly requestBytes: number;
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
  /** What the provider said beside its reply, as the built-in engine does when it has none. */
  readonly note: string | null;
  /** False when the call was given up while it waited for its turn: nothing of it left. */
  readonly sent: boolean;
  /** The request's body exactly as it was sent. */
  readonly requestBody: string;
  /** The reply's text as far as it arrived. */
  readonly replyBody: string | null;
  /** Those that are not what was stored, by their checksums: they are not shown. */
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
