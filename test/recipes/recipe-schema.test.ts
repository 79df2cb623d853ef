import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { bundledRecipes } from '../../src/main/recipes/bundled-recipes.ts';
import { writeRecipe } from '../../src/main/recipes/recipe-file.ts';
import { recipeFileSchema } from '../../src/shared/recipe-schema.ts';

const schema = z.toJSONSchema(recipeFileSchema, { io: 'input' });

describe('the published schema of recipe files', () => {
  it('is made from the one that reads them (update it with -u)', async () => {
    await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot('../../docs/recipe.schema.json');
  });

  it('takes what Docket exports, and refuses a misspelt field', () => {
    const isRecipe = new Ajv2020({ strict: false }).compile(schema);
    for (const recipe of bundledRecipes) expect(isRecipe(JSON.parse(writeRecipe(recipe)))).toBe(true);
    expect(isRecipe({ format: 'docket-recipe', version: 1, name: 'A', question: [] })).toBe(false);
  });
});
