import type { StoreUpdate } from '../../shared/app-data.ts';
import type { Recovery } from './operations.ts';
import type { Salvage } from './salvage-or-backup.ts';

/** The messages between the store's threads and their client. */
export interface StoreThreadOptions {
  readonly mode: 'write' | 'read';
  readonly file: string;
  /** How long, in milliseconds, a deferred write may stay in the buffer. */
  readonly flushAfterMs: number;
}

export interface StoreRequest {
  readonly id: number;
  readonly operation: string;
  readonly args: readonly unknown[];
  /** A caller is waiting: commit at once, with everything buffered. */
  readonly urgent: boolean;
}

export interface StoreReply {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: { readonly message: string; readonly code: string | null };
}

/** The state of a connection once it is open. */
export interface StoreState {
  /** Writer only: what a crash left behind. */
  readonly recovery: Recovery | null;
  /** Writer only: what was salvaged from a damaged store. */
  readonly salvage: Salvage | null;
  /** Writer only: the last process did not close the store. */
  readonly hadUncleanEnd: boolean;
  /** Reader only: the store is in a read-only place. */
  readonly isSnapshot: boolean;
}

export type StoreMessage =
  | { readonly type: 'updating'; readonly update: StoreUpdate }
  | ({ readonly type: 'ready' } & StoreState)
  | { readonly type: 'failed'; readonly message: string; readonly code: string | null }
  | { readonly type: 'replies'; readonly replies: readonly StoreReply[] }
  /** An idle writer has noticed that its files are gone from their place. */
  | { readonly type: 'gone' }
  | { readonly type: 'closed' };

/** Write everything the connection holds to a file in another place. */
export interface SaveCommand {
  readonly type: 'save';
  readonly id: number;
  readonly to: string;
}

export type StoreCommand =
  | { readonly type: 'request'; readonly request: StoreRequest }
  /** A `save` will follow, so accept outcomes even if the file is gone from its place. */
  | { readonly type: 'saving' }
  | SaveCommand
  | { readonly type: 'close' };
