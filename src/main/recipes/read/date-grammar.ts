/** Single dates in all the ways that people write them. */
import { monthNamed } from './month-names.ts';
import type { ReadingHints } from './reading-hints.ts';

/** A date, of which the year may be yet to come, as in "1 Jan – 31 Mar 2026". */
export interface DateParts {
  readonly year: number | null;
  readonly month: number | null;
  readonly day: number | null;
  readonly note: string | null;
}

export type DateRead =
  | ({ readonly is: 'date' } & DateParts)
  /** It looks like a date, and why it is not read as one. */
  | { readonly is: 'unclear'; readonly why: string; readonly readings: readonly string[] }
  | { readonly is: 'none' };

const NONE: DateRead = { is: 'none' };

type Order = ReadingHints['dateOrder'];
type Reader = (found: readonly string[], order: Order) => DateRead;

const DAY = String.raw`(\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?`;
/** A word of letters, which must turn out to be a month. */
const MONTH = String.raw`(\p{L}[\p{L}\p{M}]{2,13})\.?`;
const YEAR = String.raw`(\d{4})`;
const SHORT_YEAR = String.raw`['’]?(\d{2}|\d{4})`;
const OF = String.raw`[\s,./-]{0,3}(?:(?:day )?(?:(?:of|de|del|di|do)\s|d['’]\s?))?`;

/** With a year: what is looked for in a sentence. */
const WHOLE: readonly (readonly [string, Reader])[] = [
  [String.raw`${YEAR}([-/.])(\d{1,2})\2(\d{1,2})`, ([, y, , m, d]) => numeric(y, m, d)],
  [String.raw`${YEAR}(0\d|1[0-2])(\d{2})`, ([, y, m, d]) => numeric(y, m, d)],
  [String.raw`${YEAR}\s?[年년]\s?(?:(\d{1,2})\s?[月월]\s?)(?:(\d{1,2})\s?[日일])?`, ([, y, m, d]) => numeric(y, m, d)],
  [`${DAY}${OF}${MONTH}${OF}${SHORT_YEAR}`, ([, d, name, y]) => named(y, name, d)],
  [String.raw`${MONTH} ${DAY}[\s,]{1,2}${YEAR}`, ([, name, d, y]) => named(y, name, d)],
  [`${MONTH}${OF}${YEAR}`, ([, name, y]) => named(y, name, undefined)],
  [
    String.raw`(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4}|\d{2})`,
    ([, one, mark, other, y], order) => inOrder(one, mark, other, y, order),
  ],
  [String.raw`(\d{1,2})[./-]${YEAR}`, ([, m, y]) => numeric(y, m, undefined)],
  [String.raw`${YEAR}[-/](0\d|1[0-2])`, ([, y, m]) => numeric(y, m, undefined)],
];

const BARE_YEAR = String.raw`((?:1\d|2[0-2])\d{2})`;
const readYear: Reader = ([, y]) => numeric(y, undefined, undefined);

/** Without one: the beginning of a period, or its end after "March 1–". */
const PARTS: readonly (readonly [string, Reader])[] = [
  [`${DAY}${OF}${MONTH}`, ([, d, name]) => named(undefined, name, d)],
  [`${MONTH} ${DAY}`, ([, name, d]) => named(undefined, name, d)],
  [MONTH, ([, name]) => named(undefined, name, undefined)],
  [String.raw`(\d{1,2})\.\s?(\d{1,2})\.?`, ([, d, m]) => numeric(undefined, m, d)],
  [DAY, ([, d]) => numeric(undefined, undefined, d)],
  [String.raw`${DAY}[\s,]{1,2}${YEAR}`, ([, d, y]) => numeric(y, undefined, d)],
];

const anchored = (grammar: typeof WHOLE) =>
  grammar.map(([pattern, read]) => [new RegExp(`^(?:the )?${pattern}(?: г\\.?| р\\.?)?$`, 'iu'), read] as const);
const WHOLE_ONLY = anchored([...WHOLE, [BARE_YEAR, readYear]]);
const PARTS_ONLY = anchored(PARTS);

/** Reads a text that is one date and nothing else. */
export function readOneDate(text: string, order: Order): DateRead {
  return firstOf(WHOLE_ONLY, text, order);
}

/** Reads a text that is one date, but for its year, or its month and year. */
export function readPartOfDate(text: string, order: Order): DateRead {
  return firstOf(PARTS_ONLY, text, order);
}

function firstOf(grammar: ReturnType<typeof anchored>, text: string, order: Order): DateRead {
  for (const [pattern, read] of grammar) {
    const found = pattern.exec(text);
    const date = found === null ? NONE : read(found, order);
    if (date.is !== 'none') return date;
  }
  return NONE;
}

/** Any number may look like a year. */
const YEAR_IN_TEXT = String.raw`(?<=\b(?:in|since|until|by|year|im|jahr) )${BARE_YEAR}`;

/** Nothing of a longer number or word. */
const IN_TEXT = [...WHOLE, [YEAR_IN_TEXT, readYear] as const].map(
  ([pattern, read]) => [new RegExp(`(?<![\\p{L}\\d.,/-])${pattern}(?![\\p{L}\\d]|[.,/-]\\d)`, 'giu'), read] as const,
);

export interface DateFound {
  readonly date: DateRead;
  readonly from: number;
  readonly to: number;
}

/** The dates in a sentence, in its order. */
export function datesIn(text: string, order: Order): readonly DateFound[] {
  const found: DateFound[] = [];
  for (const [pattern, read] of IN_TEXT) {
    for (const match of text.matchAll(pattern)) {
      const [from, to] = [match.index, match.index + match[0].length];
      if (found.some((one) => from < one.to && to > one.from)) continue;
      const date = read(match, order);
      if (date.is !== 'none') found.push({ date, from, to });
    }
  }
  return found.sort((one, other) => one.from - other.from);
}

function named(year: string | undefined, name: string | undefined, day: string | undefined): DateRead {
  const month = monthNamed(name ?? '');
  // "Mar-26" may be a day or a year.
  if (month === undefined || (day === undefined && year?.length === 2)) return NONE;
  return checked(year, month, day === undefined ? null : Number(day));
}

function numeric(year: string | undefined, month: string | undefined, day: string | undefined): DateRead {
  return checked(year, month === undefined ? null : Number(month), day === undefined ? null : Number(day));
}

/** Dots put the day first almost everywhere; slashes and dashes do not. */
function inOrder(
  one: string | undefined,
  mark: string | undefined,
  other: string | undefined,
  year: string | undefined,
  order: Order,
): DateRead {
  const dayFirst = checked(year, Number(other), Number(one));
  const monthFirst = checked(year, Number(one), Number(other));
  const isBoth = Number(one) <= 12 && Number(other) <= 12 && one !== other;
  if (mark === '-' && year?.length === 2 && order === null) return NONE;
  if (!isBoth) return Number(other) > 12 ? monthFirst : dayFirst;
  if (order !== null) return order === 'day_first' ? dayFirst : monthFirst;
  if (mark === '.') return withNote(dayFirst, 'Read as day, month, year.');
  const written = `${one}${mark}${other}${mark}${year}`;
  const readings = [isoOf(dayFirst), isoOf(monthFirst)];
  return { is: 'unclear', why: `“${written}” may be ${readings.join(' or ')}.`, readings };
}

function withNote(date: DateRead, note: string): DateRead {
  if (date.is !== 'date') return date;
  return { ...date, note: date.note === null ? note : `${note} ${date.note}` };
}

function isoOf(date: DateRead): string {
  return date.is === 'date' ? toIso(date) : '';
}

export function toIso({ year, month, day }: Omit<DateParts, 'note'>): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return [String(year), ...(month === null ? [] : [two(month)]), ...(day === null ? [] : [two(day)])].join('-');
}

/** Years outside of these are of another calendar, or none. */
const [FIRST_YEAR, LAST_YEAR] = [1000, 2299];
/** Of years with two digits, those from here on are of the last century, as in POSIX. */
const FIRST_OF_LAST_CENTURY = 69;

function checked(written: string | undefined, month: number | null, day: number | null): DateRead {
  const year = written === undefined ? null : fullYear(written);
  if (year !== null && (year < FIRST_YEAR || year > LAST_YEAR)) return NONE;
  if (month !== null && (month < 1 || month > 12)) return NO_SUCH_DAY;
  if (day !== null && (day < 1 || day > daysIn(year, month))) return NO_SUCH_DAY;
  const note = written?.length === 2 ? `The year is given as “${written}”.` : null;
  return { is: 'date', year, month, day, note };
}

const NO_SUCH_DAY: DateRead = { is: 'unclear', why: 'There is no such day.', readings: [] };

function fullYear(written: string): number {
  const year = Number(written);
  if (written.length !== 2) return year;
  return year + (year >= FIRST_OF_LAST_CENTURY ? 1900 : 2000);
}

export function daysIn(year: number | null, month: number | null): number {
  // A leap year, if it is not known.
  return month === null ? 31 : new Date(Date.UTC(year ?? 2000, month, 0)).getUTCDate();
}
