import type { Recipe } from '../../shared/recipe.ts';
import type { AskingCost, RecipePreview } from '../../shared/recipe-data.ts';
import { estimateTokens } from '../common/token-estimate.ts';
import { groupsOf, promptOf, tokensFor } from './ask-group.ts';

/** A page shows no more of a message; the rest of it is the document's text. */
const SHOWN_CHARACTERS = 200_000;

export interface PreviewInput {
  readonly recipe: Recipe;
  /** Whose request is shown; null for that of the first. */
  readonly questionId: string | null;
  readonly name: string;
  /** The parts that the text is sent in by a recipe, in order. */
  readonly partsFor: (recipe: Recipe) => readonly string[];
  /** False for the built-in engine. */
  readonly llm: boolean;
}

/** What would be sent for a file, built as it is for sending. */
export function previewRecipe({ recipe, questionId, name, partsFor, llm }: PreviewInput): RecipePreview {
  const groups = groupsOf(recipe, recipe.questions, llm);
  const shown = groups.find(({ questions }) => questions.some(({ id }) => id === questionId)) ?? groups[0];
  const parts = partsFor(recipe);
  const message = shown === undefined ? '' : promptOf(recipe, shown, { name, text: parts[0] ?? '' }, llm).content;
  const costOf = (asked: Recipe['asked']): AskingCost => {
    const asking = { ...recipe, asked };
    const texts = partsFor(asking);
    const tokens = groupsOf(asking, recipe.questions, llm).flatMap((group) =>
      texts.map((text) => estimateTokens(promptOf(asking, group, { name, text }, llm).content) + tokensFor(group)),
    );
    return { requests: tokens.length, tokens: tokens.reduce((sum, n) => sum + n, 0) };
  };
  return {
    name,
    parts: parts.length,
    message: message.slice(0, SHOWN_CHARACTERS),
    characters: message.length,
    tokens: estimateTokens(message),
    separately: costOf('separately'),
    together: costOf('together'),
  };
}
