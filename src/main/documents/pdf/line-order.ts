import type { PdfRun } from './run.ts';

/**
 * The runs of one line in the order of reading: from the left, or from the right if most of its letters are Hebrew,
 * Arabic or the like, with passages in the other direction turned around. Programs draw them in any order.
 * @param isOfRight it is a part of a line that is read from the right: a single letter of such a script is enough.
 */
export function inReadingOrder(runs: readonly PdfRun[], isOfRight = false): readonly PdfRun[] {
  const drawn = runs.filter(({ str }) => str.trim() !== '');
  if (drawn.length < 2 || drawn.some(isTurned)) return runs;
  const runsFromRight = drawn.filter(({ str }) => rightToLeft.test(str)).length;
  const isFromRight = runsFromRight > 0 && (isOfRight || isMostlyRightToLeft(drawn));
  if (runsFromRight < 2 && isInOrder(drawn) && !isFromRight) return runs;
  const fromLeft = [...drawn].sort((first, second) => leftOf(first) - leftOf(second));
  const ordered = isFromRight
    ? turnedAround(fromLeft.toReversed(), (run) => latin.test(run.str) && !rightToLeft.test(run.str))
    : turnedAround(fromLeft, ({ str }) => rightToLeft.test(str));
  return spaced(ordered);
}

const rightToLeft = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const latin = /(?![\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}])\p{L}/u;

function isMostlyRightToLeft(runs: readonly PdfRun[]): boolean {
  return isRightToLeft(runs.map(({ str }) => str).join(''));
}

/** Whether most letters of a text are read from the right. */
export function isRightToLeft(text: string): boolean {
  let balance = 0;
  for (const letter of text) {
    if (rightToLeft.test(letter)) balance += 1;
    else if (latin.test(letter)) balance -= 1;
  }
  return balance > 0;
}

/** Whether a page is read from the right. Letters of such scripts are looked for first: few pages have any. */
export function isPageFromRight(runs: readonly PdfRun[]): boolean {
  return runs.some(({ str }) => /[\u0590-\u08ff\ufb1d-\ufefc]/.test(str)) && isMostlyRightToLeft(runs);
}

/** Whether a line of such a page is: one in Latin letters alone only as a row of a table, below another one. */
export function isLineFromRight(runs: readonly PdfRun[], isBelowRow: boolean): boolean {
  return isBelowRow || runs.some(({ str }) => rightToLeft.test(str)) || !runs.some(({ str }) => latin.test(str));
}

/** Accents and exponents are drawn a little back; a jump by more than the size of a letter is none. */
function isInOrder(runs: readonly PdfRun[]): boolean {
  return runs.every((run, at) => {
    const before = runs[at - 1];
    return before === undefined || leftOf(run) >= leftOf(before) - before.height;
  });
}

/** Turns around each stretch of runs in the other direction, with what stands between them. */
function turnedAround(runs: readonly PdfRun[], isOther: (run: PdfRun) => boolean): readonly PdfRun[] {
  const ordered: PdfRun[] = [];
  for (let at = 0; at < runs.length; ) {
    const run = runs[at];
    if (run === undefined) break;
    let end = at + 1;
    if (isOther(run)) {
      for (let next = end; next < runs.length; next += 1) {
        const other = runs[next];
        if (other === undefined || !(isOther(other) || isNeutral(other))) break;
        if (isOther(other)) end = next + 1;
      }
    }
    ordered.push(...runs.slice(at, end).reverse());
    at = end;
  }
  return ordered;
}

function isNeutral({ str }: PdfRun): boolean {
  return !/\p{L}/u.test(str);
}

/** The runs with a space wherever there is room for one between them. */
function spaced(runs: readonly PdfRun[]): readonly PdfRun[] {
  return runs.map((run, at) => {
    const before = runs[at - 1];
    if (before === undefined || /\s$/.test(before.str) || /^\s/.test(run.str)) return run;
    const [left, right] = leftOf(before) < leftOf(run) ? [before, run] : [run, before];
    const gap = leftOf(right) - leftOf(left) - (left.width ?? 0);
    return gap > SPACE * Math.max(left.height, right.height) ? { ...run, str: ` ${run.str}` } : run;
  });
}

/** Fraction of the font size: no letter is that far from the next of its word. */
const SPACE = 0.1;

function leftOf({ transform }: PdfRun): number {
  return transform[4] ?? 0;
}

function isTurned({ transform: [a = 0, b = 0] }: PdfRun): boolean {
  return Math.abs(b) > Math.abs(a) * 0.01;
}
