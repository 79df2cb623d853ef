import { z } from 'zod';
import type { PictureFile } from '../page-picture.ts';
import type { Recipe } from '../recipe.ts';
import type { RecipeList, RecipePreview } from '../recipe-data.ts';
import { recipeSchema } from '../recipe-schema.ts';
import { id, itemId, nothing, recipeId } from './inputs.ts';
import { route } from './route.ts';

const oneRecipe = z.object({ recipeId });
const wholeRecipe = z.object({ recipe: recipeSchema });

export const recipeRoutes = {
  'recipe.list': route(nothing).returns<RecipeList>(),
  /** Keeps a recipe of one's own, new or changed. Batches keep what they were made with. */
  'recipe.save': route(wholeRecipe).returns<Recipe>(),
  /** Keeps a copy under a name that is free. */
  'recipe.duplicate': route(wholeRecipe).returns<Recipe>(),
  /** Hides a recipe; `recipe.restore` brings it back. */
  'recipe.remove': route(oneRecipe).returns<null>(),
  'recipe.restore': route(oneRecipe).returns<Recipe>(),
  /** What new batches ask from now on. */
  'recipe.use': route(oneRecipe).returns<Recipe>(),
  /** What would be sent for a file of a batch (null: for its first), and to the question; nothing is. */
  'recipe.preview': route(
    z.object({
      batchId: id,
      itemId: itemId.nullable(),
      recipe: recipeSchema,
      questionId: z.string().max(64).nullable(),
    }),
  ).returns<RecipePreview>(),
  /** A page of the file that was previewed last, as it would be sent: a strip in several pieces. */
  'recipe.previewPage': route(
    z.object({ batchId: id, itemId: itemId.nullable(), page: z.number().int().min(1) }),
  ).returns<readonly PictureFile[]>(),
  /** Asks for a file and keeps the recipe in it; null if the user cancels. */
  'recipe.import': route(nothing).returns<Recipe | null>(),
  /** Asks where to save. Returns the file's path, or null if the user cancels. */
  'recipe.export': route(wholeRecipe).returns<string | null>(),
} as const;
