import type { Recipe } from '../../../shared/recipe.ts';

/** What remains of a meeting. */
export const meetingDecisions: Recipe = {
  id: 'meeting',
  name: 'Meeting decisions and tasks',
  asked: 'together',
  order: 'document_first',
  questions: [
    {
      id: 'date',
      title: 'Date',
      ask: 'On which date did the meeting take place?',
      answer: { type: 'date' },
      proof: true,
      maxTokens: 80,
    },
    {
      id: 'present',
      title: 'Present',
      ask: 'Who took part? List the names.',
      answer: { type: 'list', maxItems: 30 },
      proof: false,
      maxTokens: 250,
    },
    {
      id: 'decisions',
      title: 'Decisions',
      ask: 'Which decisions were made? One entry for each, in a short sentence. Leave out what was only discussed.',
      answer: { type: 'list', maxItems: 20 },
      proof: true,
      maxTokens: 800,
    },
    {
      id: 'tasks',
      title: 'Tasks',
      ask: 'Who has to do what, and by when? One entry for each task: the name, what is to be done, and the date if there is one.',
      answer: { type: 'list', maxItems: 30 },
      proof: true,
      maxTokens: 800,
    },
    {
      id: 'open',
      title: 'Left open',
      ask: 'Which questions were left open? One entry for each.',
      answer: { type: 'list', maxItems: 20 },
      proof: false,
      maxTokens: 400,
    },
  ],
};
