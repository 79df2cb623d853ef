/**
 * A model that is asked for an ISO date or a plain number may choose between two meanings of what the document says,
 * without a word about it. Its quotation shows that.
 */
import type { AnswerValue } from '../../../shared/answer.ts';
import { datesIn } from './date-grammar.ts';
import { asciiDigits, readDigits } from './digits.ts';
import type { ReadingHints } from './reading-hints.ts';

/** @returns what else a value may be by its quotations; null if nothing. */
export function otherMeaning(
  value: AnswerValue | null,
  quotes: readonly string[],
  { dateOrder, decimal }: ReadingHints,
): string | null {
  for (const quote of quotes) {
    const text = asciiDigits(quote.slice(0, LONGEST_QUOTE));
    const found =
      value?.type === 'date' && dateOrder === null
        ? otherDate([value.from, value.to], text)
        : value?.type === 'number' && decimal === null
          ? otherNumber(value.number, text)
          : null;
    if (found !== null) return `The document says it in a way that can be read twice: ${found}`;
  }
  return null;
}

const LONGEST_QUOTE = 2_000;

function otherDate(dates: readonly (string | null)[], text: string): string | null {
  for (const { date } of datesIn(text, null)) {
    if (date.is === 'unclear' && date.readings.some((reading) => dates.includes(reading))) return date.why;
  }
  return null;
}

/** A comma before three digits is hardly ever meant as a decimal mark, so only that reading is worth a word. */
function otherNumber(number: number, text: string): string | null {
  for (const [digits] of text.matchAll(/(?<![\d.,])\d{1,3}[.,]\d{3}(?![\d]|[.,]\d)/g)) {
    const read = readDigits(digits, null);
    if (read.is !== 'ambiguous') continue;
    const readings = digits.includes(',') ? read.readings.slice(1) : read.readings;
    if (readings.includes(String(Math.abs(number)))) return `“${digits}” may be ${read.readings.join(' or ')}.`;
  }
  return null;
}
