import type { Database } from 'better-sqlite3';
import type { Recipe } from '../../../shared/recipe.ts';
import { prepared } from '../prepared.ts';
import { readRecipe } from './recipe-versions.ts';

/** By name, without the removed ones. */
export function listRecipes(db: Database): readonly Recipe[] {
  return prepared<[], { body: string }>(
    db,
    'SELECT body FROM recipes WHERE removed_at IS NULL ORDER BY name COLLATE NOCASE, created_at',
  )
    .all()
    .map(({ body }) => readRecipe(body));
}

/** Null when there is none, or it was removed. */
export function findRecipe(db: Database, id: string): Recipe | null {
  const row = prepared<[string], { body: string }>(
    db,
    'SELECT body FROM recipes WHERE id = ? AND removed_at IS NULL',
  ).get(id);
  return row === undefined ? null : readRecipe(row.body);
}

/** Stores a recipe under its id, in place of what was there. */
export function putRecipe(db: Database, recipe: Recipe, at: number): void {
  prepared(
    db,
    `INSERT INTO recipes (id, name, body, created_at, updated_at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, body = excluded.body, updated_at = excluded.updated_at,
         removed_at = NULL`,
  ).run(recipe.id, recipe.name, JSON.stringify(recipe), at, at);
}

/** Hides a recipe, or (null) brings it back. Batches keep the version they used. @returns whether there is such a one. */
export function setRecipeRemoved(db: Database, id: string, at: number | null): boolean {
  return prepared(db, 'UPDATE recipes SET removed_at = ? WHERE id = ?').run(at, id).changes > 0;
}
