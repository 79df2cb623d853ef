import type { Problem } from '../../shared/problem.ts';
import type { Result } from '../../shared/result.ts';
import type { Listing } from './containers/container.ts';
import type { Located } from './containers/location.ts';
import type { ExtractedDocument } from './extract-document.ts';
import type { ExtractLimits } from './limits.ts';

/** A document as its thread returns it, without the text if that is longer than requested. */
export type ReadDocument = Omit<ExtractedDocument, 'text'> & { readonly text: string | null };

export type ExtractResult = Result<ReadDocument, Problem>;

/** Settings a thread is started with. */
export interface ThreadSettings {
  readonly limits: ExtractLimits;
  readonly maxBufferBytes: number;
  /** A file that it is likely to read: what reads that format is loaded at once. */
  readonly prepareFor: Located;
}

/** To read a document. */
export interface ReadRequest extends Located {
  readonly what: 'read';
  readonly maxCharacters: number;
  /** Documents in it are left to be read apart. */
  readonly apart: boolean;
  /** Damaged pages that a PDF is read without. */
  readonly withoutPages: readonly number[];
  /** A PDF without any text is read as one of pictures. */
  readonly wordless: boolean;
}

/** To list what a file holds. */
export interface ListRequest extends Located {
  readonly what: 'list';
}

/** A request to a thread. */
export type ThreadRequest = ReadRequest | ListRequest;

/** Null for a file that is no container. */
export type ListResult = Result<Listing | null, Problem>;

/**
 * A message from a thread: that it is ready to read, with its system thread id if it has one; the size in bytes of the
 * file it is about to read; or the result.
 */
export type ThreadMessage =
  | { readonly task: number | null }
  | { readonly bytes: number }
  | { readonly result: ExtractResult | ListResult };
