import type { Problem } from '../../shared/problem.ts';
import type { ChatBody, Quirks } from './chat-body.ts';

/** Something that servers refuse, how they word it and what follows from it. */
export interface Lesson {
  readonly about: string;
  /** The failures that may say it; by default, only a refused request. */
  readonly codes?: readonly Problem['code'][];
  /** Whether the request contains what may be refused. */
  readonly applies: (body: ChatBody) => boolean;
  /** How servers word it. The groups capture the values they name. */
  readonly refusals: readonly RegExp[];
  /** @returns whether the next request would differ from the refused one, even if another call has learned it first. */
  readonly learn: (quirks: Quirks, found: RegExpExecArray, body: ChatBody) => boolean;
}
