import { bareWords, EMPTY, LONGEST_READ, type ReadAnswer } from './reading.ts';

const NEITHER: ReadAnswer = { value: null, note: 'The answer says neither yes nor no.' };

/** Only by English words, which the model is asked to use; "si" is "yes" in one language and "if" in another. */
export function readYesNo(title: string, raw: string): ReadAnswer {
  if (raw.length > LONGEST_READ) return NEITHER;
  const words = bareWords(title, raw);
  if (words === '') return EMPTY;
  const said = /^(?:(yes|true)|no|false)(?![\p{L}\p{N}'’-])/iu.exec(words);
  if (said === null) return NEITHER;
  const note = said[0].length === words.length ? null : 'Taken from the beginning of a longer answer.';
  return { value: { type: 'yes_no', yes: said[1] !== undefined }, note };
}
