import type { RetryWait } from '../../shared/call-data.ts';
import type { Places } from '../../shared/places.ts';
import type { Question, Recipe } from '../../shared/recipe.ts';
import type { Lanes, Patience } from '../llm/call-options.ts';
import type { CallFailure } from '../llm/call-result.ts';
import type { Connection } from '../llm/connection.ts';
import type { CallLinks } from '../llm/model-call.ts';
import type { ReadingHints } from './read/reading-hints.ts';
import type { PrepareText } from './text-thread.ts';

/** A document, and what is asked about it. */
export interface RecipeInput {
  readonly recipe: Recipe;
  /** Those of the recipe that are to be asked. */
  readonly questions: readonly Question[];
  /** Name of the file, with its folder. */
  readonly name: string;
  readonly text: string;
  /** Null for a format without any. */
  readonly places: Places | null;
  readonly model: string;
  readonly temperature: number;
  readonly links: CallLinks;
}

/** What one request is about: the document, a part of it, or the answers about its parts. */
export interface AskedText extends RecipeInput {
  /** Of the whole document, so that all its parts are read alike. */
  readonly hints: ReadingHints;
}

export interface RecipeOptions {
  readonly connection: Connection;
  readonly signal: AbortSignal;
  readonly lanes: Lanes;
  /** Left out, on this thread. */
  readonly prepareText?: PrepareText | undefined;
  /** Called as soon as one question fails, while the others may still be asked. */
  readonly onFailure?: (failure: CallFailure) => void;
  /** Set when nobody is waiting for the answers. */
  readonly patient?: Patience;
  /** Called when a question starts waiting for another attempt. */
  readonly onRetry?: (wait: RetryWait) => void;
  /** Called with what a question threw, which is a bug; the question then fails with the problem `unexpected`. */
  readonly onBug?: (error: unknown) => void;
}
