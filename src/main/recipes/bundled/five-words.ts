import type { Recipe } from '../../../shared/recipe.ts';

/** The shortest look at a folder: what each file is about, in five words. */
export const fiveWordSummary: Recipe = {
  id: 'five-words',
  name: 'Five-word summary',
  asked: 'separately',
  order: 'question_first',
  questions: [
    {
      id: 'summary',
      title: 'Summary',
      ask: 'Summarize in 5 words: ',
      answer: { type: 'text' },
      proof: false,
      maxTokens: 20,
      builtin: { task: 'summary', title: 'Extract' },
    },
  ],
};
