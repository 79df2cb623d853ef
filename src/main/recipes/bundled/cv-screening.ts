import type { Recipe } from '../../../shared/recipe.ts';

/** What a CV states, as facts. It rates nobody: that is for a person to do. */
export const cvScreening: Recipe = {
  id: 'cv-screening',
  name: 'CV screening',
  asked: 'together',
  order: 'document_first',
  questions: [
    {
      id: 'name',
      title: 'Name',
      ask: 'What is the name of the applicant?',
      answer: { type: 'text', maxWords: 8 },
      proof: true,
      maxTokens: 80,
    },
    {
      id: 'role',
      title: 'Latest role',
      ask: 'What is the latest position, and at which employer?',
      answer: { type: 'text', maxWords: 15 },
      proof: true,
      maxTokens: 100,
    },
    {
      id: 'degree',
      title: 'Highest degree',
      ask: 'What is the highest degree or vocational qualification, and in which subject?',
      answer: { type: 'text', maxWords: 15 },
      proof: true,
      maxTokens: 100,
    },
    {
      id: 'skills',
      title: 'Skills',
      ask: 'Which professional skills does the CV name? List them as they are written.',
      answer: { type: 'list', maxItems: 15 },
      proof: false,
      maxTokens: 250,
    },
    {
      id: 'languages',
      title: 'Languages',
      ask: 'Which languages does the applicant speak? Give the level with each if it is stated.',
      answer: { type: 'list', maxItems: 10 },
      proof: true,
      maxTokens: 150,
    },
    {
      id: 'available',
      title: 'Available from',
      ask: 'From when is the applicant available?',
      answer: { type: 'text', maxWords: 8 },
      proof: true,
      maxTokens: 80,
    },
  ],
};
