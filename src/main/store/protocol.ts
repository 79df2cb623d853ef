import type { StoreUpdate } from '../../shared/app-data.ts';
import type { Salvage } from './open-recovered.ts';
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

/** How a connection was opened. */
export interface StoreState {
  /** Of a writer: what a crash left behind. */
  readonly recovery: Recovery | null;
  /** Of a writer: what was taken over of a store that was damaged. */
  readonly salvage: Salvage | null;
  /** Of a writer: the last one did not close the store. */
  readonly hadUncleanEnd: boolean;
  /** Of a reader: nothing can be written where the store lies. */
  readonly isSnapshot: boolean;
}

export type StoreMessage =
  | { readonly type: 'updating'; readonly update: StoreUpdate }
  | ({ readonly type: 'ready' } & StoreState)
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
