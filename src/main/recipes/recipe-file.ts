/** Recipes as files, to hand on or to keep under version control: see docs/recipe-format.md. */
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ZodError } from 'zod';
import { type Problem, problem } from '../../shared/problem.ts';
import { type Recipe, withSending } from '../../shared/recipe.ts';
import { type RecipeFile, recipeFileSchema, recipeSchema } from '../../shared/recipe-schema.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { problemOfFileError, tooLargeFile } from '../documents/file-problems.ts';

const MOST_BYTES = 1_000_000;

/** The text of a recipe file. */
export function writeRecipe({ name, asked, order, send, questions }: Recipe): string {
  return `${JSON.stringify({ format: 'docket-recipe', version: 1, name, asked, order, send, questions }, null, 2)}\n`;
}

/** @param id the recipe gets, which no file has. */
export async function readRecipeFile(path: string, id: string): Promise<Result<Recipe, Problem>> {
  try {
    const { size } = await stat(path);
    if (size > MOST_BYTES) return err(tooLargeFile(size, MOST_BYTES));
    const file = await open(path);
    try {
      return readRecipe(await file.readFile('utf8'), basename(path), id);
    } finally {
      await file.close();
    }
  } catch (error) {
    const why = problemOfFileError(error);
    if (why === null) throw error;
    return err(why);
  }
}

/** @param name of the file, to say which one is wrong. */
export function readRecipe(text: string, name: string, id: string): Result<Recipe, Problem> {
  const json = parseJson(text.replace(/^\uFEFF/u, ''));
  if (json === undefined) return err(notRead(name, 'It is not JSON.'));
  const file = recipeFileSchema.safeParse(json);
  if (!file.success) return err(notRead(name, whatIsWrong(file.error)));
  const recipe = recipeSchema.safeParse(withIds(file.data, id));
  return recipe.success ? ok(recipe.data) : err(notRead(name, whatIsWrong(recipe.error)));
}

/** A question without an id is named by its column, so that the same file is the same recipe each time. */
function withIds({ name, asked, order, send, questions }: RecipeFile, id: string): Recipe {
  const recipe = {
    id,
    name,
    asked,
    order,
    questions: questions.map((question) => ({ ...question, id: question.id ?? question.title.toLowerCase() })),
  };
  return withSending(recipe, send);
}

/** The first thing that is wrong, and in which question. */
function whatIsWrong({ issues: [issue] }: ZodError): string {
  if (issue === undefined) return 'It does not have the form of a recipe.';
  const [field, place] = issue.path;
  return field === 'questions' && typeof place === 'number' ? `Question ${place + 1}: ${issue.message}` : issue.message;
}

function notRead(name: string, said: string): Problem {
  return problem('invalid_input', { what: 'recipe_file', name, said });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
