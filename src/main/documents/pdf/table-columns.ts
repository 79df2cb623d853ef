/** A stretch of a line, apart from the next one by more than a space. Lengths are in points, from the left of the page. */
export interface Cell {
  readonly text: string;
  readonly left: number;
  readonly right: number;
}

/** A line of a table. Lengths are in points. */
export interface TableLine {
  readonly cells: readonly Cell[];
  /** The column of each cell, from 0. */
  readonly places: readonly number[];
  readonly height: number;
  readonly y: number;
}

/** A column of a table, as far as its cells are known. */
export interface Column {
  /** Where all of its cells are in line. */
  readonly edges: Edges;
  /** As far as any of them reaches. */
  readonly left: number;
  readonly right: number;
}

type Edge = 'left' | 'right' | 'middle';
type Edges = readonly { readonly edge: Edge; readonly at: number }[];

/** Fraction of the font size by which the edges of a column may differ. */
const TOLERANCE = 0.5;

/** A column of which one cell is known. */
export function columnOf(cell: Cell): Column {
  return { edges: edgesOf(cell), left: cell.left, right: cell.right };
}

/** The columns with a cell more in each of them; null if one is not in line with its column. @param size of the font, in points. */
export function withRow(columns: readonly Column[], cells: readonly Cell[], size: number): readonly Column[] | null {
  if (cells.length !== columns.length) return null;
  const grown: Column[] = [];
  for (const [at, { edges, left, right }] of columns.entries()) {
    const cell = cells[at];
    const shared = cell === undefined ? [] : sharedEdges(edges, cell, size * TOLERANCE);
    if (cell === undefined || shared.length === 0) return null;
    grown.push({ edges: shared, left: Math.min(left, cell.left), right: Math.max(right, cell.right) });
  }
  return grown;
}

/** The column of each of the cells, which are fewer than the columns; null if one is in none, or reaches into another. */
export function columnsOfSome(
  columns: readonly Column[],
  cells: readonly Cell[],
  size: number,
): readonly number[] | null {
  const tolerance = size * TOLERANCE;
  const places: number[] = [];
  for (const cell of cells) {
    const from = (places.at(-1) ?? -1) + 1;
    const place = columns.findIndex(({ edges }, at) => {
      const [before, after] = [columns[at - 1]?.right ?? cell.left, columns[at + 1]?.left ?? cell.right];
      const isWithin = cell.left >= before - tolerance && cell.right <= after + tolerance;
      return at >= from && isWithin && sharedEdges(edges, cell, tolerance).length > 0;
    });
    if (place < 0) return null;
    places.push(place);
  }
  return places;
}

function edgesOf({ left, right }: Cell): Edges {
  return [
    { edge: 'left', at: left },
    { edge: 'right', at: right },
    { edge: 'middle', at: (left + right) / 2 },
  ];
}

function sharedEdges(edges: Edges, cell: Cell, tolerance: number): Edges {
  const own = edgesOf(cell);
  return edges.filter(({ edge, at }) =>
    own.some((other) => other.edge === edge && Math.abs(other.at - at) <= tolerance),
  );
}
