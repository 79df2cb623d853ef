/** A line of a page, and how it stands there: what is known of each while the whole document is looked at. */
export interface PageLine extends LineLooks {
  readonly text: string;
  /** An empty line parts it from the one above. */
  readonly isParted: boolean;
  /** It stands below the one before it: the top of a second column does not. */
  readonly follows: boolean;
  /** It is a row of a table. */
  readonly isRow: boolean;
  /** Stretches apart from each other by more than a space; 0 for a line of one. */
  readonly cells: number;
}

/** Lengths are in tenths of a point, from the left and the bottom of the page. Whole numbers take little memory. */
export interface LineLooks {
  /** Font size of nearly all of its letters; 0 if there is none, or if they are turned. */
  readonly size: number;
  /** All of its letters are bold. */
  readonly isBold: boolean;
  /** Of its letters' baseline. */
  readonly y: number;
  /** Of the last baseline of a row of a table; of other lines the same. */
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** The font size of most letters of a document, in tenths of a point; 0 if there are none. */
export function bodySize(pages: readonly (readonly PageLine[])[]): number {
  return mostUsed(lettersBySize(pages));
}

/** How many letters there are of each size. */
export function lettersBySize(pages: readonly (readonly PageLine[])[]): ReadonlyMap<number, number> {
  const letters = new Map<number, number>();
  for (const lines of pages) {
    for (const { size, text } of lines) if (size > 0) letters.set(size, (letters.get(size) ?? 0) + text.length);
  }
  return letters;
}

export function mostUsed(letters: ReadonlyMap<number, number>): number {
  let [best, most] = [0, 0];
  for (const [size, count] of letters) if (count > most) [best, most] = [size, count];
  return best;
}
