import { isRightToLeft } from './line-order.ts';
import type { PdfRun } from './run.ts';
import { wordsIn } from './running-on.ts';

/** The runs of one line. */
export type Row = readonly PdfRun[];

/**
 * The lines of a page with two or more columns of text one column after the other, if they are drawn across: where a
 * gutter that nothing crosses parts many lines, both sides of which are filled with words. Any other page, and what is
 * drawn in order, stays as it is.
 */
export function inColumns(rows: readonly Row[], depth = 0): readonly Row[] {
  if (depth === MOST_PARTED || rows.length < LEAST_ROWS) return rows;
  const heights = heightsOf(rows);
  const gutter = gutterOf(heights);
  if (gutter === null) return rows;
  const bands = bandsAt(heights, gutter).filter((band) => isAcross(rows, band, gutter) && isProse(band, gutter));
  return bands.reduce<readonly Row[]>((ordered, band) => columnAfterColumn(ordered, band, gutter, depth), rows);
}

/** Four columns are parted in two steps. */
const MOST_PARTED = 2;
/** Lines side by side that make columns. */
const LEAST_ROWS = 8;

/** Runs at one height, whether drawn as one line or several. */
interface Height {
  readonly y: number;
  readonly size: number;
  readonly rows: readonly Row[];
  /** Where its letters are, from the left: stretches with room for a gutter between them. */
  readonly stretches: readonly Stretch[];
}

interface Stretch {
  readonly left: number;
  readonly right: number;
}

/** From the top of the page; lines that are turned are left out. */
function heightsOf(rows: readonly Row[]): readonly Height[] {
  const level = rows.flatMap((row) => {
    const letters = lettersOf(row);
    const [first] = letters;
    return first === undefined || letters.some(isTurned)
      ? []
      : [{ row, y: first.transform[5] ?? 0, size: first.height }];
  });
  const groups: { y: number; size: number; rows: Row[] }[] = [];
  for (const { row, y, size } of level.sort((one, other) => other.y - one.y)) {
    const group = groups.at(-1);
    if (group !== undefined && group.y - y < SAME_HEIGHT * Math.max(group.size, size)) group.rows.push(row);
    else groups.push({ y, size, rows: [row] });
  }
  return groups.map((group) => ({ ...group, stretches: stretchesOf(group.rows, group.size) }));
}

/** Fraction of the font size. */
const SAME_HEIGHT = 0.3;
/** Times the font size: wider than the spaces of a justified line, and narrower than any gutter. */
const GUTTER = 0.9;

function stretchesOf(rows: readonly Row[], size: number): readonly Stretch[] {
  const runs = rows.flatMap(lettersOf).sort((one, other) => leftOf(one) - leftOf(other));
  const stretches: { left: number; right: number }[] = [];
  for (const run of runs) {
    const [left, right, last] = [leftOf(run), leftOf(run) + (run.width ?? 0), stretches.at(-1)];
    if (last !== undefined && left - last.right < GUTTER * size) last.right = Math.max(last.right, right);
    else stretches.push({ left, right });
  }
  return stretches;
}

/** The place that most lines have a gap at; null if too few have one. */
function gutterOf(heights: readonly Height[]): number | null {
  const ends = heights.flatMap(({ stretches }) =>
    stretches.slice(1).flatMap(({ left }, at) => [
      { at: stretches[at]?.right ?? left, adds: 1 },
      { at: left, adds: -1 },
    ]),
  );
  ends.sort((one, other) => one.at - other.at || other.adds - one.adds);
  let [open, most, from, to] = [0, 0, 0, 0];
  for (const [index, { at, adds }] of ends.entries()) {
    open += adds;
    if (open > most) [most, from, to] = [open, at, ends[index + 1]?.at ?? at];
  }
  return most < LEAST_ROWS ? null : (from + to) / 2;
}

/** Stretches of heights with nothing across the gutter. */
function bandsAt(heights: readonly Height[], gutter: number): readonly (readonly Height[])[] {
  const bands: Height[][] = [[]];
  for (const height of heights) {
    if (height.stretches.some(({ left, right }) => left < gutter && right > gutter)) bands.push([]);
    else bands.at(-1)?.push(height);
  }
  return bands.filter(({ length }) => length >= LEAST_ROWS);
}

/** Whether drawing goes from one side to the other again and again. @param rows in the order in which they are drawn. */
function isAcross(rows: readonly Row[], band: readonly Height[], gutter: number): boolean {
  const own = new Set(band.flatMap((height) => height.rows));
  let [changes, last] = [0, true];
  for (const run of rows.filter((row) => own.has(row)).flatMap(lettersOf)) {
    const isLeft = isLeftOf(run, gutter);
    if (isLeft !== last) changes += 1;
    last = isLeft;
  }
  return changes >= LEAST_ROWS && changes >= band.length * MOST_OF_BAND;
}

/** Shares of the lines of a band; of the width of a column; words of a line. */
const [MOST_OF_BAND, MOST_OF_WIDTH, LEAST_WORDS] = [0.5, 0.7, 3];

/** Whether both sides are filled with words, as columns of text are, and no column of a table or form. */
function isProse(band: readonly Height[], gutter: number): boolean {
  return [true, false].every((isLeft) => {
    const lines = band.flatMap(({ rows }) => {
      const runs = rows.flatMap(lettersOf).filter((run) => isLeftOf(run, gutter) === isLeft);
      if (runs.length === 0) return [];
      const ends = runs.map((run) => ({ left: leftOf(run), right: leftOf(run) + (run.width ?? 0) }));
      return [{ ...around(ends), words: runs.map(({ str }) => str).join(' ') }];
    });
    const { left: from, right: to } = around(lines);
    const width = to - from;
    const wide = lines.filter(({ left, right }) => right - left >= width * MOST_OF_WIDTH);
    const wordy = lines.filter(({ words }) => wordsIn(words) >= LEAST_WORDS);
    return lines.length >= LEAST_ROWS && [wide, wordy].every(({ length }) => length >= lines.length * MOST_OF_BAND);
  });
}

function around(stretches: readonly Stretch[]): Stretch {
  return stretches.reduce(
    (whole, { left, right }) => ({ left: Math.min(whole.left, left), right: Math.max(whole.right, right) }),
    { left: Number.POSITIVE_INFINITY, right: Number.NEGATIVE_INFINITY },
  );
}

/** The rows with those of a band in the order of its columns, where the first of them was. */
function columnAfterColumn(
  rows: readonly Row[],
  band: readonly Height[],
  gutter: number,
  depth: number,
): readonly Row[] {
  const own = new Set(band.flatMap((height) => height.rows));
  const sides = [true, false].map((isLeft) =>
    band.flatMap((height) =>
      height.rows
        .map((row) => row.filter((run) => isLeftOf(run, gutter) === isLeft))
        .filter((row) => lettersOf(row).length > 0),
    ),
  );
  const columns = sides.map((side) => inColumns(side, depth + 1));
  const text = band.flatMap((height) => height.rows.flat()).map(({ str }) => str);
  const ordered = (isRightToLeft(text.join(' ')) ? columns.toReversed() : columns).flat();
  const start = rows.findIndex((row) => own.has(row));
  return [...rows.slice(0, start), ...ordered, ...rows.slice(start).filter((row) => !own.has(row))];
}

function isLeftOf(run: PdfRun, gutter: number): boolean {
  return leftOf(run) + (run.width ?? 0) / 2 < gutter;
}

function lettersOf(row: Row): readonly PdfRun[] {
  return row.filter(({ str }) => str.trim() !== '');
}

function leftOf({ transform }: PdfRun): number {
  return transform[4] ?? 0;
}

function isTurned({ transform: [a = 0, b = 0] }: PdfRun): boolean {
  return Math.abs(b) > Math.abs(a) * 0.01;
}
