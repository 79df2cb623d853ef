/** Where a sentence stands that the built-in engine quotes. */
export interface QuoteSource {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based, of `of`. */
  readonly sentence: number;
  readonly of: number;
}

/** As the engine writes it under a quotation. */
export function quoteSourceWords({ file, line, sentence, of }: QuoteSource): string {
  return `${file}, line ${line}, sentence ${sentence} of ${of}`;
}

/** What the window needs of it to open the place; an extract that matches no word is named by its file alone. */
export function readQuoteSource(words: string): { readonly file: string; readonly line: number | null } {
  const match = /^(?<file>.*), line (?<line>\d+), sentence \d+ of \d+$/su.exec(words);
  return { file: match?.groups?.file ?? words, line: match === null ? null : Number(match.groups?.line) };
}
