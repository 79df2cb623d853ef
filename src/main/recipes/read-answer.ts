/**
 * Models answer in sentences when asked for a word. This extracts what fits the table; the full answer is kept as raw.
 */
import type { AnswerValue } from '../../shared/answer.ts';
import { kindOfFinish } from '../../shared/finish-reasons.ts';
import type { AnswerKind, Question } from '../../shared/recipe.ts';

interface ReadAnswer {
  readonly value: AnswerValue | null;
  /** How the value differs from the answer, or why there is none; null if neither. */
  readonly note: string | null;
}

type Of<Type extends AnswerKind['type']> = Question & { readonly answer: Extract<AnswerKind, { type: Type }> };

/** Reads a reply as the kind of answer that the question asks for. */
export function readAnswer(question: Question, raw: string, finishReason: string | null): ReadAnswer {
  const { answer } = question;
  switch (answer.type) {
    case 'text':
      return readText(question, raw, finishReason);
    case 'choice':
      return readChoice({ ...question, answer }, raw);
    case 'list':
      return readList({ ...question, answer }, raw);
  }
}

/** Only a few words are asked for; a runaway model or a malicious server must not block the main process. */
const LONGEST_READ = 100_000;
/** Shown in table rows; the whole answer is in the file's detail. */
const LONGEST_TEXT = 2_000;
const LIST_ITEM_CHARACTERS = 80;

const EMPTY: ReadAnswer = { value: null, note: 'The answer was empty.' };
const NO_SINGLE_CHOICE: ReadAnswer = { value: null, note: 'The answer does not name exactly one of the choices.' };
const NO_LIST: ReadAnswer = { value: null, note: 'The answer is not a list.' };

/** "Not positive" names a choice only to deny it. */
const DENIAL = /\b(not|no|non|never|hardly|neither|nor|without)\b|n['’]t\b/i;

function readChoice({ title, answer }: Of<'choice'>, raw: string): ReadAnswer {
  if (raw.length > LONGEST_READ) return NO_SINGLE_CHOICE;
  const label = new RegExp(`^[\\s*_]*${escapePattern(title)}\\b[^:\\n]{0,20}:`, 'i');
  const word = withoutEnd(bare(raw.replace(label, '')), /[.!]/);
  if (word === '') return EMPTY;
  const exact = answer.choices.find((choice) => choice.toLowerCase() === word.toLowerCase());
  if (exact !== undefined) return textValue(exact);
  if (answer.open && /^[\p{L}\p{M}-]+$/u.test(word)) return textValue(word.toLowerCase());
  const [only, ...more] = answer.choices.filter((choice) => names(word, choice));
  if (only !== undefined && more.length === 0 && !DENIAL.test(word)) {
    return textValue(only, 'Taken from an answer longer than the choice asked for.');
  }
  return NO_SINGLE_CHOICE;
}

/** Whether a sentence has these words, whole. `\b` knows only Latin letters. */
function names(sentence: string, choice: string): boolean {
  return new RegExp(`(?<![\\p{L}\\p{N}])${escapePattern(choice)}(?![\\p{L}\\p{N}])`, 'iu').test(sentence);
}

function escapePattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}

function textValue(text: string, note: string | null = null): ReadAnswer {
  return { value: { type: 'text', text }, note };
}

function readList({ title, answer: { maxItems } }: Of<'list'>, raw: string): ReadAnswer {
  if (raw.length > LONGEST_READ) return NO_LIST;
  const items = distinct(
    listIn(raw, title)
      .map(itemIn)
      .filter((item) => item !== ''),
  );
  if (items.length === 0) return EMPTY;
  if (items.some((item) => item.length > LIST_ITEM_CHARACTERS)) return NO_LIST;
  const isCut = maxItems !== undefined && items.length > maxItems;
  const note = isCut ? `The first ${maxItems} of ${items.length}.` : null;
  return { value: { type: 'list', items: items.slice(0, maxItems) }, note };
}

/** The parts of a list in lines, in one line, or in JSON or code, which may be cut off. */
function listIn(raw: string, title: string): readonly string[] {
  const listed = raw
    .replaceAll(/^\s*```\w*\s*$/gmu, '')
    .trim()
    .replace(/^\{\s*"\w{1,60}"\s*:\s*(?=\[)/, '')
    .replace(new RegExp(`^[^:\\n]{0,60}\\b${escapePattern(singular(title))}s?\\b[^:\\n]{0,40}:`, 'i'), '')
    .trim();
  const inBrackets = /^\[(?!\w+\]\s*\w)/.test(listed) ? withoutEnd(listed.slice(1), /[\s\]}]/) : null;
  if (inBrackets !== null) return inBrackets.split(/["']/.test(inBrackets) ? /["']\s*,\s*["']/u : /[,;\n]/u);
  return listed.includes('\n') ? listed.split('\n') : listed.split(/[,;、，]/u);
}

/** "Topics" is introduced as "the topic" too. */
function singular(title: string): string {
  return title.replace(/s$/i, '');
}

/** A list item without its bullet or number, Markdown and "and". */
function itemIn(part: string): string {
  const unmarked = part.replace(/^\s*(?:[-–*•]\s+|\(?\d+[.)](?!\d)\s*)/u, '');
  return bare(bare(unmarked).replace(/^and\s+/i, '')).replace(/\.$/, '');
}

/** Removes duplicates, ignoring case and keeping the first spelling. */
function distinct(items: readonly string[]): readonly string[] {
  const first = new Map<string, string>();
  for (const item of items) {
    const key = item.normalize().toLowerCase();
    if (!first.has(key)) first.set(key, item);
  }
  return [...first.values()];
}

function readText({ title, maxTokens }: Question, raw: string, finishReason: string | null): ReadAnswer {
  const text = raw
    .slice(0, LONGEST_READ)
    .trim()
    .replace(new RegExp(`^(\\*\\*)?${escapePattern(title)}(\\*\\*)?\\s*:(\\*\\*)?`, 'i'), '')
    .replaceAll(/\s+/gu, ' ')
    .trim();
  if (text === '') return EMPTY;
  if (raw.length > LONGEST_READ || text.length > LONGEST_TEXT) {
    const length = raw.length.toLocaleString('en-US');
    // Do not end in half a surrogate pair.
    const beginning = text.slice(0, LONGEST_TEXT).replace(/[\uD800-\uDBFF]$/, '');
    return textValue(`${beginning}…`, `The beginning of an answer of ${length} characters.`);
  }
  const isCut = finishReason !== null && kindOfFinish(finishReason) === 'length';
  return textValue(
    text,
    isCut ? `The model reached its limit of ${maxTokens} tokens; the end of the answer may be missing.` : null,
  );
}

const MARK = /[\s"'“”„‘’«»*_`]/u;

/** Removes the quotation marks and Markdown around an answer. */
function bare(text: string): string {
  let start = 0;
  while (start < text.length && MARK.test(text.charAt(start))) start += 1;
  return withoutEnd(text.slice(start), MARK);
}

/** Written by hand: a pattern ending in `+$` is quadratic on a long run that is not at the end. */
function withoutEnd(text: string, mark: RegExp): string {
  let end = text.length;
  while (end > 0 && mark.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
