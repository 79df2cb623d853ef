import { bareWords, EMPTY, type KindOf, type ReadAnswer } from './reading.ts';

export function readNumber(title: string, { unit }: KindOf<'number'>, raw: string): ReadAnswer {
  const words = bareWords(title, raw.slice(0, 200));
  if (words === '') return EMPTY;
  const found = /^-?\d{1,15}(?:\.\d{1,15})?$/.exec(words);
  if (found === null) return { value: null, note: 'The answer is not a number.' };
  return { value: { type: 'number', number: Number(found[0]), unit: unit ?? null }, note: null };
}
