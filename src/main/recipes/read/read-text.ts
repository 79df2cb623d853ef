import { kindOfFinish } from '../../../shared/finish-reasons.ts';
import type { Question } from '../../../shared/recipe.ts';
import { EMPTY, escapePattern, LONGEST_READ, type ReadAnswer, textValue } from './reading.ts';

/** Shown in table rows; the whole answer is in the file's detail. */
const LONGEST_TEXT = 2_000;

export function readText({ title, maxTokens, answer }: Question, raw: string, finishReason: string | null): ReadAnswer {
  const text = raw
    .slice(0, LONGEST_READ)
    .trim()
    .replace(new RegExp(`^(\\*\\*)?${escapePattern(title)}(\\*\\*)?\\s*:(\\*\\*)?`, 'i'), '')
    .replaceAll(/(?:\s|<br ?\/?>)+/giu, ' ')
    .trim();
  if (text === '') return EMPTY;
  if (raw.length > LONGEST_READ || text.length > LONGEST_TEXT) {
    const length = raw.length.toLocaleString('en-US');
    // Do not end in half a surrogate pair.
    const beginning = text.slice(0, LONGEST_TEXT).replace(/[\uD800-\uDBFF]$/, '');
    return textValue(`${beginning}…`, `The beginning of an answer of ${length} characters.`);
  }
  const maxWords = answer.type === 'text' ? answer.maxWords : undefined;
  const isCut = finishReason !== null && kindOfFinish(finishReason) === 'length';
  if (isCut) {
    return textValue(text, `The model reached its limit of ${maxTokens} tokens; the end of the answer may be missing.`);
  }
  const words = maxWords === undefined ? 0 : countWords(text);
  return textValue(text, words > (maxWords ?? 0) ? `It has ${words} words, where ${maxWords} were asked for.` : null);
}

let segmenter: Intl.Segmenter | null = null;

/** Also where no spaces are between them. */
function countWords(text: string): number {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'word' });
  return [...segmenter.segment(text)].filter(({ isWordLike }) => isWordLike).length;
}
