import type { Recipe } from '../../shared/recipe.ts';
import type { AskingCost, RecipePreview } from '../../shared/recipe-data.ts';
import { estimateTokens } from '../common/token-estimate.ts';
import { type Group, groupsOf, promptOf, tokensFor } from './ask-group.ts';
import { type PagePiece, PICTURE_TOKENS } from './page-pieces.ts';
import type { Piece } from './pieces.ts';

/** A page shows no more of a message; the rest of it is the document's text. */
const SHOWN_CHARACTERS = 200_000;

export interface PreviewInput {
  readonly recipe: Recipe;
  /** Whose request is shown; null for that of the first. */
  readonly questionId: string | null;
  readonly name: string;
  /** The parts that the document is sent in by a recipe, in order. */
  readonly partsFor: (recipe: Recipe) => Promise<readonly (Piece | PagePiece)[]>;
  /** False for the built-in engine. */
  readonly llm: boolean;
}

/** What would be sent for a file, built as it is for sending. */
export async function previewRecipe(input: PreviewInput): Promise<RecipePreview> {
  const { recipe, questionId, name, partsFor, llm } = input;
  const groups = groupsOf(recipe, recipe.questions, llm);
  const shown = groups.find(({ questions }) => questions.some(({ id }) => id === questionId)) ?? groups[0];
  const parts = await partsFor(recipe);
  const message = shown === undefined ? '' : promptOf(recipe, shown, { name, text: parts[0]?.text ?? '' }, llm).content;
  const [first] = parts;
  const pages = first !== undefined && 'pages' in first ? first.pages : [];
  const costOf = async (asked: Recipe['asked']): Promise<AskingCost> => {
    const asking = { ...recipe, asked };
    const pieces = await partsFor(asking);
    const around = groupsOf(asking, recipe.questions, llm).map((group) =>
      tokensAround(group, { ...input, recipe: asking }),
    );
    const ofText = pieces.reduce((sum, { tokens }) => sum + tokens, 0);
    const tokens = ofText * around.length + around.reduce((sum, n) => sum + n, 0) * pieces.length;
    return { requests: around.length * pieces.length, tokens };
  };
  return {
    name,
    parts: parts.length,
    message: message.slice(0, SHOWN_CHARACTERS),
    characters: message.length,
    pages,
    tokens: estimateTokens(message) + pages.length * PICTURE_TOKENS,
    separately: await costOf('separately'),
    together: await costOf('together'),
  };
}

/** What a request takes besides the text. */
function tokensAround(group: Group, { recipe, name, llm }: PreviewInput): number {
  return estimateTokens(promptOf(recipe, group, { name, text: '' }, llm).content) + tokensFor(group);
}
