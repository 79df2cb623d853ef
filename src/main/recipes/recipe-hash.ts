import { createHash } from 'node:crypto';
import type { Recipe } from '../../shared/recipe.ts';

/** Identifies exactly this recipe, as hexadecimal SHA-256. */
export function recipeHash(recipe: Recipe): string {
  return createHash('sha256').update(JSON.stringify(recipe)).digest('hex');
}
