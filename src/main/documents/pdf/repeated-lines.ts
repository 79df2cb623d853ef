import { bodySize, type PageLine } from './page-line.ts';
import { isPageNumber, type NumberedText, type PrintedNumber, withoutNumbers } from './page-numbers.ts';

/** What a line at the edge of pages is. */
export type RunningKind = 'header' | 'footer' | 'page number';

/** What is known of the lines of a page, by their place on it. */
export interface RepeatedLines {
  /** Those that stand here first. */
  readonly kept: ReadonlyMap<number, RunningKind>;
  /** Those that stand on an earlier page. */
  readonly left: ReadonlySet<number>;
}

type Pages = readonly (readonly PageLine[])[];

/**
 * Running heads and feet, and page numbers: lines at the edge of pages that stand at the same place on at least three of
 * them, parted from the text, and are the same but for a number that counts the pages. A line that may be something else
 * is none: a row of a table, a title in large letters, a caption with a number.
 */
export function repeatedLines(pages: Pages): readonly RepeatedLines[] {
  const none = pages.map((): RepeatedLines => ({ kept: new Map(), left: new Set() }));
  if (pages.length < LEAST_PAGES) return none;
  const edges = pages.map(edgesOf);
  const candidates = edges.flatMap((rows, page) => rows.flatMap((row) => linesIn(row, page)));
  const running = runningIn(candidates, pages.length, bodySize(pages));
  const seen = new Set<string>();
  const found = edges.map((rows, page) => firstAndRepeated(rows, page, running, seen));
  // Pages without any other words say with these what they are about.
  const bare = found.filter(({ kept, left }, page) => kept.size + left.size === pages[page]?.length).length;
  return bare > pages.length / 2 ? none : found;
}

/** @param seen what stood on earlier pages, added to. */
function firstAndRepeated(
  rows: readonly EdgeRow[],
  page: number,
  running: ReadonlyMap<string, Running>,
  seen: Set<string>,
): RepeatedLines {
  const kept = new Map<number, RunningKind>();
  const left = new Set<number>();
  for (const edge of ['top', 'bottom'] as const) {
    const own = rows.filter((row) => row.edge === edge);
    for (const { at, name, kind } of peeled(own, (line) => running.get(keyOf(page, edge, line)))) {
      if (kept.has(at) || left.has(at)) continue;
      if (seen.has(name)) left.add(at);
      else kept.set(at, kind);
      seen.add(name);
    }
  }
  return { kept, left };
}

const LEAST_PAGES = 3;
/** Rows at each edge of a page that are looked at. */
const MOST_ROWS = 3;
/** Tenths of a point by which lines at the same place may differ. */
const SAME_PLACE = 20;

type Edge = 'top' | 'bottom';

/** Lines on one height at the edge of a page. */
interface EdgeRow {
  readonly edge: Edge;
  readonly lines: readonly Placed[];
  /** To the next row towards the middle of the page; infinite if there is none. */
  readonly gap: number;
  /** A gap as between any lines of the page. */
  readonly usual: number;
  /** Its largest font size. */
  readonly size: number;
  /** The next row is one of a table or a form. */
  readonly isAtTable: boolean;
}

interface Placed {
  readonly at: number;
  readonly line: PageLine;
}

function edgesOf(lines: readonly PageLine[]): readonly EdgeRow[] {
  const rows = rowsOf(lines);
  const gaps = rows.map((row, at) =>
    Math.abs((row[0]?.line.bottom ?? 0) - (rows[at + 1]?.[0]?.line.y ?? Number.NEGATIVE_INFINITY)),
  );
  const within = rows.slice(MOST_ROWS, -MOST_ROWS).flatMap((row) => row.flatMap(({ line }) => gapsWithin(line)));
  const inner = [...gaps.slice(MOST_ROWS - 1, -MOST_ROWS), ...within].sort((one, other) => one - other);
  const usual = inner[Math.floor(inner.length / 2)] ?? 0;
  const edgeRow = (edge: Edge, at: number, next: number, gap: number): EdgeRow => ({
    edge,
    lines: rows[at] ?? [],
    gap: isSplit(rows[Math.min(at, next)], rows[Math.max(at, next)]) ? 0 : gap,
    usual,
    size: (rows[at] ?? []).reduce((largest, { line }) => Math.max(largest, line.size), 0),
    isAtTable: (rows[next] ?? []).some(({ line }) => line.isRow || line.cells > 1) || (rows[next] ?? []).length > 1,
  });
  const count = Math.min(MOST_ROWS, rows.length);
  return [
    ...Array.from({ length: count }, (_, at) => edgeRow('top', at, at + 1, gaps[at] ?? 0)),
    ...Array.from({ length: count }, (_, back) => {
      const at = rows.length - 1 - back;
      return edgeRow('bottom', at, at - 1, gaps[at - 1] ?? Number.POSITIVE_INFINITY);
    }),
  ];
}

/** Times the font size, from one line of a cell to the next. */
const LINE_GAP = 1.2;

/** Between the lines of a row of a table. */
function gapsWithin({ y, bottom, size }: PageLine): readonly number[] {
  const count = size === 0 ? 0 : Math.round((y - bottom) / (size * LINE_GAP));
  return Array.from({ length: count }, () => (y - bottom) / count);
}

/** Whether a word goes on in the row below. */
function isSplit(row: readonly Placed[] | undefined, below: readonly Placed[] | undefined): boolean {
  if (row?.some(({ line }) => /\p{L}[-\u2010\u00ad]$/u.test(line.text)) !== true) return false;
  const goesOn = ({ text }: PageLine) => /^\p{Ll}/u.test(text) && !isPageNumber(withoutNumbers(text).pattern);
  return below?.some(({ line }) => goesOn(line)) === true;
}

/** From the top of the page. */
function rowsOf(lines: readonly PageLine[]): readonly (readonly Placed[])[] {
  const placed = lines.map((line, at) => ({ at, line })).sort((one, other) => other.line.y - one.line.y);
  const rows: Placed[][] = [];
  for (const item of placed) {
    const row = rows.at(-1);
    if (row !== undefined && Math.abs((row[0]?.line.y ?? 0) - item.line.y) <= SAME_PLACE) row.push(item);
    else rows.push([item]);
  }
  return rows;
}

/** A line at the edge of a page, without what it has of its own. */
interface Candidate extends NumberedText {
  readonly page: number;
  readonly edge: Edge;
  readonly at: number;
  readonly line: PageLine;
  readonly isAtTable: boolean;
}

function linesIn({ edge, lines, isAtTable }: EdgeRow, page: number): readonly Candidate[] {
  return lines
    .filter(({ line }) => line.text.length <= LONGEST)
    .map(({ at, line }) => ({ ...withoutNumbers(line.text), page, edge, at, line, isAtTable }));
}

/** Characters of a running line. */
const LONGEST = 200;

interface Running {
  readonly kind: RunningKind;
  /** Its text but for the number of the page. */
  readonly name: string;
}

function keyOf(page: number, edge: Edge, at: number): string {
  return `${page} ${edge} ${at}`;
}

function runningIn(candidates: readonly Candidate[], pages: number, body: number): ReadonlyMap<string, Running> {
  const running = new Map<string, Running>();
  const runs = groupsOf(candidates)
    .flatMap(runsOf)
    .filter((run) => isRunning(run, pages, body));
  const numbered = numbersAtTheFoot(runs);
  for (const run of runs) {
    if (countsOtherwise(run, numbered)) continue;
    for (const { page, edge, at, pattern, numbers } of run) {
      const kind = isPageNumber(pattern) ? 'page number' : edge === 'top' ? 'header' : 'footer';
      running.set(keyOf(page, edge, at), { kind, name: nameOf(kind, pattern, numbers, run) });
    }
  }
  return running;
}

/** By page, by how much the numbers at its foot are more than its own. */
function numbersAtTheFoot(runs: readonly (readonly Candidate[])[]): ReadonlyMap<number, readonly number[]> {
  const offsets = new Map<number, readonly number[]>();
  for (const candidate of runs.flat()) {
    if (candidate.edge === 'top' || !isPageNumber(candidate.pattern)) continue;
    offsets.set(candidate.page, [...(offsets.get(candidate.page) ?? []), offsetOf(candidate)]);
  }
  return offsets;
}

/** Whether a number at the top is not the page's, which is at its foot: it may be that of an entry or a question on each page. */
function countsOtherwise(run: readonly Candidate[], atTheFoot: ReadonlyMap<number, readonly number[]>): boolean {
  const [first] = run;
  if (first === undefined || first.edge === 'bottom' || first.pattern !== '#') return false;
  const others = run.filter((candidate) => {
    const offsets = atTheFoot.get(candidate.page) ?? [];
    return offsets.length > 0 && !offsets.includes(offsetOf(candidate));
  });
  return others.length * 2 > run.length;
}

function offsetOf({ numbers, page }: Candidate): number {
  return (numbers[0]?.value ?? 0) - page;
}

/** Lines with the same words at the same height, in the order of their pages. */
function groupsOf(candidates: readonly Candidate[]): readonly (readonly Candidate[])[] {
  const byPattern = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const key = `${candidate.edge} ${candidate.pattern}`;
    const same = byPattern.get(key);
    if (same === undefined) byPattern.set(key, [candidate]);
    else same.push(candidate);
  }
  return [...byPattern.values()].filter(({ length }) => length >= LEAST_PAGES).flatMap(atOneHeight);
}

function atOneHeight(same: readonly Candidate[]): readonly (readonly Candidate[])[] {
  const groups: Candidate[][] = [];
  for (const candidate of same.toSorted((one, other) => one.line.y - other.line.y)) {
    const group = groups.at(-1);
    if (group !== undefined && candidate.line.y - (group.at(-1)?.line.y ?? 0) <= SAME_PLACE) group.push(candidate);
    else groups.push([candidate]);
  }
  return groups.map((group) => group.sort((one, other) => one.page - other.page));
}

/** Stretches in which each number stays as it is or counts the pages. */
function runsOf(group: readonly Candidate[]): readonly (readonly Candidate[])[] {
  const runs: Candidate[][] = [];
  for (const candidate of group) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run !== undefined && last !== undefined && goesOn(last, candidate)) run.push(candidate);
    else runs.push([candidate]);
  }
  return runs.filter(({ length }) => length >= LEAST_PAGES);
}

/** Pages without their head, such as those that a chapter begins on, are not more than every other one for long. */
const MOST_PAGES_BETWEEN = 6;

function goesOn(last: Candidate, next: Candidate): boolean {
  const pages = next.page - last.page;
  if (pages < 1 || pages > MOST_PAGES_BETWEEN) return false;
  return next.numbers.every((number, at) => {
    const before = last.numbers[at];
    return before !== undefined && (number.digits === before.digits || countsPages(before, number, pages));
  });
}

/** A stamp that counts through many documents has six digits, or begins with 0: it is how the page is cited. */
const MOST_DIGITS = 5;

function countsPages(before: PrintedNumber, number: PrintedNumber, pages: number): boolean {
  return number.value - before.value === pages && number.digits.length <= MOST_DIGITS && !/^0./.test(number.digits);
}

/** Of the pages from the first to the last one with it. */
const LEAST_SHARE = 0.4;
const LARGER = 1.14;
/** A number much larger than the text is that of a chapter or a question on each page. */
const LARGE_NUMBER = 1.5;

function isRunning(run: readonly Candidate[], pages: number, body: number): boolean {
  const [first, last] = [run[0], run.at(-1)];
  if (first === undefined || last === undefined) return false;
  if (run.length < LEAST_SHARE * (last.page - first.page + 1)) return false;
  if (run.some(({ line }) => line.isRow)) return false;
  if (isPageNumber(first.pattern)) return !run.some(({ line }) => line.size >= body * LARGE_NUMBER);
  const counts = first.numbers.some(({ digits }, at) => last.numbers[at]?.digits !== digits);
  if (counts) return first.line.cells > 1 || isTitleWithNumber(first.pattern, run.length, pages);
  const isLarge = run.some(({ line }) => line.size >= body * LARGER);
  return (
    !isLarge &&
    !run.some(({ isAtTable, line }) => isAtTable && line.cells > 1) &&
    /\p{L}[\p{L}\p{M}]|\p{Lo}/u.test(first.pattern)
  );
}

/** Not the caption of a figure on each page, which is a word and a number. */
function isTitleWithNumber(pattern: string, count: number, pages: number): boolean {
  const words = pattern.match(/\p{L}[\p{L}\p{M}]*/gu)?.length ?? 0;
  return words > 1 && count >= LEAST_SHARE * pages;
}

/** Numbers that stay as they are belong to it; page numbers of all kinds are one. */
function nameOf(
  kind: RunningKind,
  pattern: string,
  numbers: readonly PrintedNumber[],
  run: readonly Candidate[],
): string {
  if (kind === 'page number') return kind;
  const own = numbers.map(({ digits }, at) =>
    run.every((other) => other.numbers[at]?.digits === digits) ? digits : '#',
  );
  return `${pattern} ${own.join(' ')}`;
}

/** Times the usual gap, and times the font size: the lines of a caption are closer. */
const [PARTED, PARTED_BY_SIZE] = [1.3, 1.7];

/** The running lines of an edge, from the outermost row to the first that has others, if they are parted from what follows. */
function peeled(
  rows: readonly EdgeRow[],
  runningAt: (at: number) => Running | undefined,
): readonly (Running & { readonly at: number })[] {
  const found: (Running & { readonly at: number })[] = [];
  let sure = 0;
  for (const { lines, gap, usual, size } of rows) {
    const own = lines.flatMap(({ at }) => {
      const running = runningAt(at);
      return running === undefined ? [] : [{ ...running, at }];
    });
    found.push(...own);
    if (own.length > 0 && gap >= Math.max(PARTED * usual, PARTED_BY_SIZE * size)) sure = found.length;
    if (own.length < lines.length) break;
  }
  return found.slice(0, sure);
}
