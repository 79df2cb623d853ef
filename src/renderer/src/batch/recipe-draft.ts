import { freeTitle, questionTitle } from '../../../shared/question-title.ts';
import type { AnswerKind, Question, Recipe } from '../../../shared/recipe.ts';

export type KindName = AnswerKind['type'];

const USUAL_ANSWER_TOKENS = 300;

/** A recipe of one's own, with one question to be written. */
export function newRecipe(id: string, question: Question): Recipe {
  return { id, name: 'My questions', asked: 'separately', order: 'document_first', questions: [question] };
}

export function newQuestion(id: string): Question {
  return { id, title: '', ask: '', answer: { type: 'text' }, proof: true, maxTokens: USUAL_ANSWER_TOKENS };
}

export function withQuestion(recipe: Recipe, id: string, change: Partial<Question>): Recipe {
  return {
    ...recipe,
    questions: recipe.questions.map((question) =>
      question.id === id ? { ...forModels(question, change), ...change } : question,
    ),
  };
}

/** What the built-in engine computes is for the question as it was: another one is a question like any other. */
function forModels(question: Question, { ask, answer }: Partial<Question>): Question {
  const { builtin: _, ...asked } = question;
  const changed =
    (ask !== undefined && ask !== question.ask) || (answer !== undefined && answer.type !== question.answer.type);
  return changed ? asked : question;
}

export function withoutQuestion(recipe: Recipe, id: string): Recipe {
  return { ...recipe, questions: recipe.questions.filter((question) => question.id !== id) };
}

/** Puts a question where another one is, or (past the last) at the end. */
export function withMoved(recipe: Recipe, id: string, to: number): Recipe {
  const from = recipe.questions.findIndex((question) => question.id === id);
  const question = recipe.questions[from];
  if (question === undefined) return recipe;
  const questions = recipe.questions.filter((other) => other !== question);
  questions.splice(Math.min(Math.max(0, to), questions.length), 0, question);
  return { ...recipe, questions };
}

/** An answer of another kind, with what the two kinds have in common. */
export function toKind(answer: AnswerKind, type: KindName): AnswerKind {
  const choices = 'choices' in answer ? answer.choices : [];
  switch (type) {
    case 'choice':
    case 'choices':
      return { type, choices };
    case 'text':
    case 'list':
    case 'number':
    case 'date':
    case 'yes_no':
      return { type };
  }
}

/** The recipe as it is saved: columns without a title are named by what they ask, and what was left empty is left out. */
export function finished(recipe: Recipe): Recipe {
  const written = recipe.questions.filter(({ title, ask }) => title.trim() !== '' || ask.trim() !== '');
  const titles = new Set<string>();
  const questions = (written.length === 0 ? recipe.questions : written).map((question) => {
    const title = question.title.trim() === '' ? freeTitle(questionTitle(question), titles) : question.title;
    titles.add(title.trim().toLowerCase());
    return { ...question, title, answer: withoutEmptyChoices(question.answer) };
  });
  return { ...recipe, questions };
}

function withoutEmptyChoices(answer: AnswerKind): AnswerKind {
  return 'choices' in answer
    ? { ...answer, choices: answer.choices.map((choice) => choice.trim()).filter((choice) => choice !== '') }
    : answer;
}
