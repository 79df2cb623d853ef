/** A stretch of a line, apart from the next one by more than a space. */
export interface Cell {
  readonly text: string;
  readonly left: number;
  readonly right: number;
}

/** What lines of a page are looked at for. */
export interface CellLine {
  readonly cells: readonly Cell[];
  readonly height: number;
}

/** Two lines that look like rows may be a letterhead. */
const LEAST_ROWS = 3;
/** Fraction of the font size by which the edges of a column may differ. */
const TOLERANCE = 0.5;

/**
 * The lines that are rows of a table: at least three in a row with as many cells each, whose columns have an edge in
 * common, left, right or in the middle. By their places among the lines.
 */
export function tableRows(lines: readonly CellLine[]): ReadonlySet<number> {
  const rows = new Set<number>();
  for (let start = 0; start < lines.length; ) {
    const end = endOfTable(lines, start);
    const isTable = end - start >= LEAST_ROWS && !isListing(lines.slice(start, end));
    if (isTable) for (let row = start; row < end; row += 1) rows.add(row);
    start = Math.max(end, start + 1);
  }
  return rows;
}

/** Whether lines in columns are a table of contents or assignments of a program, which are read as they stand. */
function isListing(lines: readonly CellLine[]): boolean {
  const cells = lines.map((line) => line.cells.map(({ text }) => text));
  if (cells.flat().some((text) => /\.{4,}|(?:\. ){4}|[…‥]{2}/.test(text))) return true;
  const assigned = cells.filter(([, ...others]) => others.some((text) => /^:?=/.test(text)));
  return (
    assigned.length * 2 >= lines.length ||
    (lines.every(({ cells: own }) => own.length === 2) && countsUp(cells.map((own) => own[1])))
  );
}

/** Whether these are numbers of pages, one after the other. */
function countsUp(texts: readonly (string | undefined)[]): boolean {
  return texts.every((text = '', at) => {
    const before = Number(texts[at - 1] ?? 0);
    return /^\d{1,4}$/.test(text) && Number(text) >= before;
  });
}

function endOfTable(lines: readonly CellLine[], start: number): number {
  const first = lines[start];
  if (first === undefined || first.cells.length < 2) return start;
  let shared = first.cells.map(edgesOf);
  for (let at = start + 1; at < lines.length; at += 1) {
    const line = lines[at];
    if (line === undefined || line.cells.length !== first.cells.length) return at;
    const tolerance = TOLERANCE * Math.max(first.height, line.height);
    const stillShared = shared.map((edges, column) => sharedEdges(edges, line.cells[column], tolerance));
    if (stillShared.some(({ length }) => length === 0)) return at;
    shared = stillShared;
  }
  return lines.length;
}

type Edge = 'left' | 'right' | 'middle';
type Edges = readonly { readonly edge: Edge; readonly at: number }[];

function edgesOf({ left, right }: Cell): Edges {
  return [
    { edge: 'left', at: left },
    { edge: 'right', at: right },
    { edge: 'middle', at: (left + right) / 2 },
  ];
}

function sharedEdges(edges: Edges, cell: Cell | undefined, tolerance: number): Edges {
  if (cell === undefined) return [];
  const own = edgesOf(cell);
  return edges.filter(({ edge, at }) =>
    own.some((other) => other.edge === edge && Math.abs(other.at - at) <= tolerance),
  );
}
