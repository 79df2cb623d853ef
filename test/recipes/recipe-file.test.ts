import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundledRecipes } from '../../src/main/recipes/bundled-recipes.ts';
import { readRecipe, readRecipeFile, writeRecipe } from '../../src/main/recipes/recipe-file.ts';
import { recipeSchema } from '../../src/shared/recipe-schema.ts';
import { must, problemOf } from '../support/docket.ts';
import { tempFolder } from '../support/workspace.ts';

const smallest = {
  format: 'docket-recipe',
  version: 1,
  name: 'Terms',
  questions: [{ title: 'Law', ask: 'Which law applies?' }],
};

/** What is said of a file with this content. */
function saidOf(content: unknown): string {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  return problemOf(readRecipe(text, 'terms.json', 'r1')).message;
}

describe('the bundled recipes', () => {
  it.each(bundledRecipes.map((recipe) => [recipe.name, recipe] as const))('%s keeps to the limits', (_name, recipe) => {
    expect(recipeSchema.parse(recipe)).toEqual(recipe);
  });

  it.each(bundledRecipes.map((recipe) => [recipe.name, recipe] as const))('%s survives as a file', (_name, recipe) => {
    expect(must(readRecipe(writeRecipe(recipe), 'a.json', recipe.id))).toEqual(recipe);
  });
});

describe('a recipe file', () => {
  it('needs only its name and its questions; all else has a default', () => {
    expect(must(readRecipe(JSON.stringify(smallest), 'terms.json', 'r1'))).toEqual({
      id: 'r1',
      name: 'Terms',
      asked: 'separately',
      order: 'document_first',
      questions: [
        { id: 'law', title: 'Law', ask: 'Which law applies?', answer: { type: 'text' }, proof: false, maxTokens: 300 },
      ],
    });
  });

  it('may begin with a byte order mark, as editors on Windows write it', async () => {
    const file = join(await tempFolder(), 'terms.json');
    await writeFile(file, `\uFEFF${JSON.stringify(smallest)}`);
    expect(must(await readRecipeFile(file, 'r1')).name).toBe('Terms');
  });

  it.each([
    ['what is not JSON', 'Which law?', /^terms\.json is not a recipe that Docket can read\. It is not JSON\./],
    ['JSON of something else', { rows: [] }, /Its "format" is not "docket-recipe"/],
    ['another version', { ...smallest, version: 2 }, /another version of Docket/],
    ['no questions', { ...smallest, questions: [] }, /at least one question/],
    ['an empty question', { ...smallest, questions: [{ title: 'Law', ask: ' ' }] }, /Question 1: Write what is asked/],
    [
      'two columns of one title',
      { ...smallest, questions: [...smallest.questions, { id: 'b', title: 'LAW', ask: 'Which?' }] },
      /Two columns have the same title/,
    ],
    [
      'an unknown kind of answer',
      { ...smallest, questions: [{ title: 'Law', ask: 'Which?', answer: { type: 'colour' } }] },
      /Question 1: This kind of answer is unknown/,
    ],
    [
      'a single choice',
      { ...smallest, questions: [{ title: 'Law', ask: 'Which?', answer: { type: 'choice', choices: ['a'] } }] },
      /Question 1: Give at least two choices/,
    ],
    ['a misspelt field', { ...smallest, question: [] }, /Unrecognized key: "question"/],
  ])('with %s is refused with the reason', (_what, content, said) => {
    expect(saidOf(content)).toMatch(said);
  });

  it('that is gone is told as gone', async () => {
    expect(problemOf(await readRecipeFile(join(await tempFolder(), 'no.json'), 'r1')).code).toBe('file_vanished');
  });
});
