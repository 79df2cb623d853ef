import type { Recipe } from './recipe.ts';

/** A recipe as a person can choose it. */
export interface ListedRecipe {
  readonly recipe: Recipe;
  /** It came with Docket: it cannot be changed or deleted, but duplicated. */
  readonly bundled: boolean;
}

export interface RecipeList {
  /** The bundled ones first, then one's own by name. */
  readonly recipes: readonly ListedRecipe[];
  /** What a new batch asks unless told otherwise. */
  readonly lastUsedId: string;
}
