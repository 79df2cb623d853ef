import type { AnswerKind, Question } from '../../src/shared/recipe.ts';

export function makeQuestion(id: string, answer: AnswerKind, change: Partial<Question> = {}): Question {
  return { id, title: id, ask: `What is ${id}?`, answer, proof: false, maxTokens: 100, ...change };
}
