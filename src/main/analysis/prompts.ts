import type { AnalysisTask } from '../../shared/call-data.ts';

interface TaskPrompt {
  /** Placed before the text. */
  readonly prefix: string;
  /** Maximum length of the reply, in tokens. */
  readonly maxTokens: number;
}

/** Independent of the chat setting, so that the same file gets the same answer. */
export const ANALYSIS_TEMPERATURE = 0;

/** A word, a short list and a sentence, each with the most tokens it needs. */
export const taskPrompts: Readonly<Record<AnalysisTask, TaskPrompt>> = {
  sentiment: { prefix: 'Sentiment (one word): ', maxTokens: 5 },
  topics: { prefix: 'List 3 topics (comma-separated): ', maxTokens: 30 },
  summary: { prefix: 'Summarize in one sentence: ', maxTokens: 50 },
};
