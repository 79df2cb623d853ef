import type { Question, Recipe } from '../../shared/recipe.ts';

/** Independent of the chat setting, so that the same file gets the same answer. */
export const RECIPE_TEMPERATURE = 0;

/** The message that asks a question about a document. */
export function questionPrompt({ order }: Recipe, { ask }: Question, document: string): string {
  return order === 'question_first' ? `${ask}${document}` : `${document}\n\n${ask}`;
}
