/** One answer from the answers to the same question about the parts of one document. */
import type { AnswerValue } from '../../shared/answer.ts';
import { valueWords } from '../../shared/answer-words.ts';
import type { AnswerKind } from '../../shared/recipe.ts';
import type { AskedQuestion } from './ask-group.ts';

/** What the answers of all parts come to. */
export interface Merged {
  /** As far as it is known. */
  readonly answer: AskedQuestion;
  /** What the model is to make one answer from; null if the answer is complete. */
  readonly reduce: readonly string[] | null;
}

interface Stated {
  /** Counted from 1. */
  readonly part: number;
  readonly value: AnswerValue;
}

/**
 * Merges the answers of parts in their order. What one part states counts, although others do not. Lists are joined.
 * Numbers and dates that differ are a contradiction: the first counts, and the note tells all. Prose, and judgements
 * that differ, are for the model to reduce. If a part failed, so has the answer, and says how much was read.
 */
export function mergeAnswers(kind: AnswerKind, parts: readonly AskedQuestion[]): Merged {
  const [first] = parts;
  if (first === undefined) throw new RangeError('There is no part.');
  if (parts.length === 1) return whole(first);
  const together = joined(first, parts);
  const failed = parts.find(({ problem }) => problem !== null);
  if (failed !== undefined) return whole({ ...together, note: readNote(parts), problem: failed.problem });
  const stated = parts.flatMap(({ value }, index): readonly Stated[] =>
    value === null || value.type === 'not_stated' ? [] : [{ part: index + 1, value }],
  );
  const notes = partNotes(parts);
  const answer = { ...together, note: toNote(notes) };
  const [only, ...others] = stated;
  if (only === undefined) return whole({ ...answer, value: notStated(parts) });
  if (kind.type === 'list' || kind.type === 'choices') {
    const { value, note } = joinedList(kind, stated);
    return whole({ ...answer, value, note: toNote([...notes, ...note]) });
  }
  if (others.every(({ value }) => isSame(value, only.value))) return whole({ ...answer, value: only.value });
  const texts = stated.map(({ value }) => valueWords(value));
  if (kind.type === 'text') return { answer, reduce: texts };
  const note = toNote([...notes, `The parts differ: ${differences(stated)}.`]);
  return kind.type === 'number' || kind.type === 'date'
    ? whole({ ...answer, value: only.value, note })
    : { answer: { ...answer, note }, reduce: texts };
}

function whole(answer: AskedQuestion): Merged {
  return { answer, reduce: null };
}

/** Everything but value and note, which depend on the kind of answer. */
function joined(first: AskedQuestion, parts: readonly AskedQuestion[]): AskedQuestion {
  const raws = parts.flatMap(({ raw }, index) => (raw === null ? [] : [`${label(index, parts)}: ${raw}`]));
  return {
    ...first,
    value: null,
    raw: raws.length === 0 ? null : raws.join('\n\n'),
    quotes: [...new Set(parts.flatMap(({ quotes }) => quotes))],
    callIds: parts.flatMap(({ callIds }) => callIds),
  };
}

function label(index: number, parts: readonly AskedQuestion[]): string {
  return `Part ${index + 1} of ${parts.length}`;
}

function readNote(parts: readonly AskedQuestion[]): string {
  const read = parts.filter(({ problem }) => problem === null).length;
  return `${read} of ${parts.length} parts of the document were answered. Retry asks only about the others.`;
}

/** Why parts were answered without a value, or how their values differ from the reply. */
function partNotes(parts: readonly AskedQuestion[]): readonly string[] {
  return parts.flatMap(({ note }, index) => (note === null ? [] : [`${label(index, parts)}: ${note}`]));
}

function toNote(notes: readonly string[]): string | null {
  return notes.length === 0 ? null : notes.join(' ');
}

/** Not stated only if every part says so. */
function notStated(parts: readonly AskedQuestion[]): AnswerValue | null {
  return parts.every(({ value }) => value?.type === 'not_stated') ? { type: 'not_stated' } : null;
}

interface Item {
  readonly text: string;
  parts: number;
}

/** Distinct items in the order of the parts. Where only some are asked for, those that most parts name count. */
function joinedList(
  kind: Extract<AnswerKind, { type: 'list' | 'choices' }>,
  stated: readonly Stated[],
): { readonly value: AnswerValue; readonly note: readonly string[] } {
  const all = countedItems(stated);
  if (kind.type === 'choices') {
    const place = ({ text }: Item) => kind.choices.indexOf(text) + 1 || kind.choices.length + 1;
    return { value: toList(all.toSorted((a, b) => place(a) - place(b))), note: [] };
  }
  const { maxItems = all.length } = kind;
  if (all.length <= maxItems) return { value: toList(all), note: [] };
  const most = all.toSorted((a, b) => b.parts - a.parts).slice(0, maxItems);
  const note = `Of ${all.length} in all parts, the ${maxItems} that most parts name, earlier ones first.`;
  return { value: toList(most), note: [note] };
}

function countedItems(stated: readonly Stated[]): readonly Item[] {
  const items = new Map<string, Item>();
  for (const { value } of stated) {
    for (const text of value.type === 'list' ? value.items : []) {
      const known = items.get(folded(text));
      if (known === undefined) items.set(folded(text), { text, parts: 1 });
      else known.parts += 1;
    }
  }
  return [...items.values()];
}

function toList(items: readonly Item[]): AnswerValue {
  return { type: 'list', items: items.map(({ text }) => text) };
}

function isSame(one: AnswerValue, other: AnswerValue): boolean {
  return one.type === other.type && folded(valueWords(one)) === folded(valueWords(other));
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll(/\s+/gu, ' ').trim();
}

/** Each value with the parts that state it: "30 (parts 1, 3); 60 (part 2)". */
function differences(stated: readonly Stated[]): string {
  const byValue = new Map<string, { readonly words: string; readonly parts: number[] }>();
  for (const { part, value } of stated) {
    const words = valueWords(value);
    const known = byValue.get(folded(words));
    if (known === undefined) byValue.set(folded(words), { words, parts: [part] });
    else known.parts.push(part);
  }
  return [...byValue.values()]
    .map(({ words, parts }) => `${words} (part${parts.length === 1 ? '' : 's'} ${parts.join(', ')})`)
    .join('; ');
}
