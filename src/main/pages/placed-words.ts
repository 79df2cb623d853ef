/** The words of a page, and where each stands on it. */
export interface PlacedWords {
  readonly words: readonly string[];
  /** Left, top, right and bottom of each word, in parts of the page as it is shown: see `PARTS_OF_A_PAGE`. */
  readonly boxes: readonly number[];
}

/** Fine enough for a poster, and short to store. */
export const PARTS_OF_A_PAGE = 10_000;
