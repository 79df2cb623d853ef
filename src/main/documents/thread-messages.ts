import type { Problem } from '../../shared/problem.ts';
import type { Result } from '../../shared/result.ts';
import type { ExtractedDocument } from './extract-document.ts';
import type { ExtractLimits } from './limits.ts';

/** A document as its thread hands it over: without its text when that is longer than was asked for. */
export type ReadDocument = Omit<ExtractedDocument, 'text'> & { readonly text: string | null };

export type ExtractResult = Result<ReadDocument, Problem>;

/** What a thread is told at its start. */
export interface ThreadSettings {
  readonly limits: ExtractLimits;
  readonly maxBufferBytes: number;
}

/** What a thread is asked. */
export interface ReadRequest {
  readonly path: string;
  readonly maxCharacters: number;
}

/** What a thread tells: its number in the system, the size of the file that it is about to read, what it read. */
export type ThreadMessage = { readonly task: number } | { readonly bytes: number } | { readonly result: ExtractResult };
