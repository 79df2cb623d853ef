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

/** What a way of asking would send for one file, answers included; tokens are estimated. */
export interface AskingCost {
  readonly requests: number;
  readonly tokens: number;
}

/** What would be sent for one file, without sending it. */
export interface RecipePreview {
  /** Name of the file. */
  readonly name: string;
  /** How many parts its text is sent in: more than one if it is too long for one request. */
  readonly parts: number;
  /** The message of the request that asks the chosen question about the first part; cut at its limit for showing. */
  readonly message: string;
  readonly characters: number;
  /** Pages that are sent as pictures with that message, counted from 1; none where the text is sent. */
  readonly pages: readonly number[];
  /** Of that message and its pictures, estimated. */
  readonly tokens: number;
  readonly separately: AskingCost;
  readonly together: AskingCost;
}
