/** A word of a text, as ranking needs it. Offsets are into the source text. */
export interface Token {
  readonly start: number;
  readonly end: number;
  /** The form in which variants of a word count as one: a lemma or a truncated stem. */
  readonly normal: string;
  /** False for function words, which say nothing about the subject. */
  readonly content: boolean;
  readonly noun: boolean;
  readonly adjective: boolean;
}
