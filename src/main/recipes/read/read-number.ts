import { asciiDigits, readDigits } from './digits.ts';
import {
  isMoney,
  isSameUnit,
  isUnclearScale,
  moneyAfter,
  moneyAtEnd,
  moneyBefore,
  scaleOf,
  tidyUnit,
} from './number-words.ts';
import { bareWords, DENIAL, EMPTY, type KindOf, LONGEST_READ, type ReadAnswer } from './reading.ts';
import type { ReadingHints } from './reading-hints.ts';

const LONGER = 'Taken from an answer longer than a number.';

/** A sentence with a number in it is read; an essay is not. */
const LONGEST_SENTENCE = 500;

export function readNumber(
  title: string,
  { unit: asked }: KindOf<'number'>,
  raw: string,
  { decimal }: ReadingHints,
): ReadAnswer {
  if (raw.length > LONGEST_READ) return none('The answer is too long to be a number.');
  const words = asciiDigits(bareWords(title, raw));
  if (words === '') return EMPTY;
  if (words.length > LONGEST_SENTENCE) return none('The answer is too long to be a number.');
  const found = numberIn(words, { decimal, asked });
  return 'why' in found ? none(found.why) : withUnit(found, asked);
}

interface Found {
  readonly number: number;
  readonly unit: string | null;
  readonly note: string | null;
}

interface NotFound {
  readonly why: string;
}

function none(note: string): ReadAnswer {
  return { value: null, note };
}

function withUnit({ number, unit, note }: Found, asked: string | undefined): ReadAnswer {
  const isOther = unit !== null && asked !== undefined && !isSameUnit(unit, asked);
  const notes = [note, isOther ? `It is in ${unit}, not in ${asked}.` : null].filter((one) => one !== null);
  const value = { type: 'number', number, unit: isOther ? unit : (asked ?? unit) } as const;
  return { value, note: notes.join(' ') || null };
}

const NO_NUMBER: NotFound = { why: 'The answer is not a number.' };

/** Digits with at most one mark or space between them. */
const DIGITS = /\d+(?:[.,'’_\s]\d+)*/g;

interface Wanted {
  readonly decimal: '.' | ',' | null;
  readonly asked: string | undefined;
}

function numberIn(words: string, wanted: Wanted): Found | NotFound {
  const text = plainAmounts(words);
  if (/^[+-]?\d{1,20}(?:\.\d{1,20})?e[+-]?\d{1,2}$/i.test(text))
    return { number: Number(text), unit: null, note: null };
  const [only, ...more] = [...text.matchAll(DIGITS)].flatMap(({ 0: digits, index }) => apart(digits, index));
  if (only === undefined) return NO_NUMBER;
  if (more.length > 0) return { why: isRange(text, only, more) ? RANGE : SEVERAL };
  return oneNumber(text, only, wanted);
}

const RANGE = 'The answer is a range, not a single number.';
const SEVERAL = 'The answer has several numbers.';

/** Amounts without decimals are written with a dash in their place, as "50,–" or "50/-", and some without a zero, as ".5". */
function plainAmounts(words: string): string {
  return words
    .replaceAll(/(?<=\d)([.,])[-–—]{1,2}(?!\d)/g, '$100')
    .replaceAll(/(?<=\d)\/-(?!\S)/g, '')
    .replaceAll(/(?<![\d\p{L}])[.,](?=\d)/gu, '0.');
}

interface Digits {
  readonly digits: string;
  readonly index: number;
}

/** Numbers that only a space is between, unless it separates thousands. */
function apart(digits: string, index: number): readonly Digits[] {
  if (!/\s/.test(digits) || /^\d{1,3}(?:\s\d{3})+(?:[.,]\d+)?$/.test(digits)) return [{ digits, index }];
  let at = index;
  return digits.split(/\s/).map((part) => {
    const one = { digits: part, index: at };
    at += part.length + 1;
    return one;
  });
}

const LONGEST_JOINT = 30;

function isRange(text: string, { digits, index }: Digits, [next, ...others]: readonly Digits[]): boolean {
  if (next === undefined || others.length > 0) return false;
  const between = text.slice(index + digits.length, next.index);
  const joint = /\bbetween\b/i.test(text.slice(0, index)) ? /[-–—]|\b(?:and|to|bis)\b/i : /[-–—]|\b(?:to|bis)\b/i;
  return between.length <= LONGEST_JOINT && joint.test(between) && !/[/:;]/.test(between);
}

function oneNumber(text: string, { digits, index }: Digits, { decimal, asked }: Wanted): Found | NotFound {
  const before = text.slice(0, index);
  const after = text.slice(index + digits.length);
  if (DENIAL.test(text)) return { why: 'The answer denies the number that it has.' };
  if (/\p{L}$/u.test(before) && moneyAtEnd(before) === null) return NO_NUMBER;
  if (/^[/:]|^(?:st|nd|rd|th)\b/.test(after)) return NO_NUMBER;
  const around = aroundOf(before, after, digits);
  if (around === null) return { why: 'A dash or parentheses in it may be a minus sign.' };
  const { money } = around;
  const { power, rest } = scaleOf(around.after, money !== null || (asked !== undefined && isMoney(asked)));
  if (isUnclearScale(rest)) return NO_NUMBER;
  const isEnglish = money !== null && /^[$£¥₹]/.test(money) && digits.includes(',');
  const read = readDigits(digits, decimal ?? (isEnglish ? '.' : null));
  if (read.is === 'none') return NO_NUMBER;
  if (read.is === 'ambiguous') return { why: `“${digits}” may be ${read.readings.join(' or ')}.` };
  const size = Number(`${read.number}e${power}`);
  if (size > Number.MAX_SAFE_INTEGER) return { why: 'The number is too large to be read exactly.' };
  const unit = unitOf(around, rest);
  const note = around.isParenthesised ? 'Parentheses are read as a minus sign.' : unit.isLonger ? LONGER : null;
  return { number: around.isNegative ? 0 - size : size, unit: unit.unit, note };
}

interface Around {
  readonly before: string;
  readonly after: string;
  readonly money: string | null;
  readonly isNegative: boolean;
  readonly isParenthesised: boolean;
}

const MINUS = /(?:[-−–—]|\bminus )$/i;

/** Takes signs and money off what stands around; null if what looks like a sign may be none. */
function aroundOf(before: string, after: string, digits: string): Around | null {
  const isEnclosed =
    /^\s*(?:\S{1,4}\s*)?\(\s*(?:\S{1,4}\s*)?$/.test(before) && /^[^)\d]{0,10}\)[^\d]{0,10}$/.test(after);
  const isAfter = after.trim() === '-';
  const open = isEnclosed ? before.replace('(', '') : before;
  const close = isAfter ? '' : isEnclosed ? after.replace(')', '') : after;
  if (/[-−–—]\s+$/.test(open)) return null;
  const signed = open.replace(MINUS, '');
  const money = moneyAtEnd(signed);
  const rest = money === null ? signed : signed.trimEnd().slice(0, -money.length);
  const isAmount = /[.,]\d/.test(digits) || money !== null || moneyAfter(close.trimStart()) !== null;
  if ((isEnclosed || isAfter) && !isAmount) return null;
  return {
    before: rest.replace(MINUS, '').replace(/^\+$/, ''),
    after: close,
    money: money ?? moneyAfter(close.trimStart()),
    isNegative: isEnclosed || isAfter || signed !== open || MINUS.test(rest),
    isParenthesised: isEnclosed,
  };
}

const SHORT_UNIT = /^(?:[\p{L}%‰°][^\d\s.,;:!?()]{0,20}|[^\d\s\p{L}+*#]{1,2})(?: (?:per|a|an|pro|par) \p{L}{1,20})?$/u;

/** In a longer answer, the unit is money, percent or the next word. */
function unitOf({ before, money }: Around, rest: string): { readonly unit: string | null; readonly isLonger: boolean } {
  // "30 (thirty) days"
  const after = rest.replace(/^\([\p{L}\s-]+\)/u, '').trim();
  const isLonger = (moneyBefore(before) === null && before.trim() !== '') || after !== rest.trim();
  if (money !== null && !after.startsWith(money)) {
    const per = /^(?:per|a|an|\/) ?\p{L}+$/u.test(after) ? ` ${after}` : '';
    return { unit: `${money}${per}`, isLonger: isLonger || (after !== '' && per === '') };
  }
  if (after === '') return { unit: null, isLonger };
  if (SHORT_UNIT.test(after)) return { unit: tidyUnit(after), isLonger };
  const word = moneyAfter(after) ?? /^(?:%|\)?\s?\p{L}+)/u.exec(after)?.[0].replace(/^\)\s?/, '') ?? '';
  return { unit: word === '' || NO_UNIT.test(word) ? null : tidyUnit(word), isLonger: true };
}

/** Words that go on with the sentence. */
const NO_UNIT =
  /^(?:or|and|to|from|in|of|at|as|for|by|on|with|plus|if|is|are|was|until|per|if|which|that|oder|und|ab)$/i;
