/** Which columns of a table that scrolls sideways are worth drawing. */

/** From one column to another, both included. */
export interface ColumnRange {
  readonly from: number;
  readonly to: number;
}

/** The sight moves in steps of so many pixels, so that scrolling seldom draws rows anew. */
export const SIGHT_STEP = 240;

export const ALL_COLUMNS: ColumnRange = { from: 0, to: Number.POSITIVE_INFINITY };

/**
 * Columns in sight, and those that come into sight within a step.
 * @param left how far the table is scrolled sideways, rounded down to a step
 * @param room width of what is in sight; 0 while it is unknown
 */
export function columnsInSight(widths: readonly number[], left: number, room: number): ColumnRange {
  if (room === 0) return ALL_COLUMNS;
  const until = left + room + 2 * SIGHT_STEP;
  let end = 0;
  let from = widths.length;
  let to = 0;
  for (const [place, width] of widths.entries()) {
    const start = end;
    end += width;
    if (end > left - SIGHT_STEP) from = Math.min(from, place);
    if (start < until) to = place;
  }
  return { from, to };
}
