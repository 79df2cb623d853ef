import type { AnswerValue } from '../../../shared/answer.ts';
import type { Question } from '../../../shared/recipe.ts';
import { at, isObject, type JsonObject } from '../../llm/json-value.ts';
import { readAnswer } from '../read-answer.ts';
import { choicesValue } from './read-choices.ts';
import { listValue } from './read-list.ts';
import { distinct, type ReadAnswer } from './reading.ts';
import type { ReadingHints } from './reading-hints.ts';
import { unescaped } from './unescaped.ts';

const ESCAPED_TWICE = 'Its letters were escaped twice.';

interface ReadJsonAnswer {
  readonly value: AnswerValue | null;
  readonly note: string | null;
  /** Why the answer does not fit the question. */
  readonly misfit: string | null;
}

/** Reads what stands in JSON as the answer to a question: `{"answer": …}`, or the answer itself. */
export function readJsonAnswer(question: Question, said: unknown, hints: ReadingHints): ReadJsonAnswer {
  const readIt = (answer: unknown) => readValue({ question, hints }, answer);
  if (!isObject(said)) return readIt(said);
  if (Object.hasOwn(said, 'answer')) return readIt(said.answer);
  if (Object.hasOwn(said, 'value')) return readIt(Object.hasOwn(said, 'unit') ? said : said.value);
  return misfit('There is no "answer" in it.');
}

interface Asked {
  readonly question: Question;
  readonly hints: ReadingHints;
}

function readValue(asked: Asked, answer: unknown): ReadJsonAnswer {
  if (answer === null) return { value: { type: 'not_stated' }, note: null, misfit: null };
  if (typeof answer === 'string') return readText(asked, answer);
  if (typeof answer === 'number') return readNumeric(asked, answer);
  if (typeof answer === 'boolean') return readBoolean(asked, answer);
  if (Array.isArray(answer)) return readItems(asked, answer);
  return isObject(answer) ? readParts(asked, answer) : misfit('There is no "answer" in it.');
}

function readText({ question, hints }: Asked, text: string): ReadJsonAnswer {
  const plain = unescaped(text);
  const found = read(text, readAnswer(question, plain, null, hints));
  if (plain === text || found.value === null) return found;
  return { ...found, note: [found.note, ESCAPED_TWICE].filter((note) => note !== null).join(' ') };
}

function read(said: string, { value, note }: ReadAnswer): ReadJsonAnswer {
  if (value !== null) return { value, note, misfit: null };
  return { value, note, misfit: said.trim() === '' ? note : `“${short(said)}”: ${note}` };
}

function misfit(why: string): ReadJsonAnswer {
  return { value: null, note: why, misfit: why };
}

const SHORT_CHARACTERS = 100;

function short(text: string): string {
  return text.length <= SHORT_CHARACTERS ? text : `${text.slice(0, SHORT_CHARACTERS)}…`;
}

function readNumeric(asked: Asked, number: number): ReadJsonAnswer {
  const { answer } = asked.question;
  if (answer.type !== 'number') return readText(asked, String(number));
  // A parsed number beyond this has lost digits.
  if (Math.abs(number) > Number.MAX_SAFE_INTEGER) return misfit('The number is too large to be read exactly.');
  return { value: { type: 'number', number, unit: answer.unit ?? null }, note: null, misfit: null };
}

/** A list of choices may have "Yes" in it, or "True". */
function readBoolean(asked: Asked, yes: boolean): ReadJsonAnswer {
  const inWords = readText(asked, yes ? 'Yes' : 'No');
  return inWords.value === null ? readText(asked, String(yes)) : inWords;
}

function readItems(asked: Asked, list: readonly unknown[]): ReadJsonAnswer {
  const texts = withoutWrappers(list);
  if (texts.some((item) => typeof item === 'object' && item !== null)) {
    return misfit('An item of the list is an object, not a text.');
  }
  const items = distinct(texts.flatMap((item) => (item === null ? [] : unescaped(String(item)).trim() || [])));
  if (items.length === 0) return { value: null, note: 'The list is empty.', misfit: null };
  const { answer } = asked.question;
  if (answer.type === 'list') return read(items.join(', '), listValue(items, answer.maxItems));
  if (answer.type === 'choices') return read(items.join(', '), choicesValue(answer, items));
  const [only, ...more] = items;
  if (only !== undefined && more.length === 0) return readText(asked, only);
  if (answer.type !== 'text') return misfit(`It has several answers: ${short(items.join(', '))}.`);
  const areSentences = items.every((item) => /[.!?…。]$/.test(item));
  return readText(asked, items.join(areSentences ? ' ' : '; '));
}

/** Objects that all have the same field and no other are lists of what is in it. */
function withoutWrappers(list: readonly unknown[]): readonly unknown[] {
  const fields = new Set(list.flatMap((item) => (isObject(item) ? Object.keys(item) : [''])));
  const [field, ...others] = fields;
  return field === undefined || field === '' || others.length > 0 ? list : list.map((item) => at(item, field));
}

/** What models call the only field of an answer. */
const ONLY_FIELDS = ['value', 'text', 'answer', 'name'];

/** A number with its unit, or a period, as two fields; or an answer in an object of its own. */
function readParts(asked: Asked, parts: JsonObject): ReadJsonAnswer {
  const { type } = asked.question.answer;
  const field = (...names: readonly string[]) => names.map((name) => at(parts, name)).find((one) => one != null);
  if (type === 'number') {
    const unit = field('unit', 'currency');
    const number = field('value', 'amount', 'number');
    if (number !== undefined && typeof unit === 'string') return withUnit(readValue(asked, number), unit);
  }
  if (type === 'date') {
    const [from, to] = [field('from', 'start'), field('to', 'end')];
    if (from !== undefined) return readValue(asked, to === undefined ? from : `${from}/${to}`);
  }
  const [only, ...others] = Object.keys(parts);
  if (only !== undefined && others.length === 0 && ONLY_FIELDS.includes(only) && !isObject(parts[only])) {
    return readValue(asked, parts[only]);
  }
  return misfit('The answer is an object.');
}

function withUnit(found: ReadJsonAnswer, unit: string): ReadJsonAnswer {
  return found.value?.type === 'number' ? { ...found, value: { ...found.value, unit } } : found;
}
