import { nearestNames } from '../../shared/nearest-names.ts';
import { type Problem, problem } from '../../shared/problem.ts';
import { freeTitle, questionTitle } from '../../shared/question-title.ts';
import type { Question, Recipe } from '../../shared/recipe.ts';
import type { ListedRecipe } from '../../shared/recipe-data.ts';
import { recipeSchema } from '../../shared/recipe-schema.ts';
import { err, ok, type Result } from '../../shared/result.ts';

/** The recipe of a name, whatever its case; one's own before one that comes with Docket. */
export function recipeNamed(name: string, recipes: readonly ListedRecipe[]): Result<Recipe, Problem> {
  const wanted = name.trim().toLowerCase();
  const same = recipes.filter(({ recipe }) => recipe.name.toLowerCase() === wanted || recipe.id === name.trim());
  const found = same.find(({ bundled }) => !bundled) ?? same[0];
  if (found !== undefined) return ok(found.recipe);
  const [nearest = null] = nearestNames(
    name,
    recipes.map(({ recipe }) => recipe.name),
  );
  return err(problem('invalid_input', { what: 'recipe_unknown', name, nearest }));
}

const ANSWER_TOKENS = 300;

/** A recipe of questions as they are typed, each answered in text. */
export function recipeOfQuestions(
  asks: readonly string[],
  name = 'Questions of the command line',
): Result<Recipe, Problem> {
  const titles = new Set<string>();
  const questions = asks.map((ask, place): Question => {
    const title = freeTitle(questionTitle({ title: '', ask }), titles);
    titles.add(title.toLowerCase());
    return { id: `q${place + 1}`, title, ask, answer: { type: 'text' }, proof: false, maxTokens: ANSWER_TOKENS };
  });
  const recipe = recipeSchema.safeParse({
    id: 'asked',
    name,
    asked: 'separately',
    order: 'document_first',
    questions,
  });
  if (recipe.success) return ok(recipe.data);
  return err(
    problem('invalid_input', { what: 'schema', said: recipe.error.issues[0]?.message ?? 'Write a question.' }),
  );
}
