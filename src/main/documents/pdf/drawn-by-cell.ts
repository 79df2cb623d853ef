/** What lines are looked at for. Lengths are in points. */
export interface PlacedLine {
  /** Of the baseline, from the bottom of the page; null for a line without letters. */
  readonly y: number | null;
  readonly height: number;
  readonly cells: readonly { readonly left: number; readonly right: number }[];
}

/** Lines from `start` to before `end` in which drawing returns to the height of one before. */
export interface Block {
  readonly start: number;
  readonly end: number;
}

/** Lines of a row that are looked back over: more are a column of text. */
const MOST_LINES = 40;
/** Fraction of the font size by which lines at one height may differ. */
const SAME_HEIGHT = 0.3;

/** Where lines are drawn beside those before them, as word processors draw a table: a cell after the other, each with all of its lines. */
export function blocksIn(lines: readonly PlacedLine[]): readonly Block[] {
  const blocks: { start: number; end: number; bottom: number }[] = [];
  for (let at = 1; at < lines.length; at += 1) {
    const last = blocks.at(-1);
    const [y, above] = [lines[at]?.y ?? null, lines[at - 1]?.y ?? null];
    if (y === null || above === null) continue;
    if (y > above) {
      const from = last?.end === at ? last.start : (last?.end ?? 0);
      const start = beside(lines, at, Math.max(from, at - MOST_LINES));
      if (start === null) continue;
      const bottom = Math.min(...lines.slice(start, at + 1).map((line) => line.y ?? y));
      if (last !== undefined && start < last.end) [last.end, last.bottom] = [at + 1, Math.min(last.bottom, bottom)];
      else blocks.push({ start, end: at + 1, bottom });
    } else if (last?.end === at && y > last.bottom - SAME_HEIGHT * (lines[at]?.height ?? 0)) last.end = at + 1;
  }
  return blocks;
}

/** The line that one stands beside, below which those between them stand; null if there is none. */
function beside(lines: readonly PlacedLine[], at: number, from: number): number | null {
  const line = lines[at];
  if (line === undefined || line.y === null) return null;
  let found: number | null = null;
  for (let before = at - 1; before >= from; before -= 1) {
    const other = lines[before];
    if (other === undefined || other.y === null || other.y > line.y + SAME_HEIGHT * line.height) break;
    if (isAtHeight(other, line) && isApart(other, line)) found = before;
  }
  return found;
}

/** Whether the baselines of two lines are at one height, as far as it can be told from their font sizes. */
export function isAtHeight(line: PlacedLine, other: PlacedLine): boolean {
  return Math.abs((line.y ?? 0) - (other.y ?? 0)) <= SAME_HEIGHT * Math.max(line.height, other.height);
}

function isApart(line: PlacedLine, other: PlacedLine): boolean {
  return line.cells.every(({ left, right }) => other.cells.every((cell) => cell.left >= right || cell.right <= left));
}

/** The lines of a block by their height, from the top; null if some at one height are over each other. */
export function byHeight<Line extends PlacedLine>(lines: readonly Line[]): readonly (readonly Line[])[] | null {
  const sorted = lines.toSorted((one, other) => (other.y ?? 0) - (one.y ?? 0));
  const heights: Line[][] = [];
  for (const line of sorted) {
    const own = heights.at(-1);
    if (own?.[0] === undefined || !isAtHeight(own[0], line)) heights.push([line]);
    else if (own.every((other) => isApart(other, line))) own.push(line);
    else return null;
  }
  return heights;
}
