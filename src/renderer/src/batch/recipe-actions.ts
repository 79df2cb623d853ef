import type { Batch } from '../../../shared/batch-data.ts';
import { problemSentence } from '../../../shared/problem-words.ts';
import type { Recipe } from '../../../shared/recipe.ts';
import { showToast } from '../ui/toast.tsx';
import { batches } from './batches.ts';
import { recipes } from './recipes.ts';

/** Gives a batch another recipe. What it must ask for that waits for a go. */
export async function applyTo(batch: Batch, recipe: Recipe): Promise<void> {
  await batches.changeRecipe(batch.id, recipe);
}

export async function deleteRecipe(recipe: Recipe): Promise<void> {
  if (!(await recipes.remove(recipe.id))) return;
  showToast({
    title: `“${recipe.name}” was deleted`,
    detail: 'Batches that used it keep their results.',
    action: { label: 'Undo', onPress: () => void recipes.restore(recipe.id) },
  });
}

/** Closes the editor. What was not saved can be brought back. */
export function closeEditor(): void {
  const lost = recipes.close();
  if (lost === null) return;
  showToast({
    title: 'The changes to the recipe were not saved',
    action: { label: 'Undo', onPress: () => recipes.reopen(lost) },
  });
}

/** Imports a recipe and uses it: for the batch, or where there is none for the next. */
export async function importRecipe(batch: Batch | null): Promise<void> {
  const imported = await recipes.importFile();
  if (imported === null) {
    const { problem } = recipes.store.getState();
    if (problem !== null) showToast({ title: 'Nothing was imported', detail: problemSentence(problem), problem: true });
    return;
  }
  showToast({ title: `“${imported.name}” was imported` });
  if (batch === null) await recipes.use(imported.id);
  else await applyTo(batch, imported);
}
