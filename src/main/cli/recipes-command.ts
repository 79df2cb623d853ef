import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Problem } from '../../shared/problem.ts';
import { problemSentence } from '../../shared/problem-words.ts';
import type { Recipe } from '../../shared/recipe.ts';
import type { ListedRecipe } from '../../shared/recipe-data.ts';
import { bundledRecipes } from '../recipes/bundled-recipes.ts';
import { exportRecipe } from '../recipes/export-recipe.ts';
import { recipeNamed } from '../recipes/named-recipe.ts';
import { createRecipeBook } from '../recipes/recipe-book.ts';
import { writeRecipe } from '../recipes/recipe-file.ts';
import { openStore, openStoreForReading, storeFile } from '../store/store.ts';
import { whyNotOpened } from '../store/why-not-opened.ts';
import type { RecipesCommand } from './arguments.ts';
import type { CliContext } from './context.ts';
import { createUpdateReporter, oneLine, writeAll } from './output.ts';

/** Lists, shows, exports or imports recipes. Only an import writes, so the others work beside a running app. */
export async function runRecipes({ does }: RecipesCommand, context: CliContext): Promise<number> {
  if (does.action === 'import') return importRecipe(does.file, context);
  const recipes = await listAll(context);
  if (does.action === 'list') return print(recipes.map(listLine), context);
  const named = recipeNamed(does.recipe, recipes);
  if (!named.ok) return refuse(named.error, context);
  if (does.action === 'show') return print(showLines(named.value), context);
  if (does.file === null) return print([writeRecipe(named.value)], context);
  const written = await exportRecipe(named.value, does.file);
  if (!written.ok) return refuse(written.error, context);
  context.progress.write(`The recipe is in ${written.value}.\n`);
  return 0;
}

async function listAll({ dataDir, storeWorker }: CliContext): Promise<readonly ListedRecipe[]> {
  const bundled = bundledRecipes.map((recipe) => ({ recipe, bundled: true }));
  if (!existsSync(storeFile(dataDir))) return bundled;
  try {
    const store = await openStoreForReading(dataDir, storeWorker);
    try {
      return [...bundled, ...(await store.read.listRecipes()).map((recipe) => ({ recipe, bundled: false }))];
    } finally {
      await store.close();
    }
  } catch (error) {
    throw whyNotOpened(error, dataDir);
  }
}

async function importRecipe(file: string, context: CliContext): Promise<number> {
  const store = await openStore(context.dataDir, context.storeWorker, {
    onUpdate: createUpdateReporter(context.progress),
  }).catch((error: unknown) => {
    throw whyNotOpened(error, context.dataDir);
  });
  try {
    const book = createRecipeBook({ store, emit: () => {}, newId: randomUUID, now: Date.now });
    const imported = await book.importFile(resolve(file));
    if (!imported.ok) return refuse(imported.error, context);
    context.progress.write(
      `Imported as "${imported.value.name}". Use it with: batch PATH --recipe "${imported.value.name}"\n`,
    );
    return 0;
  } finally {
    await store.close();
  }
}

function listLine({ recipe, bundled }: ListedRecipe): string {
  const count = recipe.questions.length === 1 ? '1 question' : `${recipe.questions.length} questions`;
  return `${oneLine(recipe.name)}  (${count}${bundled ? ', comes with Docket' : ''})\n`;
}

function showLines({ name, asked, questions }: Recipe): readonly string[] {
  const lines = questions.map(({ title, ask }) => `  ${oneLine(title)}: ${oneLine(ask)}\n`);
  return [`${oneLine(name)}, asked ${asked}\n`, ...lines];
}

async function print(lines: readonly string[], { out }: CliContext): Promise<number> {
  await writeAll(asPieces(lines), out);
  return 0;
}

async function* asPieces(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}

function refuse(problem: Problem, { progress }: CliContext): number {
  progress.write(`${problemSentence(problem, 'terminal')}\n`);
  return 1;
}
