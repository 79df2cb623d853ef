declare module 'word-extractor' {
  /** Without it, typographic quotes and dashes are replaced by plain ones. */
  interface Unfiltered {
    readonly filterUnicode: false;
  }

  interface WordText {
    getBody(options: Unfiltered): string;
    getFootnotes(options: Unfiltered): string;
    getEndnotes(options: Unfiltered): string;
    getHeaders(options: Unfiltered & { readonly includeFooters: false }): string;
    getFooters(options: Unfiltered): string;
    getAnnotations(options: Unfiltered): string;
    getTextboxes(options: Unfiltered): string;
  }

  class WordExtractor {
    extract(file: Buffer): Promise<WordText>;
  }

  export = WordExtractor;
}
