/**
 * What the built-in engine's best match answers to a question of one's own. The engine understands nothing, so a value is
 * taken only where exactly one stands in the sentence.
 */
import type { AnswerValue } from '../../shared/answer.ts';
import type { Question } from '../../shared/recipe.ts';
import { namesChoice } from './read/read-choice.ts';
import { readDate } from './read/read-date.ts';
import { readNumber } from './read/read-number.ts';
import type { ReadAnswer } from './read/reading.ts';
import type { ReadingHints } from './read/reading-hints.ts';

/**
 * @param sentence empty if nothing matches.
 * @param hints how the document writes dates and numbers.
 */
export function readMatch({ title, answer }: Question, sentence: string, hints: ReadingHints): ReadAnswer {
  const words = sentence.replaceAll(/\s+/g, ' ').trim();
  if (words === '') return notStated(null);
  switch (answer.type) {
    case 'text':
      return { value: { type: 'text', text: words }, note: null };
    case 'list':
      return { value: { type: 'list', items: [words] }, note: null };
    case 'choice':
    case 'choices': {
      const [only, ...more] = answer.choices.filter((choice) => namesChoice(words, choice));
      if (only === undefined) return notStated('The sentence that matches best names none of the choices.');
      if (more.length > 0) return notStated('The sentence that matches best names several of the choices.');
      return {
        value: answer.type === 'choice' ? { type: 'text', text: only } : { type: 'list', items: [only] },
        note: null,
      };
    }
    case 'yes_no':
      return notStated('Whether it says yes or no takes a language model.');
    case 'date':
      return onlyOne('date', words.match(dates) ?? [], (found) => readDate(title, found, hints));
    case 'number': {
      const found = words.replaceAll(dates, ' ').match(numbers) ?? [];
      return onlyOne('number', found, (one) => readNumber(title, answer, one, hints));
    }
  }
}

function notStated(note: string | null): ReadAnswer {
  return { value: { type: 'not_stated' }, note };
}

const MONTH = String.raw`\p{L}{3,12}\.?`;
const ORDINAL = String.raw`\d{1,2}(?:st|nd|rd|th|\.)?`;
const dates = new RegExp(
  [
    String.raw`(?<![\d.,/-])\d{4}-\d{2}(?:-\d{2})?(?![\d-])`,
    String.raw`(?<![\d.,/-])\d{1,2}([./-])\d{1,2}\1\d{2}(?:\d{2})?(?![\d/-])`,
    String.raw`(?<!\d)${ORDINAL} (?:of )?${MONTH},? \d{4}(?!\d)`,
    String.raw`(?<!\p{L})${MONTH} ${ORDINAL},? \d{4}(?!\d)`,
    String.raw`\d{4}年\d{1,2}月(?:\d{1,2}日)?`,
  ].join('|'),
  'gu',
);
const numbers =
  /(?:[$€£¥₹] ?|(?<!\p{L})(?:EUR|USD|GBP|CHF) ?)?(?<![\p{L}\d])[-−]?\d+(?:[.,'’ ]\d{3}(?!\d))*(?:[.,]\d+)?(?![\p{L}\d])(?: ?(?:[%$€£¥₹]|EUR|USD|GBP|CHF))?/gu;

/** The value that all of what was found stands for, if there is just one. */
function onlyOne(what: string, found: readonly string[], read: (found: string) => ReadAnswer): ReadAnswer {
  const values = new Map<string, AnswerValue | null>();
  for (const one of found) {
    const { value } = read(one);
    values.set(value === null ? one : JSON.stringify(value), value);
  }
  const [only, ...more] = values.values();
  if (only === undefined) return notStated(`The sentence that matches best has no ${what}.`);
  if (more.length > 0) return notStated(`The sentence that matches best has several ${what}s.`);
  return only === null
    ? notStated(`The ${what} in the sentence that matches best cannot be read.`)
    : { value: only, note: null };
}
