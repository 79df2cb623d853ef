import { choiceNamed } from './fold-choice.ts';
import {
  bareWords,
  DENIAL,
  EMPTY,
  escapePattern,
  type KindOf,
  LONGER,
  LONGEST_READ,
  type ReadAnswer,
  textValue,
} from './reading.ts';

const NO_SINGLE_CHOICE: ReadAnswer = { value: null, note: 'The answer does not name exactly one of the choices.' };

export function readChoice(title: string, { choices, open }: KindOf<'choice'>, raw: string): ReadAnswer {
  if (raw.length > LONGEST_READ) return NO_SINGLE_CHOICE;
  const word = bareWords(title, raw);
  if (word === '') return EMPTY;
  const exact = choiceNamed(word, choices);
  if (exact !== undefined) return textValue(exact);
  if (open && /^[\p{L}\p{M}-]+$/u.test(word)) return textValue(word.toLowerCase());
  const [only, ...more] = choices.filter((choice) => namesChoice(word, choice));
  if (only !== undefined && more.length === 0 && !DENIAL.test(word)) return textValue(only, LONGER);
  return NO_SINGLE_CHOICE;
}

/** Whether a sentence has these words, whole. `\b` knows only Latin letters. */
export function namesChoice(sentence: string, choice: string): boolean {
  return new RegExp(`(?<![\\p{L}\\p{N}])${escapePattern(choice)}(?![\\p{L}\\p{N}])`, 'iu').test(sentence);
}
