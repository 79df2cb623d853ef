import type { PdfRun } from './run.ts';

/**
 * Removes text drawn again over itself, as programs do for bold, shadows and outlines: a whole run, part of one, or
 * letter by letter. If only the beginning of a run was drawn before, the rest is kept.
 */
export function drawnOnce(runs: readonly PdfRun[]): readonly PdfRun[] {
  const drawn = createDrawn();
  const kept: PdfRun[] = [];
  for (const run of runs) {
    const box = boxOf(run);
    const near = box === null ? [] : drawn.around(box);
    const rest = box === null ? run.str : near.reduce((text, other) => restOver(box, text, other), run.str);
    const isCovered = box !== null && (rest.trim() === '' || isDrawnInParts(box, near));
    if (isCovered && run.str.trim() !== '') {
      const last = kept.at(-1);
      if (run.hasEOL && last !== undefined) kept[kept.length - 1] = { ...last, hasEOL: true };
    } else {
      kept.push(rest === run.str ? run : { ...run, str: rest });
    }
    if (box !== null && !near.some((other) => isCopy(box, other))) drawn.add(box);
  }
  return kept;
}

/** A run's position, from its left end, in page units. */
interface Box {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly y: number;
  readonly size: number;
  readonly isTurned: boolean;
}

function boxOf({ str, width = 0, transform }: PdfRun): Box | null {
  const [a = 0, b = 0, c = 0, d = 0, left = 0, y = 0] = transform;
  const size = Math.hypot(c, d);
  if (str.trim() === '' || size === 0) return null;
  return {
    text: str,
    left,
    right: left + width,
    y,
    size,
    isTurned: Math.abs(b) > Math.abs(a) * 0.01 || Math.abs(c) > size * 0.5,
  };
}

/** Fraction of the font size: as far as a shadow falls, and less than the distance between any two letters. */
const SHADOW = 0.15;

function isOnLine(box: Box, other: Box): boolean {
  return Math.abs(box.y - other.y) <= SHADOW * box.size && Math.abs(box.size - other.size) <= 0.1 * box.size;
}

function isCopy(box: Box, other: Box): boolean {
  return box.text === other.text && box.left === other.left && box.y === other.y && box.size === other.size;
}

/** The part of `text` that is not drawn over the earlier `other`. */
function restOver(box: Box, text: string, other: Box): string {
  if (text === '' || !isOnLine(box, other)) return text;
  const tolerance = SHADOW * box.size;
  const isSamePlace = Math.abs(box.left - other.left) <= tolerance;
  if (isSamePlace && text === other.text && Math.abs(box.right - other.right) <= 2 * tolerance) return '';
  if (box.isTurned || other.isTurned || box.left < other.left - tolerance) return text;
  if (box.right <= other.right + tolerance) return standsIn(box, text, other) ? '' : text;
  const covered = other.right - box.left;
  return covered > tolerance ? text.slice(overlap(text, other.text, covered / averageWidth(box))) : text;
}

function averageWidth({ left, right, text }: Box): number {
  return (right - left) / text.length;
}

/** Whether the text occurs in the other one, at about its own position. */
function standsIn(box: Box, text: string, other: Box): boolean {
  const at = (box.left - other.left) / averageWidth(other);
  for (let found = other.text.indexOf(text); found !== -1; found = other.text.indexOf(text, found + 1)) {
    if (Math.abs(found - at) <= 1.5 + other.text.length * 0.1) return true;
  }
  return false;
}

/** How many leading letters of the text repeat the end of the one before, given that about `letters` overlap. */
function overlap(text: string, before: string, letters: number): number {
  for (let count = Math.min(text.length, before.length, Math.ceil(letters + 1)); count > 0; count -= 1) {
    if (Math.abs(count - letters) <= 1 && before.endsWith(text.slice(0, count))) return count;
  }
  return 0;
}

/** Whether earlier runs together make up this one. */
function isDrawnInParts(box: Box, near: readonly Box[]): boolean {
  const tolerance = SHADOW * box.size;
  const parts = near.filter(
    (other) =>
      isOnLine(box, other) &&
      !other.isTurned &&
      other.left >= box.left - tolerance &&
      other.right <= box.right + tolerance,
  );
  if (parts.length < 2) return false;
  const letters = withoutSpaces(box.text);
  let end = 0;
  for (const part of parts.sort((first, second) => first.left - second.left)) {
    const more = withoutSpaces(part.text);
    if (!letters.startsWith(more, end)) return false;
    end += more.length;
  }
  return end === letters.length;
}

function withoutSpaces(text: string): string {
  return text.replace(/\s+/g, '');
}

/** Cells of the page, in its units: a text is compared with those in its own cells and the ones around. */
const [CELL_HEIGHT, CELL_WIDTH] = [4, 64];
const CELLS_ACROSS = 1_024;
/** Texts of a cell that are compared, the last ones: text is drawn again at once, or with the whole page. */
const MOST_IN_CELL = 100;

interface DrawnBox {
  readonly box: Box;
  readonly order: number;
  /** The first that it is in. */
  readonly column: number;
}

/** The texts drawn so far, by where they are. */
function createDrawn() {
  const cells = new Map<number, DrawnBox[]>();
  let count = 0;

  function put(cell: number, drawn: DrawnBox): void {
    const boxes = cells.get(cell);
    if (boxes === undefined) cells.set(cell, [drawn]);
    else if (boxes.push(drawn) > 2 * MOST_IN_CELL) boxes.splice(0, MOST_IN_CELL);
  }

  return {
    add(box: Box): void {
      count += 1;
      const [first, last] = columnsOf(box.left, box.right);
      const drawn = { box, order: count, column: first };
      for (let column = first; column <= last; column += 1) put(cellAt(bandOf(box), column), drawn);
    },
    /** Those that may be under a text, in the order in which they were drawn. */
    around(box: Box): readonly Box[] {
      const { size, left, right } = box;
      const reach = Math.min(3, Math.ceil((SHADOW * size) / CELL_HEIGHT));
      const [first, last] = columnsOf(left - size, right + size);
      const found: DrawnBox[] = [];
      for (let band = bandOf(box) - reach; band <= bandOf(box) + reach; band += 1) {
        for (let column = first; column <= last; column += 1) {
          const boxes = cells.get(cellAt(band, column)) ?? [];
          for (let at = Math.max(0, boxes.length - MOST_IN_CELL); at < boxes.length; at += 1) {
            const drawn = boxes[at];
            // One that reaches across cells is in each of them.
            if (drawn === undefined || Math.max(first, drawn.column) !== column) continue;
            if (drawn.box.left < right + size && drawn.box.right > left - size) found.push(drawn);
          }
        }
      }
      return found.sort((one, other) => one.order - other.order).map((drawn) => drawn.box);
    },
  };
}

function bandOf({ y }: Box): number {
  return Math.floor(y / CELL_HEIGHT);
}

/** What lies beyond the page is taken to lie at its edge. */
function columnsOf(left: number, right: number): readonly [first: number, last: number] {
  const column = (x: number) => Math.min(CELLS_ACROSS - 1, Math.max(0, Math.floor(x / CELL_WIDTH) || 0));
  return [column(left), column(right)];
}

function cellAt(band: number, column: number): number {
  return band * CELLS_ACROSS + column;
}
