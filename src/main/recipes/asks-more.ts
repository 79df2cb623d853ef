import type { Question, Recipe } from '../../shared/recipe.ts';
import { whatIsAsked } from './answer-identity.ts';

/** Whether files that were asked `before` lack an answer for `after`. Other titles, another order or fewer questions ask nothing. */
export function asksMore(before: Recipe, after: Recipe): boolean {
  if (!areAskedAlike(before, after)) return true;
  const asked = new Map(before.questions.map((question) => [question.id, whatIsAsked(question)]));
  return after.questions.some((question) => asked.get(question.id) !== whatIsAsked(question));
}

/** The questions of `after` that `before` asks as well, under whatever title and id: their answers are the same. */
export function askedBefore(before: Recipe, after: Recipe): readonly Question[] {
  if (!areAskedAlike(before, after)) return [];
  const asked = new Set(before.questions.map(whatIsAsked));
  return after.questions.filter((question) => asked.has(whatIsAsked(question)));
}

function areAskedAlike(before: Recipe, after: Recipe): boolean {
  return before.asked === after.asked && before.order === after.order && before.send === after.send;
}
