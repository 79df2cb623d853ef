import type { Problem } from '../../shared/problem.ts';
import type { Recipe } from '../../shared/recipe.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { notWritten, writeExportFile } from '../common/export-file.ts';
import { writeRecipe } from './recipe-file.ts';

/** Writes a recipe to a file, which appears whole or not at all. @returns the file. */
export async function exportRecipe(recipe: Recipe, file: string): Promise<Result<string, Problem>> {
  try {
    await writeExportFile(file, pieces(recipe));
    return ok(file);
  } catch (error) {
    return err(notWritten(file, error));
  }
}

async function* pieces(recipe: Recipe): AsyncGenerator<string> {
  yield writeRecipe(recipe);
}
