import { createHash } from 'node:crypto';
import type { Question, Recipe } from '../../shared/recipe.ts';

/** Everything about a question that its answer depends on, besides the question itself. */
export interface AskedOf {
  readonly recipe: Pick<Recipe, 'asked' | 'order'>;
  readonly host: string;
  readonly model: string;
  readonly temperature: number;
  /** SHA-256 of the file. */
  readonly sha256: string;
}

/**
 * Identifies an answer by what it depends on: a question that was renamed or moved keeps its answers, and one that was
 * reworded does not. @returns SHA-256 in hexadecimal
 */
export function answerIdentity(question: Question, { recipe, host, model, temperature, sha256 }: AskedOf): string {
  const { ask, answer, proof, maxTokens, builtin } = question;
  const what = { ask, answer, proof, maxTokens, builtin: builtin?.task ?? null };
  const how = { asked: recipe.asked, order: recipe.order, host, model, temperature };
  return createHash('sha256')
    .update(JSON.stringify([what, how, sha256]))
    .digest('hex');
}
