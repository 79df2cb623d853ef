/** The default answers: made from the prompt alone, so that the same request always has the same answer. */

export type PromptTask = 'sentiment' | 'topics' | 'summary' | 'chat';

const prefixes: readonly (readonly [prefix: string, task: PromptTask])[] = [
  ['Sentiment (one word): ', 'sentiment'],
  ['List 3 topics (comma-separated): ', 'topics'],
  ['Summarize in one sentence: ', 'summary'],
];

const positiveWords = new Set('good great excellent growth success improved win happy strong best'.split(' '));
const negativeWords = new Set('bad poor loss failure failed decline risk problem late worst'.split(' '));

interface PromptedAnswer {
  readonly content: string;
  readonly finishReason: 'stop' | 'length';
}

/** Splits a prompt into the task that its first words name and the text that the task is about. */
export function readPrompt(prompt: string): { readonly task: PromptTask; readonly subject: string } {
  for (const [prefix, task] of prefixes) {
    if (prompt.startsWith(prefix)) return { task, subject: prompt.slice(prefix.length) };
  }
  return { task: 'chat', subject: prompt };
}

/** Answers a prompt, cut at `maxTokens` as a provider would. */
export function answerPrompt(prompt: string, maxTokens = Number.POSITIVE_INFINITY): PromptedAnswer {
  const { task, subject } = readPrompt(prompt);
  const content = answers[task](subject);
  if (countTokens(content) <= maxTokens) return { content, finishReason: 'stop' };
  return { content: content.slice(0, maxTokens * charactersPerToken), finishReason: 'length' };
}

const charactersPerToken = 4;

/** A plausible token count: four characters each, at least one for any text. */
export function countTokens(content: string): number {
  return Math.ceil(content.length / charactersPerToken);
}

const answers: Readonly<Record<PromptTask, (subject: string) => string>> = {
  sentiment: judgeTone,
  topics: listTopics,
  summary: takeFirstSentence,
  chat: (subject) => `You wrote: ${subject.slice(0, 400)}`,
};

function judgeTone(subject: string): string {
  let score = 0;
  for (const word of wordsOf(subject)) {
    if (positiveWords.has(word)) score += 1;
    if (negativeWords.has(word)) score -= 1;
  }
  if (score === 0) return 'Neutral';
  return score > 0 ? 'Positive' : 'Negative';
}

function listTopics(subject: string): string {
  const counts = new Map<string, number>();
  for (const word of wordsOf(subject)) {
    if (word.length > 4) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const frequent = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([word]) => word.slice(0, 30));
  return [...frequent, 'general', 'text', 'notes'].slice(0, 3).join(', ');
}

function takeFirstSentence(subject: string): string {
  const opening = subject.trim().slice(0, 180);
  const sentence = /^.*?[.!?](?=\s|$)/s.exec(opening)?.[0] ?? opening;
  return sentence.replace(/\s+/g, ' ') || 'The text is empty.';
}

function wordsOf(subject: string): readonly string[] {
  return (
    subject
      .slice(0, 20_000)
      .toLowerCase()
      .match(/\p{L}+/gu) ?? []
  );
}
