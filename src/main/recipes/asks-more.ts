import type { Recipe } from '../../shared/recipe.ts';
import { whatIsAsked } from './answer-identity.ts';

/** Whether files that were asked `before` lack an answer for `after`. Other titles, another order or fewer questions ask nothing. */
export function asksMore(before: Recipe, after: Recipe): boolean {
  if (before.asked !== after.asked || before.order !== after.order) return true;
  const asked = new Map(before.questions.map((question) => [question.id, whatIsAsked(question)]));
  return after.questions.some((question) => asked.get(question.id) !== whatIsAsked(question));
}
