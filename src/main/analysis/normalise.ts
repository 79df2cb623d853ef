/** Models answer in sentences where a word was asked. What fits the table is taken out; the rest is kept as raw. */

interface Normalised<T> {
  readonly value: T | null;
  /** How the value differs from what was answered; null when it does not. */
  readonly note: string | null;
}

const SENTIMENTS = ['positive', 'negative', 'neutral', 'mixed'] as const;
const TOPIC_COUNT = 3;
const TOPIC_CHARACTERS = 80;

export function normaliseSentiment(raw: string): Normalised<string> {
  const word = trimmed(raw)
    .replace(/^sentiment\s*:\s*/i, '')
    .replace(/[.!"'*]+$/g, '')
    .replace(/^["'*]+/g, '');
  if (word === '') return { value: null, note: 'The answer was empty.' };
  if (/^[\p{L}-]+$/u.test(word)) return { value: word.toLowerCase(), note: null };
  const named = SENTIMENTS.filter((sentiment) => new RegExp(`\\b${sentiment}\\b`, 'i').test(word));
  const [only] = named;
  if (only !== undefined && named.length === 1) {
    return { value: only, note: 'Taken from a longer answer than the one word that was asked for.' };
  }
  return { value: null, note: 'The answer names no single sentiment.' };
}

export function normaliseTopics(raw: string): Normalised<readonly string[]> {
  const listed = trimmed(raw).replace(/^(the )?(\w+ )?topics?( are| is)?\s*:\s*/i, '');
  const parts = /\n/.test(listed) ? listed.split('\n') : listed.split(/[,;、，]/u);
  const topics = parts
    .map((part) =>
      part
        .replace(/^\s*(?:[-*•]|\d+[.)])\s*/u, '')
        .replace(/[.*"]+$/u, '')
        .replace(/^[*"]+/u, '')
        .trim(),
    )
    .filter((topic, index, all) => topic !== '' && all.findIndex((other) => same(other, topic)) === index);
  if (topics.length === 0) return { value: null, note: 'The answer was empty.' };
  if (topics.some((topic) => topic.length > TOPIC_CHARACTERS)) {
    return { value: null, note: 'The answer is not a list of topics.' };
  }
  const note = topics.length > TOPIC_COUNT ? `The first ${TOPIC_COUNT} of ${topics.length} topics.` : null;
  return { value: topics.slice(0, TOPIC_COUNT), note };
}

export function normaliseSummary(raw: string, finishReason: string | null): Normalised<string> {
  const text = trimmed(raw)
    .replace(/^summary\s*:\s*/i, '')
    .replaceAll(/\s+/gu, ' ');
  if (text === '') return { value: null, note: 'The answer was empty.' };
  const note =
    finishReason === 'length' ? 'The model reached its limit of 50 tokens; the sentence may lack its end.' : null;
  return { value: text, note };
}

function trimmed(text: string): string {
  return text
    .trim()
    .replace(/^\*\*|\*\*$/g, '')
    .trim();
}

function same(a: string, b: string): boolean {
  return a.localeCompare(b, undefined, { sensitivity: 'accent' }) === 0;
}
