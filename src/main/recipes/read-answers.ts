/** Reads a reply in the form of `answerFormat` into one value per question, as leniently as that is safe. */
import type { AnswerValue } from '../../shared/answer.ts';
import type { Question } from '../../shared/recipe.ts';
import { at, isObject, listOf } from '../llm/json-value.ts';
import { answerKeys } from './answer-schema.ts';
import { otherMeaning } from './read/check-quotes.ts';
import { readJsonAnswer } from './read/read-json-answer.ts';
import { NO_HINTS, type ReadingHints } from './read/reading-hints.ts';
import { readAnswer } from './read-answer.ts';
import { type ReplyJson, readReplyJson } from './reply-json.ts';

/** What a reply says to one question. */
export interface ReadQuestion {
  readonly question: string;
  readonly value: AnswerValue | null;
  /** The part of the reply that it was read from; the whole reply if it has no such part. */
  readonly raw: string | null;
  /** Why there is no value, or how it differs from `raw`. */
  readonly note: string | null;
  readonly quotes: readonly string[];
  /** Why the question is worth asking once more; null if it is not. There may be a value all the same. */
  readonly misfit: string | null;
}

const MENDED = 'The reply was not valid JSON; it was mended before it was read.';
const NO_JSON = 'The reply had no JSON, so this is all of it.';
const REPEATED = 'It was answered twice; this is the last answer.';

/**
 * @param hints how the document writes dates and numbers, which answers may repeat.
 * @returns one for each question, in their order.
 */
export function readAnswers(
  questions: readonly Question[],
  text: string,
  finishReason: string | null,
  hints: ReadingHints = NO_HINTS,
): readonly ReadQuestion[] {
  const keys = answerKeys(questions);
  const wanted = questions.map(({ title }, index) => ({ key: keys[index] ?? '', also: [title] }));
  const found = readReplyJson(text, wanted) ?? innerAnswer(text, keys);
  return questions.map((question, index) =>
    found === null
      ? withoutJson(question, text, questions.length === 1 ? finishReason : undefined, hints)
      : fromJson(question, keys[index] ?? '', found, hints),
  );
}

/** With a single question, a model may leave out the object around its answer. */
function innerAnswer(text: string, [key, ...others]: readonly string[]): ReplyJson | null {
  if (key === undefined || others.length > 0) return null;
  const inner = readReplyJson(text, [
    { key: 'answer', also: ['value'] },
    { key: 'quotes', also: ['quote'] },
  ]);
  if (inner === null || !inner.values.has('answer')) return null;
  const last = inner.last === null ? null : key;
  return { ...inner, values: new Map([[key, Object.fromEntries(inner.values)]]), last, repeated: [] };
}

/** @param finishReason set if the whole reply may be the answer. */
function withoutJson(
  question: Question,
  text: string,
  finishReason: string | null | undefined,
  hints: ReadingHints,
): ReadQuestion {
  const isEmpty = text.trim() === '';
  const misfit = isEmpty ? 'The reply was empty.' : 'The reply has no JSON with the answers.';
  const read = finishReason === undefined || isEmpty ? null : readAnswer(question, text, finishReason, hints);
  return {
    question: question.id,
    value: read?.value ?? null,
    raw: isEmpty ? null : text,
    note: read?.value == null ? misfit : [read.note, NO_JSON].filter((one) => one !== null).join(' '),
    quotes: [],
    misfit,
  };
}

function fromJson(question: Question, key: string, found: ReplyJson, hints: ReadingHints): ReadQuestion {
  const base = { question: question.id, value: null, raw: null, quotes: [] };
  if (!found.values.has(key)) {
    const misfit = found.isCut ? 'The reply breaks off before it.' : 'It is missing.';
    return { ...base, note: misfit, misfit };
  }
  const said = found.values.get(key);
  const raw = rawOf(said);
  if (found.last === key) {
    const misfit = 'The reply breaks off in it.';
    return { ...base, raw, note: misfit, misfit };
  }
  if (found.isMended && isTorn(said)) {
    const misfit = 'It is not valid JSON; a quotation mark in a text must be written as \\".';
    return { ...base, raw, note: misfit, misfit };
  }
  const { value, note, misfit } = readJsonAnswer(question, said, hints);
  const quotes = quotesIn(said);
  const notes = [
    note,
    otherMeaning(value, quotes.quotes, hints),
    quotes.note,
    found.isMended && !found.isCut ? MENDED : null,
    found.repeated.includes(key) ? REPEATED : null,
  ].filter((one) => one !== null);
  return { ...base, value, raw, note: notes.join(' ') || null, quotes: quotes.quotes, misfit };
}

/** The answer as it was written, if it is a text. */
function rawOf(said: unknown): string {
  const answer = isObject(said) && 'answer' in said ? said.answer : said;
  return typeof answer === 'string' ? answer : JSON.stringify(answer);
}

const ANSWER_FIELDS = new Set(['answer', 'value', 'quotes', 'quote', 'evidence', 'unit']);

/** Mending ends a text at a quotation mark in it, and takes what follows for fields without a value. */
function isTorn(said: unknown): boolean {
  if (!isObject(said)) return false;
  return Object.entries(said).some(
    ([field, value]) => !ANSWER_FIELDS.has(field) && (!/^\w+$/.test(field) || value === '' || value === null),
  );
}

const MOST_QUOTES = 20;

function quotesIn(said: unknown): { readonly quotes: readonly string[]; readonly note: string | null } {
  const given = at(said, 'quotes') ?? at(said, 'quote') ?? at(said, 'evidence');
  const texts = (typeof given === 'string' ? [given] : listOf(given))
    .map((one) => (isObject(one) ? (at(one, 'text') ?? at(one, 'quote')) : one))
    .filter((one) => typeof one === 'string')
    .filter((one) => one.trim() !== '');
  const all = [...new Set(texts)];
  const note = all.length > MOST_QUOTES ? `The first ${MOST_QUOTES} of ${all.length} quotations.` : null;
  return { quotes: all.slice(0, MOST_QUOTES), note };
}
