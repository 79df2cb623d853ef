/** A column of a grid. Widths depend on the table and on the user, never on what cells hold: nothing jumps as rows arrive. */
export interface GridColumn {
  readonly id: string;
  readonly title: string;
  /** What it takes where there is room; what is left of the table's width goes to the columns by `share`. */
  readonly width: number;
  readonly share: number;
  /** What it can do with before the table scrolls sideways; left out, its width. */
  readonly least?: number | undefined;
  /** Aligned to the right, as numbers are. */
  readonly end?: boolean | undefined;
  /** Stays in sight, before all others; it cannot be moved or hidden. */
  readonly pinned?: boolean | undefined;
  /** Whether rows can be sorted by it. */
  readonly sortable?: boolean | undefined;
}

export const MIN_COLUMN_WIDTH = 56;
export const MAX_COLUMN_WIDTH = 1_200;

/** Widths that the user gave to columns, by their id. */
export type ColumnWidths = Readonly<Record<string, number>>;

/**
 * Widths of columns in pixels. They fill the room there is; where that is too small, columns without a width of the
 * user's shrink as far as they can, so that none is pushed out of sight. Beyond that the table scrolls sideways.
 * @param room 0 while it is not known.
 */
export function fitWidths(columns: readonly GridColumn[], chosen: ColumnWidths, room: number): readonly number[] {
  const wanted = columns.map(({ id, width }) => chosen[id] ?? width);
  const least = columns.map(({ id, width, least: smallest }) => chosen[id] ?? smallest ?? width);
  const spare = room - sum(wanted);
  if (room <= 0 || spare === 0 || sum(least) > room) return wanted;
  if (spare > 0) {
    const shares = columns.map(({ id, share }) => (chosen[id] === undefined ? share : 0));
    return grown(wanted, shares, spare);
  }
  const part = (room - sum(least)) / (sum(wanted) - sum(least));
  return wanted.map((width, place) => {
    const smallest = least[place] ?? width;
    return Math.floor(smallest + (width - smallest) * part);
  });
}

function grown(widths: readonly number[], shares: readonly number[], spare: number): readonly number[] {
  const all = sum(shares);
  if (all === 0) return widths;
  const added = shares.map((share) => Math.floor((spare * share) / all));
  // What rounding leaves goes to the last that grows, so that the table ends where its frame does.
  const last = shares.findLastIndex((share) => share > 0);
  const rest = spare - sum(added);
  return widths.map((width, place) => width + (added[place] ?? 0) + (place === last ? rest : 0));
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
