import type { RetryWait } from '../../shared/call-data.ts';
import type { Places } from '../../shared/places.ts';
import type { Problem } from '../../shared/problem.ts';
import type { Question, Recipe } from '../../shared/recipe.ts';
import type { Result } from '../../shared/result.ts';
import type { Lanes, Patience } from '../llm/call-options.ts';
import type { CallFailure } from '../llm/call-result.ts';
import type { Connection } from '../llm/connection.ts';
import type { CallLinks, TurnPicture } from '../llm/model-call.ts';
import type { ReadingHints } from './read/reading-hints.ts';
import type { PrepareText } from './text-thread.ts';

/** A picture of a page as it is sent to a model, or of a piece of it. */
export interface DrawnPage {
  /** Its media type. */
  readonly type: string;
  readonly base64: string;
}

/** The pages of a document that are sent as pictures. */
export interface SentPages {
  readonly count: number;
  /** Whether the text is sent beside them. */
  readonly withText: boolean;
  /** Of a page that the document was read without, there is no picture. @param page counted from 1. Never rejects. */
  readonly draw: (page: number) => Promise<Result<readonly DrawnPage[], Problem>>;
}

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
  /** Left out where only the text is sent. */
  readonly pages?: SentPages | undefined;
  readonly model: string;
  readonly temperature: number;
  readonly links: CallLinks;
}

/** What one request is about: the document, a part of it, or the answers about its parts. */
export interface AskedText extends RecipeInput {
  /** Of the whole document, so that all its parts are read alike. */
  readonly hints: ReadingHints;
  /** Sent before the text. */
  readonly pictures?: readonly TurnPicture[] | undefined;
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
