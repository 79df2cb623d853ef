/** Models answer in sentences where a word was asked. What fits the table is taken out; the rest is kept as raw. */

interface Normalised<T> {
  readonly value: T | null;
  /** How the value differs from what was answered; null when it does not. */
  readonly note: string | null;
}

const SENTIMENTS = ['positive', 'negative', 'neutral', 'mixed'] as const;
const TOPIC_COUNT = 3;
const TOPIC_CHARACTERS = 80;

/** "Not positive" names a sentiment that it denies. */
const DENIAL = /\b(not|no|non|never|hardly|neither|nor|without)\b|n['’]t\b/i;

export function normaliseSentiment(raw: string): Normalised<string> {
  const word = bare(raw.replace(/^[\s*_]*sentiment\b[^:\n]{0,20}:/i, '')).replace(/[.!]+$/, '');
  if (word === '') return { value: null, note: 'The answer was empty.' };
  if (/^[\p{L}\p{M}-]+$/u.test(word)) return { value: word.toLowerCase(), note: null };
  const [only, ...more] = SENTIMENTS.filter((sentiment) => new RegExp(`\\b${sentiment}\\b`, 'i').test(word));
  if (only !== undefined && more.length === 0 && !DENIAL.test(word)) {
    return { value: only, note: 'Taken from a longer answer than the one word that was asked for.' };
  }
  return { value: null, note: 'The answer names no single sentiment.' };
}

export function normaliseTopics(raw: string): Normalised<readonly string[]> {
  const listed = raw
    .trim()
    .replace(/^[^:\n]{0,60}\btopics?\b[^:\n]{0,40}:/i, '')
    .trim();
  const parts = listed.includes('\n') ? listed.split('\n') : listed.split(/[,;、，]/u);
  const topics = parts
    .map(topicIn)
    .filter((topic, index, all) => topic !== '' && all.findIndex((other) => same(other, topic)) === index);
  if (topics.length === 0) return { value: null, note: 'The answer was empty.' };
  if (topics.some((topic) => topic.length > TOPIC_CHARACTERS)) {
    return { value: null, note: 'The answer is not a list of topics.' };
  }
  const note = topics.length > TOPIC_COUNT ? `The first ${TOPIC_COUNT} of ${topics.length} topics.` : null;
  return { value: topics.slice(0, TOPIC_COUNT), note };
}

/** A part of a list without its bullet or number, marks and "and". */
function topicIn(part: string): string {
  const unmarked = part.replace(/^\s*(?:[-–*•]\s+|\(?\d+[.)](?!\d)\s*)/u, '');
  return bare(bare(unmarked).replace(/^and\s+/i, '')).replace(/\.$/, '');
}

export function normaliseSummary(raw: string, finishReason: string | null): Normalised<string> {
  const text = raw
    .trim()
    .replace(/^(\*\*)?summary(\*\*)?\s*:(\*\*)?/i, '')
    .replaceAll(/\s+/gu, ' ')
    .trim();
  if (text === '') return { value: null, note: 'The answer was empty.' };
  const note =
    finishReason === 'length' ? 'The model reached its limit of 50 tokens; the sentence may lack its end.' : null;
  return { value: text, note };
}

/** Without the quotation marks and Markdown around it. */
function bare(text: string): string {
  return text.replaceAll(/^[\s"'“”„‘’«»*_`]+|[\s"'“”„‘’«»*_`]+$/gu, '');
}

/** One for all: `localeCompare` with options makes one at each call, which stalls the main process in a batch. */
const ignoringCase = new Intl.Collator(undefined, { sensitivity: 'accent' });

function same(a: string, b: string): boolean {
  return ignoringCase.compare(a, b) === 0;
}
