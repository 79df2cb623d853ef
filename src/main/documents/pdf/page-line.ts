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
  readonly left: number;
  readonly right: number;
}
