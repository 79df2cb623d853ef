/**
 * Model calls, as recorded.
 * Times are milliseconds since the Unix epoch, durations are milliseconds, sizes are bytes. `null` means
 * "unknown" or "does not apply", never zero.
 */
import type { Problem } from './problem.ts';

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

export const callKinds = ['chat', 'analysis', 'probe'] as const;
/** `probe`: a model list or a connection test. */
export type CallKind = (typeof callKinds)[number];

export const callStatuses = ['ok', 'error', 'cancelled', 'in_doubt', 'open'] as const;
/**
 * `open`: in flight. `in_doubt`: Docket died before the outcome was known, so the request may have been received.
 */
export type CallStatus = (typeof callStatuses)[number];

/** `question`: one of a recipe's. */
export type CallTask = 'question' | 'chat' | 'models' | 'test';

/** A row of the audit, as shown in lists. */
export interface CallRow {
  readonly id: number;
  /** When the intent was recorded, before the request left. */
  readonly createdAt: number;
  readonly kind: CallKind;
  readonly task: CallTask;
  /** The column of a question, or what a server was asked about itself besides its models; otherwise null. */
  readonly title: string | null;
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
  /** Prompt tokens read from the server's cache. */
  readonly cachedTokens: number | null;
  readonly reasoningTokens: number | null;
  /** The server's usage object as JSON. */
  readonly usage: string | null;
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
