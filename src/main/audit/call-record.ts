/** A call as the audit records it, in its two phases. */
import type { CallKind, CallStatus, CallTask } from '../../shared/call-data.ts';
import type { Problem } from '../../shared/problem.ts';
import type { RequestBody } from './request-body.ts';

/** How much of the question and reply a list row shows; the bodies have all of it. */
const EXCERPT_CHARACTERS = 100;

/** What is known before a request leaves. */
export interface CallIntent {
  readonly createdAt: number;
  readonly kind: CallKind;
  readonly task: CallTask;
  /** The column of a question; null for other tasks. */
  readonly title: string | null;
  readonly providerName: string;
  readonly host: string;
  readonly llm: boolean;
  readonly local: boolean;
  readonly model: string;
  /** JSON of the request's parameters, without the messages. */
  readonly parameters: string;
  readonly attempt: number;
  readonly userId: string;
  /** The beginning of the question. */
  readonly message: string;
  readonly body: RequestBody;
  readonly requestBytes: number;
  readonly fileName: string | null;
  readonly conversationId: string | null;
  readonly messageId: string | null;
  readonly batchId: string | null;
  readonly itemId: number | null;
}

/** What is known after. */
export interface CallOutcome {
  readonly callId: number;
  readonly status: Exclude<CallStatus, 'open' | 'in_doubt'>;
  /** False if the call was given up while it waited for a slot: nothing of it left. */
  readonly sent: boolean;
  readonly modelAnswered: string | null;
  readonly reply: string | null;
  readonly httpStatus: number | null;
  readonly requestId: string | null;
  readonly finishReason: string | null;
  readonly promptTokens: number | null;
  readonly completionTokens: number | null;
  readonly totalTokens: number | null;
  /** The server's usage object as JSON. */
  readonly usage: string | null;
  readonly timeToFirstTokenMs: number | null;
  readonly latencyMs: number;
  readonly note: string | null;
  /** Why it failed or was given up. */
  readonly problem: Problem | null;
}

/** A finished call of the same item to the same host with the same body. It need not be repeated. */
export interface FinishedCall {
  readonly callId: number;
  readonly reply: string;
  readonly note: string | null;
  readonly finishReason: string | null;
  readonly totalTokens: number | null;
  readonly usage: string | null;
}

export type BegunCall = { readonly callId: number } | { readonly finished: FinishedCall };

/** Which calls may leave once their intents are durable. */
export interface Release {
  /** Whether the call being recorded may leave. */
  readonly released: boolean;
  /** Earlier calls that were waiting and may now leave. */
  readonly release: readonly number[];
}

/** The beginning of a text, cut between characters so that no surrogate pair is split. */
export function excerpt(text: string): string {
  return Array.from(text.slice(0, EXCERPT_CHARACTERS * 2))
    .slice(0, EXCERPT_CHARACTERS)
    .join('');
}
