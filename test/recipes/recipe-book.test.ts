import { describe, expect, it } from 'vitest';
import { standardRecipe } from '../../src/main/recipes/standard.ts';
import type { Recipe } from '../../src/shared/recipe.ts';
import { must, problemOf, type TestDocket } from '../support/docket.ts';
import { docketAt, tempFolder } from '../support/workspace.ts';

const own: Recipe = {
  id: 'own',
  name: 'Leases',
  asked: 'separately',
  order: 'document_first',
  questions: [
    { id: 'q1', title: 'Rent', ask: 'What is the rent?', answer: { type: 'number' }, proof: true, maxTokens: 50 },
  ],
};

async function namesOf({ recipes }: TestDocket): Promise<readonly string[]> {
  return (await recipes.list()).recipes.map(({ recipe }) => recipe.name);
}

describe('the recipes', () => {
  it('are those that come with Docket, the standard one first and chosen', async () => {
    const docket = await docketAt();
    const { recipes, lastUsedId } = await docket.recipes.list();
    expect(recipes.map(({ recipe, bundled }) => [recipe.name, bundled])).toEqual([
      ['Sentiment, topics, summary', true],
      ['Five-word summary', true],
      ['Contract terms', true],
      ['Invoice fields', true],
      ['Meeting decisions and tasks', true],
      ['CV screening', true],
    ]);
    expect(lastUsedId).toBe(standardRecipe.id);
  });

  it('of one’s own are kept, and chosen again after a restart', async () => {
    const dataDir = await tempFolder();
    const first = await docketAt({ dataDir });
    must(await first.recipes.save(own));
    must(await first.recipes.use('own'));
    await first.close();
    const second = await docketAt({ dataDir });
    expect(await second.recipes.lastUsed()).toEqual(own);
    expect(await namesOf(second)).toContain('Leases');
  });

  it('are told to the windows when they change', async () => {
    const docket = await docketAt();
    must(await docket.recipes.save(own));
    must(await docket.recipes.save({ ...own, name: 'Rents' }));
    expect(docket.payloads('recipe.changed')).toHaveLength(2);
    expect(await namesOf(docket)).toEqual(expect.arrayContaining(['Rents']));
    expect(await namesOf(docket)).not.toContain('Leases');
  });

  it('can be deleted, which can be undone; a new batch then asks the standard one', async () => {
    const docket = await docketAt();
    must(await docket.recipes.save(own));
    must(await docket.recipes.use('own'));
    must(await docket.recipes.remove('own'));
    expect(await namesOf(docket)).not.toContain('Leases');
    expect(await docket.recipes.lastUsed()).toEqual(standardRecipe);
    expect(must(await docket.recipes.restore('own'))).toEqual(own);
    expect(await docket.recipes.lastUsed()).toEqual(own);
  });

  it('that come with Docket are neither changed nor deleted', async () => {
    const docket = await docketAt();
    expect(problemOf(await docket.recipes.save({ ...own, id: 'standard' })).message).toMatch(/Duplicate it/);
    expect(problemOf(await docket.recipes.remove('standard')).message).toMatch(/cannot be changed/);
  });

  it('can be duplicated, under a name that is free and with the document first', async () => {
    const docket = await docketAt();
    const first = must({ ok: true, value: await docket.recipes.duplicate(standardRecipe) });
    const second = await docket.recipes.duplicate(first);
    expect([first.name, second.name]).toEqual(['Sentiment, topics, summary (2)', 'Sentiment, topics, summary (3)']);
    expect(first.order).toBe('document_first');
    expect(first.questions.map(({ ask }) => ask)).toEqual([
      'Summarize in one sentence.',
      'Sentiment (one word).',
      'List 3 topics (comma-separated).',
    ]);
  });
});
