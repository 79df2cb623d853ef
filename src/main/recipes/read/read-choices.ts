import { choiceNamed } from './fold-choice.ts';
import { listedIn } from './read-list.ts';
import { bareWords, EMPTY, escapePattern, type KindOf, LONGEST_READ, type ReadAnswer } from './reading.ts';

export function readChoices(title: string, kind: KindOf<'choices'>, raw: string): ReadAnswer {
  if (raw.length > LONGEST_READ) return none('The answer is too long to be a list of choices.');
  if (bareWords(title, raw) === '') return EMPTY;
  const { whole, rest } = withCommas(kind.choices, raw);
  return choicesValue(kind, [...whole, ...listedIn(rest, title)]);
}

/** Choices that would be torn apart at the commas in them, and the reply without them. */
function withCommas(
  choices: readonly string[],
  raw: string,
): { readonly whole: readonly string[]; readonly rest: string } {
  const whole: string[] = [];
  let rest = raw;
  for (const choice of choices.filter((one) => /[,;、，]/u.test(one))) {
    const left = rest.replaceAll(new RegExp(escapePattern(choice), 'giu'), ', ');
    if (left !== rest) whole.push(choice);
    rest = left;
  }
  return { whole, rest };
}

/** Several of a list, in the list's order and spelling; others after them, where they are taken. */
export function choicesValue({ choices, open }: KindOf<'choices'>, items: readonly string[]): ReadAnswer {
  const isOf = (item: string) => choiceNamed(item, choices);
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
