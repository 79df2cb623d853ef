import type { Recipe } from '../../shared/recipe.ts';

/**
 * What Docket asks unless told otherwise: a word, a short list and a sentence, each with the most tokens it needs. The
 * built-in text engine has a method of its own for each.
 */
export const standardRecipe: Recipe = {
  id: 'standard',
  name: 'Sentiment, topics, summary',
  asked: 'separately',
  order: 'question_first',
  questions: [
    {
      id: 'summary',
      title: 'Summary',
      ask: 'Summarize in one sentence: ',
      answer: { type: 'text' },
      proof: false,
      maxTokens: 50,
      builtin: { task: 'summary', title: 'Extract' },
    },
    {
      id: 'sentiment',
      title: 'Sentiment',
      ask: 'Sentiment (one word): ',
      answer: { type: 'choice', choices: ['positive', 'negative', 'neutral', 'mixed'], open: true },
      proof: false,
      maxTokens: 5,
      builtin: { task: 'sentiment', title: 'Word-list tone' },
    },
    {
      id: 'topics',
      title: 'Topics',
      ask: 'List 3 topics (comma-separated): ',
      answer: { type: 'list', maxItems: 3 },
      proof: false,
      maxTokens: 30,
      builtin: { task: 'topics', title: 'Key terms' },
    },
  ],
};
