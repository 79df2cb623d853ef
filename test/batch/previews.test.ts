import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Question, Recipe } from '../../src/shared/recipe.ts';
import { must, problemOf, rowsOf } from '../support/docket.ts';
import { docketAt, folderOf, server } from '../support/workspace.ts';

function recipeOf(asked: Recipe['asked'], ...ids: readonly string[]): Recipe {
  const questions = ids.map(
    (id): Question => ({
      id,
      title: id,
      ask: `What is the ${id} in {file}?`,
      answer: { type: 'text' },
      proof: false,
      maxTokens: 50,
    }),
  );
  return { id: 'own', name: 'Own', asked, order: 'document_first', questions };
}

describe('a preview', () => {
  it.each(['separately', 'together'] as const)(
    'of questions asked %s is what is then sent, to the letter, and sends nothing itself',
    async (asked) => {
      const model = await server();
      const docket = await docketAt({ baseUrl: model.url });
      const recipe = recipeOf(asked, 'law', 'rent');
      const folder = await folderOf({ 'lease.txt': 'German law applies. The rent is 900 EUR.' });
      const { id } = must(await docket.batches.create([folder], { start: false, recipe }));
      await docket.batches.settled(id);
      const previews = await Promise.all(
        recipe.questions.map(async (question) =>
          must(await docket.previews.preview({ batchId: id, itemId: null, recipe, questionId: question.id })),
        ),
      );
      expect(model.chatRequests).toEqual([]);
      expect(previews[0]?.separately.requests).toBe(2);
      expect(previews[0]?.together.requests).toBe(1);

      must(await docket.batches.start(id));
      await docket.batches.settled(id);
      const sent = new Set(model.chatRequests.map(({ prompt }) => prompt));
      for (const { message } of previews) expect(sent).toContain(message);
    },
  );

  it('tells that asking together sends the document once', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    const recipe = recipeOf('separately', 'a', 'b', 'c', 'd');
    const folder = await folderOf({ 'long.txt': 'The rent is due. '.repeat(1_000) });
    const { id } = must(await docket.batches.create([folder], { start: false, recipe }));
    await docket.batches.settled(id);
    const preview = must(await docket.previews.preview({ batchId: id, itemId: null, recipe, questionId: null }));
    expect(preview.separately.tokens).toBeGreaterThan(3 * preview.together.tokens);
  });

  it('of a file that cannot be read says why', async () => {
    const docket = await docketAt();
    const recipe = recipeOf('separately', 'law');
    const folder = await folderOf({ 'a.txt': 'Text.', 'empty.txt': '' });
    const { id } = must(await docket.batches.create([folder], { start: false, recipe }));
    await docket.batches.settled(id);
    const empty = (await rowsOf(docket, id)).find((row) => row.name === join('papers', 'empty.txt'));
    const request = { batchId: id, itemId: empty?.id ?? 0, recipe, questionId: null };
    expect(problemOf(await docket.previews.preview(request)).code).toBe('file_empty');
  });
});
