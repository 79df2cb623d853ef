import type { StoreUpdate } from '../../shared/data.ts';
import type { Recovery } from './operations.ts';

/** What the store's threads and their client tell each other. */
export interface StoreThreadOptions {
  readonly mode: 'write' | 'read';
  readonly file: string;
  /** Milliseconds that a write which nobody waits for may stay in the buffer. */
  readonly flushAfterMs: number;
}

export interface StoreRequest {
  readonly id: number;
  readonly operation: string;
  readonly args: readonly unknown[];
  /** Somebody waits: commit at once, with all that is buffered. */
  readonly urgent: boolean;
}

export interface StoreReply {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: { readonly message: string; readonly code: string | null };
}

export type StoreMessage =
  | { readonly type: 'updating'; readonly update: StoreUpdate }
  | { readonly type: 'ready'; readonly recovery: Recovery | null; readonly damagedFile: string | null }
  | { readonly type: 'failed'; readonly message: string; readonly code: string | null }
  | { readonly type: 'replies'; readonly replies: readonly StoreReply[] }
  | { readonly type: 'closed' };

export type StoreCommand = { readonly type: 'request'; readonly request: StoreRequest } | { readonly type: 'close' };
