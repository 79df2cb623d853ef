import type { Problem } from '../../shared/problem.ts';
import type { Result } from '../../shared/result.ts';
import type { ExtractedDocument } from './extract-document.ts';
import type { ExtractLimits } from './limits.ts';

/** A document as its thread returns it, without the text if that is longer than requested. */
export type ReadDocument = Omit<ExtractedDocument, 'text'> & { readonly text: string | null };

export type ExtractResult = Result<ReadDocument, Problem>;

/** Settings a thread is started with. */
export interface ThreadSettings {
  readonly limits: ExtractLimits;
  readonly maxBufferBytes: number;
}

/** A request to a thread. */
export interface ReadRequest {
  readonly path: string;
  readonly maxCharacters: number;
  /** Files and folders it must lie in; null for anywhere. */
  readonly roots: readonly string[] | null;
}

/**
 * A message from a thread: that it is ready to read, with its system thread id if it has one; the size in bytes of the
 * file it is about to read; or the result.
 */
export type ThreadMessage =
  | { readonly task: number | null }
  | { readonly bytes: number }
  | { readonly result: ExtractResult };
