import { inOneLine, type Rise } from '../raised-text.ts';
import { isAccent, joinOverlapping } from './accents.ts';
import type { PdfRun } from './run.ts';

/** What a line says, and where each of its runs is in that. */
export interface LineText {
  readonly text: string;
  /** Its runs, and where the text of each begins; in an exponent of several, where that begins. */
  readonly placed: readonly { readonly run: PdfRun; readonly start: number }[];
}

/**
 * The text of a line, of runs in the order of reading. Its baseline is that of its main run; exponents, indices and
 * note marks are told apart, each as a whole however many fonts it is drawn in.
 */
export function lineText(drawn: readonly PdfRun[], main: PdfRun): LineText {
  return textOf(withAccents(drawn), main, MOST_NESTED);
}

/** Exponents of exponents are told apart, but no further. */
const MOST_NESTED = 2;

function textOf(drawn: readonly PdfRun[], main: PdfRun, nested: number): LineText {
  const placed: { run: PdfRun; start: number }[] = [];
  let text = '';
  // Only the end of the text so far is looked at: to look at one that grows would copy it each time.
  let end = '';
  let isNoteMark = false;
  for (const { runs, rise } of stretchesOf(drawn, main)) {
    const str = rise === null ? (runs[0]?.str ?? '') : raisedText(runs, nested);
    const told = rise === null ? str : inOneLine(str, rise, end);
    const isApart = (isNoteMark && /^\p{L}/u.test(told)) || isWordApart(runs[0], placed.at(-1)?.run, main);
    const space = isApart && /\S$/.test(end) && /^\S/.test(told) ? ' ' : '';
    isNoteMark = text === '' && rise === 'raised' && str.trim().length <= MOST_IN_MARK;
    for (const run of runs) placed.push({ run, start: text.length });
    text += space + told;
    end = (told || end).slice(-1);
  }
  return { text, placed };
}

/** A number or sign that begins a note, at the beginning of a line. */
const MOST_IN_MARK = 3;

/** pdf.js forgets the space beside letters of another size, however wide it is. */
function isWordApart(run: PdfRun | undefined, before: PdfRun | undefined, main: PdfRun): boolean {
  return run !== undefined && before !== undefined && gapTo(run, before) > main.height;
}

function raisedText(runs: readonly PdfRun[], nested: number): string {
  const main = nested === 0 || runs.length === 1 ? undefined : mainRun(runs);
  return main === undefined ? runs.map(({ str }) => str).join('') : textOf(runs, main, nested - 1).text;
}

/** A stretch of a line: a run, or several that are one exponent or index. */
interface Stretch {
  readonly runs: PdfRun[];
  readonly rise: Rise | null;
}

function stretchesOf(runs: readonly PdfRun[], main: PdfRun): readonly Stretch[] {
  const stretches: Stretch[] = [];
  for (const [at, run] of runs.entries()) {
    const [last, before] = [stretches.at(-1), runs[at - 1]];
    const rise = riseOf(run, main, before);
    const isMore = rise !== null && rise === last?.rise && before !== undefined && gapTo(run, before) < main.height;
    if (isMore) last.runs.push(run);
    else stretches.push({ runs: [run], rise });
  }
  return stretches;
}

/** With accents that are drawn apart in the runs of their letters, and with the spaces before them. */
function withAccents(drawn: readonly PdfRun[]): readonly PdfRun[] {
  const runs: PdfRun[] = [];
  for (const [at, run] of drawn.entries()) {
    if (run.str === '') continue;
    if (hasSpaceBefore(run, runs.at(-1), drawn[at + 1])) runs.push({ ...run, str: ' ', width: 0 });
    let joined = run;
    for (let before = runs.at(-1); before !== undefined && overlaps(before, joined); before = runs.at(-1)) {
      const str = joinOverlapping(before.str, joined.str);
      if (str === null) break;
      joined = inOneRun(before, joined, str);
      runs.pop();
    }
    runs.push(joined);
  }
  return runs;
}

/** The letters tell where on the line it is. */
function inOneRun(first: PdfRun, last: PdfRun, str: string): PdfRun {
  const { transform, height, ...run } = isAccent(first.str) ? last : first;
  const left = Math.min(leftOf(first), leftOf(last));
  const right = Math.max(leftOf(first) + (first.width ?? 0), leftOf(last) + (last.width ?? 0));
  return {
    ...run,
    str,
    height,
    transform: [...transform.slice(0, 4), left, ...transform.slice(5)],
    width: right - left,
  };
}

/** Whether there is room for a space before an accent that is drawn apart, and before the letter under it. */
function hasSpaceBefore(run: PdfRun, before: PdfRun | undefined, next: PdfRun | undefined): boolean {
  if (before === undefined || !isAccent(run.str) || /\s$/.test(before.str)) return false;
  const gap = gapTo(run, before);
  const letterGap = next !== undefined && overlaps(run, next) ? gapTo(next, before) : gap;
  return Math.min(gap, letterGap) > ACCENT_GAP * run.height;
}

/** Fraction of the font size: no letter is that far from the next of its word. */
const ACCENT_GAP = 0.1;

/** Whether a run begins on top of where the one before it ends, as an accent and its letter do. */
function overlaps(before: PdfRun, run: PdfRun): boolean {
  return -gapTo(run, before) > 0.15 * Math.max(before.height, run.height);
}

/** From the end of one run to the beginning of another; less than nothing where they overlap. */
export function gapTo(run: PdfRun, before: PdfRun): number {
  return leftOf(run) - leftOf(before) - (before.width ?? 0);
}

function leftOf({ transform }: PdfRun): number {
  return transform[4] ?? 0;
}

/** The longest of the runs with the largest font: exponents are small. */
export function mainRun(runs: readonly PdfRun[]): PdfRun | undefined {
  const letters = runs.filter(({ str }) => str.trim() !== '');
  const largest = letters.reduce((most, { height }) => Math.max(most, height), 0);
  return letters
    .filter(({ height }) => height >= largest * 0.95)
    .reduce<PdfRun | undefined>(
      (best, run) => (best === undefined || run.str.length > best.str.length ? run : best),
      undefined,
    );
}

/** Whether a run is an exponent, index or note mark within its line. */
function riseOf(run: PdfRun, main: PdfRun, before: PdfRun | undefined): Rise | null {
  const [a = 0, b = 0, , , , y = 0] = run.transform;
  const up = (y - (main.transform[5] ?? y)) / main.height;
  const isSmall = run.height < main.height * SMALL;
  const isTurned = Math.abs(b) > Math.abs(a) * 0.01;
  if (run === main || isTurned || run.str.trim() === '' || run.str.length > (isSmall ? 12 : 3)) return null;
  const gap = before === undefined || before.str.trim() === '' ? Number.POSITIVE_INFINITY : gapTo(run, before);
  if (!isSmall && gap > main.height * 0.1) return null;
  if (up >= (isSmall ? 0.15 : 0.25) && up <= 0.8) return 'raised';
  return up <= (isSmall ? -0.06 : -0.15) && up >= -0.5 ? 'lowered' : null;
}

/** Of its line's size: letters this small may be those of an exponent. */
const SMALL = 0.85;

/**
 * Whether what pdf.js takes for the next line is the index under the exponent that ends this one.
 * @param row the runs of this line so far.
 */
export function isBeforeIndex(row: readonly PdfRun[], next: PdfRun | undefined): boolean {
  const exponent = row.findLast(({ str }) => str !== '');
  if (exponent === undefined || next === undefined || next.str.trim() === '') return false;
  const ends = row.slice(-MOST_IN_EXPONENT);
  const base = ends.findLast(({ str, height }) => str.trim() !== '' && height * SMALL > exponent.height);
  if (base === undefined || next.height >= base.height * SMALL || yOf(exponent) <= yOf(base)) return false;
  const down = (yOf(base) - yOf(next)) / base.height;
  // Under a wider exponent it is drawn too far back to be read before what follows.
  const isNear = Math.abs(gapTo(next, base)) < 0.25 * base.height && leftOf(next) > leftOf(exponent) - exponent.height;
  return isNear && down > 0 && down < 0.5;
}

/** An exponent has fewer runs than this. */
const MOST_IN_EXPONENT = 16;

function yOf({ transform }: PdfRun): number {
  return transform[5] ?? 0;
}
