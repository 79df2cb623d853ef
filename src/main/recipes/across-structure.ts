/**
 * Finds a quotation that differs from the text only where the text has structure: marks of lists, notes and struck-out words
 * that were left out, and what was put in place of a line end or the line between two cells ("Rent, 500" of `Rent | 500`). The
 * words are looked for without what stands between them; then, each gap between them is compared.
 */
import { isLetter, isSpaceless } from './fold-facts.ts';
import { characterAt, characterBefore, foldQuotable } from './fold-quotable.ts';
import type { QuotableText } from './folded-text.ts';
import { withoutInnerMarks, withoutMarks } from './list-marks.ts';

/** The words of a text, without what stands between them and without marks of structure. */
export interface BareText {
  /** As it is, and with blanks for the marks. */
  readonly text: string;
  readonly unmarked: string;
  readonly words: string;
  /** Where in the text each unit of the words begins and ends. */
  startOf(at: number): number;
  endOf(at: number): number;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Units that are looked at in one step: some milliseconds. */
const STEP = 262_144;
/** Places of the same words at which the gaps are compared. */
const MOST_COMPARED = 200;

/** How much may still be compared for a quotation: a text of like rows could keep the main process busy for a minute. */
export interface Effort {
  left: number;
}

/** Of gaps that are the same, each 0.3 µs; one that differs takes 20 µs. */
const [MOST_EFFORT, OF_THE_SAME, OF_ANOTHER] = [200_000, 1, 70];

export function newEffort(): Effort {
  return { left: MOST_EFFORT };
}

/** @param folded the text that `withoutMarks` gives, folded. */
export function bareOf(text: string, unmarked: string, folded: QuotableText): BareText {
  const making = beginBare(text, unmarked, folded);
  while (!making.next());
  return making.bare();
}

/** The same step by step, so that a long text blocks nothing. */
export function beginBare(text: string, unmarked: string, folded: QuotableText) {
  const units = new Uint16Array(folded.text.length);
  const offsets = new Int32Array(folded.text.length);
  let [at, count] = [0, 0];
  return {
    /** Takes a step. @returns whether it was the last. */
    next(): boolean {
      for (const end = Math.min(at + STEP, folded.text.length); at < end; at += 1) {
        const unit = folded.text.charCodeAt(at);
        if (isGap(unit)) continue;
        units[count] = unit;
        offsets[count] = at;
        count += 1;
      }
      return at >= folded.text.length;
    },
    /** Once that was the last. */
    bare: (): BareText => ({
      text,
      unmarked,
      words: Buffer.from(units.buffer, 0, count * 2).toString('utf16le'),
      startOf: (unit) => folded.startOf(offsets[unit] ?? 0),
      endOf: (unit) => folded.endOf((offsets[unit] ?? 0) + 1),
    }),
  };
}

/** Known for the letters that most texts have. */
const gaps = new Uint8Array(0x10000);

function isGap(unit: number): boolean {
  const known = gaps[unit];
  if (known !== undefined && known > 0) return known === 1;
  const is = /[\s\p{P}>]/u.test(String.fromCharCode(unit));
  gaps[unit] = is ? 1 : 2;
  return is;
}

/**
 * Every place that has the words of a quotation and whose gaps are the same but for structure, from one offset to another,
 * until the effort is spent.
 */
export function* acrossStructure(
  bare: BareText,
  quote: string,
  effort: Effort,
  { start, end }: Span = { start: 0, end: bare.text.length },
): Generator<Span> {
  const unmarked = withoutMarks(quote);
  const joined = withoutInnerMarks(unmarked);
  for (const own of unmarked === joined ? [unmarked] : [unmarked, joined]) {
    yield* placesOf(bare, bareOf(quote, own, foldQuotable(own)), effort, { start, end });
  }
}

function* placesOf(bare: BareText, own: BareText, effort: Effort, within: Span): Generator<Span> {
  const length = own.words.length;
  if (length === 0) return;
  const first = unitFrom(bare, within.start);
  const words = bare.words.slice(first, unitFrom(bare, within.end));
  let compared = 0;
  for (let found = words.indexOf(own.words); found >= 0; found = words.indexOf(own.words, found + 1)) {
    const at = first + found;
    const span = { start: bare.startOf(at), end: bare.endOf(at + length - 1) };
    if (span.end > within.end || compared >= MOST_COMPARED || effort.left <= 0) return;
    compared += 1;
    const whole = haveSameGaps(bare, at, own, effort) ? withEdges(bare.text, span, own) : null;
    if (whole !== null) yield whole;
  }
}

/** The first unit of the words that begins at an offset or behind it. */
function unitFrom({ words, startOf }: BareText, offset: number): number {
  let [low, high] = [0, words.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (startOf(middle) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function haveSameGaps(bare: BareText, at: number, own: BareText, effort: Effort): boolean {
  for (let unit = 1; unit < own.words.length; unit += 1) {
    const theirs = { start: bare.endOf(at + unit - 1), end: bare.startOf(at + unit) };
    const ours = { start: own.endOf(unit - 1), end: own.startOf(unit) };
    if (theirs.start >= theirs.end && ours.start >= ours.end) continue;
    const isWordForWord = bare.text.slice(theirs.start, theirs.end) === own.text.slice(ours.start, ours.end);
    effort.left -= isWordForWord ? OF_THE_SAME : OF_ANOTHER;
    if (effort.left <= 0 || !(isWordForWord || isSameGap(bare, theirs, own, ours))) return false;
  }
  return true;
}

function isSameGap(bare: BareText, theirs: Span, own: BareText, ours: Span): boolean {
  const [gap, ownGap] = [bare.text.slice(theirs.start, theirs.end), own.text.slice(ours.start, ours.end)];
  if (!areNamed(ownGap, gap)) return false;
  if (folded(bare.unmarked, theirs) === folded(own.unmarked, ours)) return true;
  return /\n|[|¦]|<br/.test(gap) && isSeparator(bare.unmarked, theirs, own.unmarked, ours);
}

/** Between letters like those around it, which decide what it is folded to. */
function folded(text: string, { start, end }: Span): string {
  const around = [characterBefore(text, start), characterAt(text, end)].map(likeness);
  return foldQuotable(around.join(text.slice(start, end))).text;
}

function likeness(character: string): string {
  if (isSpaceless(character)) return '東';
  if (/\p{N}/u.test(character)) return '1';
  return isLetter(character) ? 'a' : '+';
}

/** Whether what a quotation has in place of a line end or the line between two cells only separates. */
function isSeparator(text: string, theirs: Span, quote: string, ours: Span): boolean {
  const [gap, own] = [plain(text.slice(theirs.start, theirs.end)), plain(quote.slice(ours.start, ours.end))];
  if (signsOf(gap) !== signsOf(own)) return false;
  const isBehindNumber = /\p{N}/u.test(text.charAt(theirs.start - 1));
  if (isAmount(text, theirs.end) && !isSameSign(gap, own)) return false;
  if (isBehindNumber && endsWithMinus(gap) !== endsWithMinus(own)) return false;
  const isAtNumbers = isBehindNumber && /\p{N}/u.test(text.charAt(theirs.end));
  // "5-10", "5:10" and "5.10" are not `5 | 10`.
  return isAtNumbers ? /^[,;]?\s+$/.test(own) : /[\s,;:/–—|-]/.test(own);
}

/** "500", "€500", "US$ 500", "EUR 500". */
function isAmount(text: string, at: number): boolean {
  return /^\p{Lu}{0,3}\s?\p{Sc}?\s?\p{N}/u.test(text.slice(at, at + NEAR));
}

/** Accounts have "500-", too. */
function endsWithMinus(behind: string): boolean {
  return /^(?:\p{Pd}|\u2212)\s/u.test(behind);
}

/** Of what stands before an amount: "> 500" and, in accounts, "(500)" are not "500". */
function isSameSign(gap: string, own: string): boolean {
  // A dash that stands apart from the number behind it may be a sign in the text; in a quotation, it parts cells.
  if (/\p{Pd}\s*$|\u2212\s*$/u.test(gap) !== /(?:\p{Pd}|\u2212)$/u.test(own)) return false;
  // ".5" is half of one.
  const hasPoint = (of: string) => /(?:^|\s)\.$|\s,$/.test(of);
  const signs = (of: string) => /[(>\s]*$/.exec(of.trimEnd().slice(-NEAR))?.[0].replace(/\s/g, '');
  return hasPoint(gap) === hasPoint(own) && signs(gap) === signs(own);
}

function plain(gap: string): string {
  return gap
    .replace(/\n[ \t]*>[ \t>]*/g, '\n')
    .replace(/<br[ \t]*\/?>|[|¦]/gi, ' ')
    .replace(/\n[ \t]*#{1,6}(?=\s)/g, ' ');
}

/** What is no punctuation. */
function signsOf(gap: string): string {
  return (gap.match(/[%‰&@§#]/g) ?? []).join('');
}

/** Whether the numbers and letters of the marks that a quotation has are there in the text, in the same order. */
function areNamed(marks: string, there: string): boolean {
  const names = namesIn(there);
  let from = 0;
  return namesIn(marks).every((name) => {
    from = names.indexOf(name, from) + 1;
    return from > 0;
  });
}

function namesIn(marks: string): readonly string[] {
  return marks.replace(/<br[ \t]*\/?>/gi, ' ').match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** With the sign and the mark that a quotation has before its first word or behind its last one; null if they are others. */
function withEdges(text: string, { start, end }: Span, own: BareText): Span | null {
  const before = own.text.slice(0, own.startOf(0));
  const after = own.text.slice(own.endOf(own.words.length - 1));
  const sign = (isAmount(text, start) ? /(?:\p{Pd}|[\u2212§#&@])$/u : /[§#&@]\s*$/u).exec(before)?.[0].trim() ?? '';
  const unit = /^\s*[%‰]/.exec(after)?.[0].trim() ?? '';
  const near = { before: text.slice(Math.max(0, start - NEAR), start), after: text.slice(end, end + NEAR) };
  const signed = sign === '' ? start : start - (endsWithSign.exec(near.before)?.[0].length ?? 0);
  const ended = unit === '' ? end : end + (/^\s*[%‰]/.exec(near.after)?.[0].length ?? 0);
  const isSame =
    plainSigns(text.slice(signed, start)) === plainSigns(sign) &&
    plainSigns(text.slice(end, ended)) === unit &&
    areNamed(before, /\S*\s*$/.exec(near.before)?.[0] ?? '') &&
    areNamed(after, /^\s*\S*/.exec(near.after)?.[0] ?? '');
  return isSame ? { start: signed, end: ended } : null;
}

/** Characters around a quotation in which its sign or mark stands. */
const NEAR = 40;
const endsWithSign = /(?:\p{Pd}|[\u2212§#&@])\s*$/u;

function plainSigns(signs: string): string {
  return signs.trim().replace(/\p{Pd}|\u2212/gu, '-');
}
