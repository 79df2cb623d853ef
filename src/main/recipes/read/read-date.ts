import { bareWords, EMPTY, type ReadAnswer } from './reading.ts';

export function readDate(title: string, raw: string): ReadAnswer {
  const words = bareWords(title, raw.slice(0, 200));
  if (words === '') return EMPTY;
  const [from = '', to = null, ...more] = words.split('/').map((part) => part.trim());
  if (more.length > 0 || !ISO.test(from) || (to !== null && !ISO.test(to))) {
    return { value: null, note: 'The answer is not a date.' };
  }
  return { value: { type: 'date', from, to }, note: null };
}

const ISO = /^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/;
