import type { Batch } from '../../../shared/batch-data.ts';
import { type Problem, problem } from '../../../shared/problem.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { batchRoutes } from '../../../shared/routes/batch.ts';
import { tokensOf } from '../../batch/batch-tokens.ts';
import type { Docket } from '../../compose.ts';
import { recipeOfQuestions } from '../../recipes/named-recipe.ts';
import type { Desktop } from '../desktop.ts';
import type { Grants } from '../grants.ts';
import type { HandlersOf } from '../router.ts';

export function createBatchHandlers(
  { store, settings, attachments, batches, recipes }: Docket,
  desktop: Desktop,
  grants: Grants,
): HandlersOf<typeof batchRoutes> {
  const create = async (paths: readonly string[], recipeId?: string): Promise<Result<Batch, Problem>> => {
    const recipe = recipeId === undefined ? ok(await recipes.lastUsed()) : await recipes.use(recipeId);
    return recipe.ok ? batches.create(paths, { recipe: recipe.value }) : recipe;
  };

  const createFrom = async (paths: readonly string[] | null): Promise<Result<Batch | null, Problem>> =>
    paths === null || paths.length === 0 ? ok(null) : create(paths);

  return {
    'batch.list': async () => ok(await batches.list()),
    'batch.create': async ({ grant, recipeId }) => {
      const granted = grants.take(grant);
      return granted === null
        ? err(problem('not_allowed', { what: 'grant_expired', use: 'drop' }))
        : create(granted.paths, recipeId);
    },
    'batch.ask': async ({ attachmentIds, question, model }) => {
      const paths = await attachments.paths(attachmentIds);
      if (!paths.ok) return paths;
      const recipe = recipeOfQuestions([question], 'Question of a chat');
      return recipe.ok ? batches.create(paths.value, { recipe: recipe.value, model }) : recipe;
    },
    'batch.pick': async ({ what }) => createFrom(await desktop.pickPaths(what)),
    'batch.createSample': () => create([desktop.samplePath]),
    'batch.get': ({ batchId }) => batches.progress(batchId),
    'batch.plan': ({ batchId }) => batches.plan(batchId),
    'batch.planAgain': (request) => batches.planAgain(request),
    'batch.runAgain': ({ start, ...request }) => batches.runAgain(request, start),
    'batch.start': ({ batchId }) => batches.start(batchId),
    'batch.try': ({ batchId, itemIds }) => batches.tryOut(batchId, itemIds),
    'batch.tryNow': async ({ batchId }) => batches.tryNow(batchId),
    'batch.cancel': ({ batchId }) => batches.cancel(batchId),
    'batch.retryFailed': ({ batchId }) => batches.retryFailed(batchId),
    'batch.changeRecipe': async ({ batchId, recipe }) => {
      const changed = await batches.changeRecipe(batchId, recipe);
      if (changed.ok) await recipes.use(recipe.id);
      return changed;
    },
    'batch.rename': ({ batchId, name }) => batches.rename(batchId, name),
    'batch.remove': ({ batchId }) => batches.remove(batchId),
    'batch.setConcurrency': async ({ concurrency }) => {
      await settings.change({ concurrency });
      return ok(batches.limitChanged());
    },
    'batch.tokens': async ({ batchId }) => ok(await tokensOf(store.read, batchId)),
    'batch.sharing': async ({ batchId }) => ok(await store.read.batchesSharing(batchId)),
  };
}
