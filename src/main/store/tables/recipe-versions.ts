import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { Recipe } from '../../../shared/recipe.ts';
import { prepared } from '../prepared.ts';

/** Identifies exactly this recipe, as hexadecimal SHA-256. */
export function recipeHash(recipe: Recipe): string {
  return hashOf(JSON.stringify(recipe)).toString('hex');
}

/** Stores a recipe as it is now, unless it is there already. @returns the id of that version. */
export function putRecipeVersion(db: Database, recipe: Recipe): number {
  const body = JSON.stringify(recipe);
  const hash = hashOf(body);
  prepared(db, 'INSERT INTO recipe_versions (hash, body) VALUES (?, ?) ON CONFLICT (hash) DO NOTHING').run(hash, body);
  const row = prepared<[Buffer], { id: number }>(db, 'SELECT id FROM recipe_versions WHERE hash = ?').get(hash);
  if (row === undefined) throw new Error('The recipe was not stored.');
  return row.id;
}

export function readRecipe(json: string): Recipe {
  return JSON.parse(json) as Recipe;
}

function hashOf(body: string): Buffer {
  return createHash('sha256').update(body).digest();
}
