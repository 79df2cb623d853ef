import type { AnalysisTask } from '../../shared/data.ts';

interface TaskPrompt {
  /** What stands before the text. */
  readonly prefix: string;
  /** Upper bound of the reply, in tokens. */
  readonly maxTokens: number;
}

/** Whatever the chat is set to: the same file is to get the same answer. */
export const ANALYSIS_TEMPERATURE = 0;

/** A word, a short list and a sentence, each with as many tokens as it needs at most. */
export const taskPrompts: Readonly<Record<AnalysisTask, TaskPrompt>> = {
  sentiment: { prefix: 'Sentiment (one word): ', maxTokens: 5 },
  topics: { prefix: 'List 3 topics (comma-separated): ', maxTokens: 30 },
  summary: { prefix: 'Summarize in one sentence: ', maxTokens: 50 },
};
