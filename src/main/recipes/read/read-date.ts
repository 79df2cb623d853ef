import {
  type DateFound,
  type DateParts,
  type DateRead,
  datesIn,
  daysIn,
  readOneDate,
  readPartOfDate,
  toIso,
} from './date-grammar.ts';
import { asciiDigits } from './digits.ts';
import { bareWords, DENIAL, EMPTY, LONGEST_READ, type ReadAnswer } from './reading.ts';
import { hintsIn, type ReadingHints } from './reading-hints.ts';

type Order = ReadingHints['dateOrder'];

const LONGER = 'Taken from an answer longer than a date.';
/** A sentence with a date in it is read; an essay is not. */
const LONGEST_SENTENCE = 500;

/** Reads a date, or a period, in the precision that it is given in. */
export function readDate(title: string, raw: string, hints: ReadingHints): ReadAnswer {
  if (raw.length > LONGEST_READ) return none('The answer is too long to be a date.');
  const words = withoutTime(asciiDigits(bareWords(title, raw)).replaceAll(/\s+/g, ' '));
  if (words === '') return EMPTY;
  if (words.length > LONGEST_SENTENCE) return none('The answer is too long to be a date.');
  // The end of a period may show how its beginning is written.
  const dateOrder = hints.dateOrder ?? hintsIn(words).dateOrder;
  const one = readOneDate(words, dateOrder);
  if (one.is === 'date') return dateValue(one, null);
  return periodIn(words, dateOrder) ?? inSentence(words, dateOrder) ?? whyNone(one, words, dateOrder);
}

/** "2026-03-31T12:00" is a date and more. */
function withoutTime(words: string): string {
  return words.replace(/(?<=\d{4}-\d\d-\d\d)T(?=\d)/, ' T');
}

function none(note: string): ReadAnswer {
  return { value: null, note };
}

function dateValue(from: DateParts, to: DateParts | null, note: string | null = null): ReadAnswer {
  if (to !== null && toIso(from) > toIso(to)) return none('The period ends before it begins.');
  const notes = [...new Set([note, from.note, to?.note ?? null].filter((one) => one !== null))];
  return {
    value: { type: 'date', from: toIso(from), to: to === null ? null : toIso(to) },
    note: notes.join(' ') || null,
  };
}

/** What stands between the ends of a period. */
const BETWEEN = / (?:to|until|till|through|thru|bis|au|al|tot|a|-|–|—|\/) |\/| ?[–—] ?|-/giu;
const BEGINS = /^(?:from|between|von|vom|du|dal|de|van) /iu;
const MOST_SPLITS = 8;

/** The whole text as a period; null if it is none. */
function periodIn(words: string, order: Order): ReadAnswer | null {
  const text = words.replace(BEGINS, '');
  const splits = [...text.matchAll(/^between /i.test(words) ? / and /gi : BETWEEN)].slice(0, MOST_SPLITS);
  for (const { 0: joint, index } of splits) {
    const read = period(text.slice(0, index).trim(), text.slice(index + joint.length).trim(), order);
    if (read !== null) return read;
  }
  return null;
}

function period(first: string, last: string, order: Order): ReadAnswer | null {
  const from = either(first, order);
  const to = either(last, order);
  if (from.is === 'none' || to.is === 'none') return null;
  if (from.is === 'unclear') return none(from.why);
  if (to.is === 'unclear') return none(to.why);
  // "March 1–31, 2026", and "1 Jan – 31 Mar 2026".
  const end = { ...to, month: to.month ?? (to.day === null ? null : from.month) };
  const hasOwnMonth = from.month !== null || from.year !== null;
  const start = { ...from, year: from.year ?? end.year, month: hasOwnMonth ? from.month : end.month };
  if (end.year === null || start.year === null) return null;
  if (!isComplete(start) || !isComplete(end) || precision(start) !== precision(end)) return null;
  return dateValue(start, end);
}

function either(text: string, order: Order): DateRead {
  const whole = readOneDate(text, order);
  return whole.is === 'none' ? readPartOfDate(text, order) : whole;
}

/** A day has a month, and the month has that day in that year. */
function isComplete({ year, month, day }: DateParts): boolean {
  return day === null || (month !== null && day <= daysIn(year, month));
}

function precision({ month, day }: DateParts): number {
  return day !== null ? 3 : month !== null ? 2 : 1;
}

const JOINT = /^,? ?(?:to|until|till|through|bis|-|–|—) ?(?:the )?$/iu;

/** The one date or period in a longer text; null if it has none. */
function inSentence(words: string, order: Order): ReadAnswer | null {
  const [first, second, ...more] = withoutRepeats(datesIn(words, order));
  if (first === undefined) return null;
  if (DENIAL.test(words)) return none('The answer denies the date that it has.');
  if (first.date.is !== 'date') return none(first.date.is === 'unclear' ? first.date.why : '');
  if (second === undefined) return dateValue(first.date, null, LONGER);
  const isPeriod = more.length === 0 && JOINT.test(words.slice(first.to, second.from));
  if (!isPeriod) return none('The answer has several dates.');
  return second.date.is === 'date' ? dateValue(first.date, second.date, LONGER) : none('The answer has several dates.');
}

/** "2026-03-31 (31 March 2026)" has one date. */
function withoutRepeats(found: readonly DateFound[]): readonly DateFound[] {
  const isoOf = ({ date }: DateFound) => (date.is === 'date' ? toIso(date) : '');
  return found.filter((one, index) => index === 0 || isoOf(one) !== isoOf(found[0] ?? one));
}

function whyNone(one: DateRead, words: string, order: Order): ReadAnswer {
  if (one.is === 'unclear') return none(one.why);
  const part = readPartOfDate(words, order);
  const lacksYear = part.is === 'date' && part.month !== null && part.year === null;
  return none(lacksYear ? 'The date has no year.' : 'The answer is not a date.');
}
