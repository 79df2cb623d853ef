import { ok } from '../../../shared/result.ts';
import type { recipeRoutes } from '../../../shared/routes/recipe.ts';
import type { Docket } from '../../compose.ts';
import { exportRecipe } from '../../recipes/export-recipe.ts';
import type { Desktop } from '../desktop.ts';
import type { HandlersOf } from '../router.ts';

export function createRecipeHandlers({ recipes, previews }: Docket, desktop: Desktop): HandlersOf<typeof recipeRoutes> {
  return {
    'recipe.list': async () => ok(await recipes.list()),
    'recipe.save': ({ recipe }) => recipes.save(recipe),
    'recipe.duplicate': async ({ recipe }) => ok(await recipes.duplicate(recipe)),
    'recipe.remove': ({ recipeId }) => recipes.remove(recipeId),
    'recipe.restore': ({ recipeId }) => recipes.restore(recipeId),
    'recipe.use': ({ recipeId }) => recipes.use(recipeId),
    'recipe.preview': (request) => previews.preview(request),
    'recipe.previewPage': ({ page, ...file }) => previews.page(file, page),
    'recipe.import': async () => {
      const [path] = (await desktop.pickRecipeFile()) ?? [];
      return path === undefined ? ok(null) : recipes.importFile(path);
    },
    'recipe.export': async ({ recipe }) => {
      const file = await desktop.pickExportFile(recipe.name, 'json');
      return file === null ? ok(null) : exportRecipe(recipe, file);
    },
  };
}
