import { listedIn } from './read-list.ts';
import { bareWords, EMPTY, type KindOf, LONGEST_READ, type ReadAnswer } from './reading.ts';

export function readChoices(title: string, kind: KindOf<'choices'>, raw: string): ReadAnswer {
  if (raw.length > LONGEST_READ) return none('The answer is too long to be a list of choices.');
  return bareWords(title, raw) === '' ? EMPTY : choicesValue(kind, listedIn(raw, title));
}

/** Several of a list, in the list's order and spelling; others after them, where they are taken. */
export function choicesValue({ choices, open }: KindOf<'choices'>, items: readonly string[]): ReadAnswer {
  const isOf = (item: string) => choices.find((choice) => choice.toLowerCase() === item.toLowerCase());
  const named = new Set(items.flatMap((item) => isOf(item) ?? []));
  const others = items.filter((item) => isOf(item) === undefined);
  const known = choices.filter((choice) => named.has(choice));
  if (open) return { value: { type: 'list', items: [...known, ...others] }, note: null };
  const left = others.map((item) => `“${item}”`).join(', ');
  if (known.length === 0) return none(`None of the choices is named, but ${left}.`);
  return {
    value: { type: 'list', items: known },
    note: left === '' ? null : `Left out, as not one of the choices: ${left}.`,
  };
}

function none(note: string): ReadAnswer {
  return { value: null, note };
}
