/**
 * Models answer in sentences when asked for a word. This extracts what fits the table; the full answer is kept as raw.
 */
import { kindOfFinish } from '../../shared/finish-reasons.ts';

interface Normalised<T> {
  readonly value: T | null;
  /** How the value differs from the answer; null if it does not. */
  readonly note: string | null;
}

/** Only a few words are asked for; a runaway model or a malicious server must not block the main process. */
const LONGEST_READ = 100_000;
/** Shown in table rows; the whole answer is in the file's detail. */
const LONGEST_SUMMARY = 2_000;

const SENTIMENTS = ['positive', 'negative', 'neutral', 'mixed'] as const;
const TOPIC_COUNT = 3;
const TOPIC_CHARACTERS = 80;

const NO_SINGLE_SENTIMENT = 'The answer names no single sentiment.';
const NO_LIST = 'The answer is not a list of topics.';

/** "Not positive" names a sentiment only to deny it. */
const DENIAL = /\b(not|no|non|never|hardly|neither|nor|without)\b|n['’]t\b/i;

export function normaliseSentiment(raw: string): Normalised<string> {
  if (raw.length > LONGEST_READ) return { value: null, note: NO_SINGLE_SENTIMENT };
  const word = withoutEnd(bare(raw.replace(/^[\s*_]*sentiment\b[^:\n]{0,20}:/i, '')), /[.!]/);
  if (word === '') return { value: null, note: 'The answer was empty.' };
  if (/^[\p{L}\p{M}-]+$/u.test(word)) return { value: word.toLowerCase(), note: null };
  const [only, ...more] = SENTIMENTS.filter((sentiment) => new RegExp(`\\b${sentiment}\\b`, 'i').test(word));
  if (only !== undefined && more.length === 0 && !DENIAL.test(word)) {
    return { value: only, note: 'Taken from an answer longer than the one word asked for.' };
  }
  return { value: null, note: NO_SINGLE_SENTIMENT };
}

export function normaliseTopics(raw: string): Normalised<readonly string[]> {
  if (raw.length > LONGEST_READ) return { value: null, note: NO_LIST };
  const parts = listIn(raw);
  const topics = distinct(parts.map(topicIn).filter((topic) => topic !== ''));
  if (topics.length === 0) return { value: null, note: 'The answer was empty.' };
  if (topics.some((topic) => topic.length > TOPIC_CHARACTERS)) {
    return { value: null, note: NO_LIST };
  }
  const note = topics.length > TOPIC_COUNT ? `The first ${TOPIC_COUNT} of ${topics.length} topics.` : null;
  return { value: topics.slice(0, TOPIC_COUNT), note };
}

/** The parts of a list in lines, in one line, or in JSON or code, which may be cut off. */
function listIn(raw: string): readonly string[] {
  const listed = raw
    .replaceAll(/^\s*```\w*\s*$/gmu, '')
    .trim()
    .replace(/^\{\s*"\w{1,60}"\s*:\s*(?=\[)/, '')
    .replace(/^[^:\n]{0,60}\btopics?\b[^:\n]{0,40}:/i, '')
    .trim();
  const inBrackets = /^\[(?!\w+\]\s*\w)/.test(listed) ? withoutEnd(listed.slice(1), /[\s\]}]/) : null;
  if (inBrackets !== null) return inBrackets.split(/["']/.test(inBrackets) ? /["']\s*,\s*["']/u : /[,;\n]/u);
  return listed.includes('\n') ? listed.split('\n') : listed.split(/[,;、，]/u);
}

/** A list item without its bullet or number, Markdown and "and". */
function topicIn(part: string): string {
  const unmarked = part.replace(/^\s*(?:[-–*•]\s+|\(?\d+[.)](?!\d)\s*)/u, '');
  return bare(bare(unmarked).replace(/^and\s+/i, '')).replace(/\.$/, '');
}

/** Removes duplicates, ignoring case and keeping the first spelling. */
function distinct(topics: readonly string[]): readonly string[] {
  const first = new Map<string, string>();
  for (const topic of topics) {
    const key = topic.normalize().toLowerCase();
    if (!first.has(key)) first.set(key, topic);
  }
  return [...first.values()];
}

export function normaliseSummary(raw: string, finishReason: string | null): Normalised<string> {
  const text = raw
    .slice(0, LONGEST_READ)
    .trim()
    .replace(/^(\*\*)?summary(\*\*)?\s*:(\*\*)?/i, '')
    .replaceAll(/\s+/gu, ' ')
    .trim();
  if (text === '') return { value: null, note: 'The answer was empty.' };
  if (raw.length > LONGEST_READ || text.length > LONGEST_SUMMARY) {
    const length = raw.length.toLocaleString('en-US');
    // Do not end in half a surrogate pair.
    const beginning = text.slice(0, LONGEST_SUMMARY).replace(/[\uD800-\uDBFF]$/, '');
    return {
      value: `${beginning}…`,
      note: `The beginning of an answer of ${length} characters, which is longer than one sentence.`,
    };
  }
  const note =
    finishReason !== null && kindOfFinish(finishReason) === 'length'
      ? 'The model reached its limit of 50 tokens; the end of the sentence may be missing.'
      : null;
  return { value: text, note };
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
