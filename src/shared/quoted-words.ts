/** Words that a reply quotes, as Markdown shows them. */
export interface QuotedWords {
  readonly words: string;
  /** The line of the text that they begin on, counted from 1; null if it is not named. */
  readonly line: number | null;
}

/** Longer quotations are not looked for. */
export const MAX_QUOTED_CHARACTERS = 20_000;
