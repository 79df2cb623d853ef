/** A word of a text, as far as ranking needs to know it. Offsets are into the source text. */
export interface Token {
  readonly start: number;
  readonly end: number;
  /** The form under which variants of a word count as one: a lemma, or a cut-off stem. */
  readonly normal: string;
  /** False for function words, which say nothing about the subject. */
  readonly content: boolean;
  readonly noun: boolean;
  readonly adjective: boolean;
}
