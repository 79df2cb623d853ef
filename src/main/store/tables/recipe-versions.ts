import type { Database } from 'better-sqlite3';
import type { Recipe } from '../../../shared/recipe.ts';
import { recipeHash } from '../../recipes/recipe-hash.ts';
import { prepared } from '../prepared.ts';

/** Stores a recipe as it is now, unless it is there already. @returns the id of that version. */
export function putRecipeVersion(db: Database, recipe: Recipe): number {
  const body = JSON.stringify(recipe);
  const hash = Buffer.from(recipeHash(recipe), 'hex');
  prepared(db, 'INSERT INTO recipe_versions (hash, body) VALUES (?, ?) ON CONFLICT (hash) DO NOTHING').run(hash, body);
  const row = prepared<[Buffer], { id: number }>(db, 'SELECT id FROM recipe_versions WHERE hash = ?').get(hash);
  if (row === undefined) throw new Error('The recipe was not stored.');
  return row.id;
}

export function readRecipe(json: string): Recipe {
  return JSON.parse(json) as Recipe;
}
