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
  | {
      readonly type: 'ready';
      readonly recovery: Recovery | null;
      readonly damagedFile: string | null;
      readonly isSnapshot: boolean;
    }
  | { readonly type: 'failed'; readonly message: string; readonly code: string | null }
  | { readonly type: 'replies'; readonly replies: readonly StoreReply[] }
  | { readonly type: 'closed' };

/** All that the connection holds is to be written to a file of another place. */
export interface SaveCommand {
  readonly type: 'save';
  readonly id: number;
  readonly to: string;
}

export type StoreCommand =
  | { readonly type: 'request'; readonly request: StoreRequest }
  /** What is written from now on is going to be saved elsewhere, also when the file has gone from its place. */
  | { readonly type: 'saving' }
  | SaveCommand
  | { readonly type: 'close' };
