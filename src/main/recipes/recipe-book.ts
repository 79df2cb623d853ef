/** The recipes that a person has: those that come with Docket, and their own. */

import { type Problem, problem } from '../../shared/problem.ts';
import type { Recipe } from '../../shared/recipe.ts';
import type { ListedRecipe, RecipeList } from '../../shared/recipe-data.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Emit } from '../common/emit.ts';
import type { Store } from '../store/store.ts';
import { bundledRecipes } from './bundled-recipes.ts';
import { recipeNamed } from './named-recipe.ts';
import { readRecipeFile } from './recipe-file.ts';
import { standardRecipe } from './standard.ts';

export interface RecipeBook {
  list(): Promise<RecipeList>;
  find(id: string): Promise<Result<Recipe, Problem>>;
  /** By its name, whatever its case. */
  named(name: string): Promise<Result<Recipe, Problem>>;
  /** Keeps a recipe of one's own, new or changed. */
  save(recipe: Recipe): Promise<Result<Recipe, Problem>>;
  /** Keeps a copy under another name, as one's own. */
  duplicate(recipe: Recipe): Promise<Recipe>;
  /** Hides it; `restore` brings it back. */
  remove(id: string): Promise<Result<null, Problem>>;
  restore(id: string): Promise<Result<Recipe, Problem>>;
  /** The one used last, or the standard one if there is none any more. */
  lastUsed(): Promise<Recipe>;
  /** What new batches ask from now on. */
  use(id: string): Promise<Result<Recipe, Problem>>;
  /** Keeps the recipe in a file, as one's own, under a name that is free. */
  importFile(path: string): Promise<Result<Recipe, Problem>>;
}

/** What it needs of the store. */
export interface RecipeTables {
  readonly read: Pick<Store['read'], 'listRecipes' | 'findRecipe' | 'readSetting'>;
  readonly write: Pick<Store['write'], 'putRecipe' | 'setRecipeRemoved' | 'writeSetting'>;
}

export interface RecipeBookParts {
  readonly store: RecipeTables;
  readonly emit: Emit;
  readonly newId: () => string;
  readonly now: () => number;
}

/** Name of the setting with the id of the recipe used last. */
const LAST_USED = 'recipe';

export function createRecipeBook({ store, emit, newId, now }: RecipeBookParts): RecipeBook {
  const all = async (): Promise<readonly ListedRecipe[]> => [
    ...bundledRecipes.map((recipe) => ({ recipe, bundled: true })),
    ...(await store.read.listRecipes()).map((recipe) => ({ recipe, bundled: false })),
  ];

  const names = async () => (await all()).map(({ recipe }) => recipe.name);

  const find = async (id: string): Promise<Recipe | null> => bundled(id) ?? (await store.read.findRecipe(id));

  const lastUsed = async (): Promise<Recipe> => {
    const id = await store.read.readSetting(LAST_USED);
    return (typeof id === 'string' ? await find(id) : null) ?? standardRecipe;
  };

  const put = async (recipe: Recipe): Promise<Recipe> => {
    await store.write.putRecipe(recipe, now());
    emit('recipe.changed', null);
    return recipe;
  };

  return {
    list: async () => ({ recipes: await all(), lastUsedId: (await lastUsed()).id }),
    find: async (id) => {
      const recipe = await find(id);
      return recipe === null ? err(noRecipe()) : ok(recipe);
    },
    named: async (name) => recipeNamed(name, await all()),
    save: async (recipe) => {
      if (bundled(recipe.id) !== null) return err(isBundled());
      const others = (await all()).filter((other) => other.recipe.id !== recipe.id);
      const isTaken = others.some((other) => other.recipe.name.toLowerCase() === recipe.name.toLowerCase());
      return isTaken
        ? err(problem('invalid_input', { what: 'recipe_name', name: recipe.name }))
        : ok(await put(recipe));
    },
    duplicate: async (recipe) => {
      // One's own have the document first, whose beginning all requests then share.
      return put({ ...withDocumentFirst(recipe), id: newId(), name: freeName(recipe.name, await names()) });
    },
    remove: async (id) => {
      if (bundled(id) !== null) return err(isBundled());
      if (!(await store.write.setRecipeRemoved(id, now()))) return err(noRecipe());
      emit('recipe.changed', null);
      return ok(null);
    },
    restore: async (id) => {
      await store.write.setRecipeRemoved(id, null);
      emit('recipe.changed', null);
      const recipe = await store.read.findRecipe(id);
      return recipe === null ? err(noRecipe()) : ok(recipe);
    },
    lastUsed,
    use: async (id) => {
      const recipe = await find(id);
      if (recipe === null) return err(noRecipe());
      await store.write.writeSetting(LAST_USED, id);
      emit('recipe.changed', null);
      return ok(recipe);
    },
    importFile: async (path) => {
      const read = await readRecipeFile(path, newId());
      return read.ok ? ok(await put({ ...read.value, name: freeName(read.value.name, await names()) })) : read;
    },
  };
}

function bundled(id: string): Recipe | null {
  return bundledRecipes.find((recipe) => recipe.id === id) ?? null;
}

/** "Summarize in one sentence: " leads over to a document that follows; behind it, it is a sentence. */
function withDocumentFirst(recipe: Recipe): Recipe {
  if (recipe.order === 'document_first') return recipe;
  const questions = recipe.questions.map((question) => ({ ...question, ask: question.ask.trim().replace(/:$/, '.') }));
  return { ...recipe, order: 'document_first', questions };
}

const MOST_NAME_CHARACTERS = 90;

/** The name, or with a number that nobody has yet. */
function freeName(name: string, taken: readonly string[]): string {
  const isTaken = (candidate: string) => taken.some((other) => other.toLowerCase() === candidate.toLowerCase());
  const base = name.replace(/ \(\d+\)$/, '').slice(0, MOST_NAME_CHARACTERS);
  if (!isTaken(name)) return name;
  for (let number = 2; ; number += 1) if (!isTaken(`${base} (${number})`)) return `${base} (${number})`;
}

function noRecipe(): Problem {
  return problem('invalid_input', { what: 'recipe_gone' });
}

function isBundled(): Problem {
  return problem('not_allowed', { what: 'recipe_bundled' });
}
