import type { Question } from '../../../shared/recipe.ts';

/** How a document writes dates and numbers, for answers that repeat what stands there. */
export interface ReadingHints {
  /** Null if the document does not show it. */
  readonly dateOrder: 'day_first' | 'month_first' | null;
  readonly decimal: '.' | ',' | null;
}

export const NO_HINTS: ReadingHints = { dateOrder: null, decimal: null };

/** Whether answers to these questions may need to know how their document writes dates and numbers. */
export function needHints(questions: readonly Question[]): boolean {
  return questions.some(({ answer }) => answer.type === 'date' || answer.type === 'number');
}

/** Only from what can be read in one way; null where the document contradicts itself. */
export function hintsIn(text: string): ReadingHints {
  return {
    dateOrder: only(text, { day_first: DAY_FIRST, month_first: MONTH_FIRST }),
    decimal: only(text, { '.': POINT, ',': COMMA }),
  };
}

function only<Name extends string>(text: string, evidence: { readonly [Key in Name]: RegExp }): Name | null {
  const [found, ...more] = (Object.keys(evidence) as Name[]).filter((name) => evidence[name].test(text));
  return found !== undefined && more.length === 0 ? found : null;
}

const DAY_OVER_12 = '(?:1[3-9]|2\\d|3[01])';
const MONTH = '(?:0?[1-9]|1[0-2])';
const DAY_FIRST = new RegExp(`(?<![\\d/-])${DAY_OVER_12}([/-])${MONTH}\\1(?:19|20)?\\d\\d(?![\\d/-])`);
const MONTH_FIRST = new RegExp(`(?<![\\d/-])${MONTH}([/-])${DAY_OVER_12}\\1(?:19|20)?\\d\\d(?![\\d/-])`);

const COMMA = markOf(',', '\\.');
const POINT = markOf('\\.', ',');

/** Thousands and decimals together, thousands twice, or a price or percentage with one or two decimals. */
function markOf(decimal: string, thousands: string): RegExp {
  const money = '(?:[$€£¥₹%]|EUR|USD|GBP|CHF)';
  return new RegExp(
    [
      `(?<![\\d.,])\\d{1,3}(?:(?:${thousands}\\d{3}){2,3}|${thousands}\\d{3}${decimal}\\d{1,4})(?![\\d.,]\\d|\\d)`,
      `(?<![\\d.,])\\d{1,9}${decimal}\\d{1,2} ?${money}`,
      `${money} ?\\d{1,9}${decimal}\\d{1,2}(?![\\d.,]\\d|\\d)`,
    ].join('|'),
  );
}
