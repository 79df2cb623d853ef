import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compareBatches } from '../../src/main/batch/comparisons.ts';
import type { Question, Recipe } from '../../src/shared/recipe.ts';
import { newBatch } from '../store/records.ts';
import { cellsOf } from '../support/answers.ts';
import { batchNow, must, problemOf, rowsOf, runBatch, type TestDocket } from '../support/docket.ts';
import { text } from '../support/model-server-replies.ts';
import { docketAt, folderOf, folderOfNotes, server } from '../support/workspace.ts';

function question(id: string, over: Partial<Question> = {}): Question {
  return { id, title: id, ask: `What is the ${id}?`, answer: { type: 'text' }, proof: false, maxTokens: 50, ...over };
}

function recipeOf(...questions: readonly Question[]): Recipe {
  return { id: 'own', name: 'Own', asked: 'separately', order: 'document_first', questions };
}

async function workbench(files = 2) {
  const model = await server();
  model.respond(text('Berlin'));
  const docket = await docketAt({ baseUrl: model.url });
  const recipe = recipeOf(question('city'));
  const source = await runBatch(docket, [await folderOfNotes(files)], { recipe });
  return { model, docket, recipe, source };
}

async function runAgain(docket: TestDocket, request: Parameters<TestDocket['batches']['runAgain']>[0]) {
  const { id } = must(await docket.batches.runAgain(request, true));
  await docket.batches.settled(id);
  return batchNow(docket, id);
}

describe('a batch that is run again', () => {
  it('is a new one beside the old, over the same files, and knows what it asks again', async () => {
    const { model, docket, recipe, source } = await workbench();
    model.respond(text('Paris'));
    const request = { batchId: source.id, recipe, model: 'gpt-4o', temperature: 0.5 };
    const again = await runAgain(docket, request);
    expect(again).toMatchObject({
      againOf: source.id,
      name: source.name,
      status: 'finished',
      model: 'gpt-4o',
      temperature: 0.5,
      counts: { total: 2, done: 2 },
    });
    expect(model.chatRequests.slice(2)).toMatchObject([
      { body: { model: 'gpt-4o', temperature: 0.5 } },
      { body: { model: 'gpt-4o', temperature: 0.5 } },
    ]);
    expect((await rowsOf(docket, source.id)).map(cellsOf)).toEqual([{ city: 'Berlin' }, { city: 'Berlin' }]);
    expect((await rowsOf(docket, again.id)).map(cellsOf)).toEqual([{ city: 'Paris' }, { city: 'Paris' }]);
  });

  it('pays for no answer that an earlier one of the line has, and asks what is new', async () => {
    const { model, docket, recipe, source } = await workbench();
    const more = recipeOf(question('law'), question('town', { ask: 'What is the city?' }));
    const request = { batchId: source.id, recipe: more, model: source.model, temperature: 0 };
    expect(must(await docket.batches.planAgain(request))).toMatchObject({ files: 2, takenOver: 1, requestsPerFile: 1 });
    const second = await runAgain(docket, request);
    expect(model.chatRequests.slice(2).map(({ prompt }) => /the law\?/.test(prompt))).toEqual([true, true]);
    expect((await rowsOf(docket, second.id)).map(cellsOf)[0]).toEqual({ law: 'Berlin', town: 'Berlin' });

    const third = await runAgain(docket, { ...request, batchId: second.id, recipe });
    expect(third).toMatchObject({ status: 'finished', counts: { done: 2 } });
    expect(model.chatRequests).toHaveLength(4);
  });

  it('tells beforehand what would be sent, and sends nothing for that', async () => {
    const { model, docket, recipe, source } = await workbench();
    const same = { batchId: source.id, recipe, model: source.model, temperature: 0 };
    expect(must(await docket.batches.planAgain(same))).toMatchObject({
      takenOver: 1,
      requestsPerFile: 0,
      tokens: 0,
      unmeasured: 0,
    });
    const other = must(await docket.batches.planAgain({ ...same, temperature: 1 }));
    expect(other).toMatchObject({ model: 'gpt-4o-mini', files: 2, takenOver: 0, requestsPerFile: 1, unmeasured: 0 });
    // Two notes of some ninety characters, with their question.
    expect(other.tokens).toBeGreaterThan(50);
    expect(other.tokens).toBeLessThan(400);
    expect(model.chatRequests).toHaveLength(2);
  });

  it('waits for its start if it is only made, and asks edited files as they are now', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    const recipe = recipeOf(question('city'));
    const folder = await folderOf({
      'a.txt': 'Berlin it is.',
      'b.txt': 'Paris it is.',
      'c.bin': Buffer.from([0, 1, 2]),
    });
    const source = await runBatch(docket, [folder], { recipe });
    expect(source.counts).toMatchObject({ done: 2, failed: 1 });
    await writeFile(join(folder, 'a.txt'), 'Now it is London.');
    const asked = model.chatRequests.length;
    const request = { batchId: source.id, recipe, model: source.model, temperature: 0 };
    const made = must(await docket.batches.runAgain(request, false));
    expect(made).toMatchObject({ status: 'ready', counts: { total: 3, queued: 3 } });
    must(await docket.batches.start(made.id));
    await docket.batches.settled(made.id);
    expect(await batchNow(docket, made.id)).toMatchObject({ status: 'finished', counts: { done: 2, failed: 1 } });
    expect(model.chatRequests.slice(asked).map(({ prompt }) => /London/.test(prompt))).toEqual([true]);
  });

  it('is without the files that were removed, and those are not compared', async () => {
    const { docket, recipe, source } = await workbench(3);
    const rows = await rowsOf(docket, source.id);
    must(await docket.batches.removeItems(source.id, [rows[1]?.id ?? 0]));
    const request = { batchId: source.id, recipe, model: 'gpt-4o', temperature: 0 };
    expect(must(await docket.batches.planAgain(request)).files).toBe(2);
    const again = await runAgain(docket, request);
    expect(again.counts).toMatchObject({ total: 2, done: 2 });
    const { comparison } = must(await compareBatches(docket.store.read, source.id, again.id));
    expect(comparison.left).toHaveLength(2);
    expect(await docket.store.read.batchesSharing(again.id)).toEqual([{ batchId: source.id, files: 2 }]);
  });

  it('is not made of a batch that was deleted', async () => {
    const { docket, recipe, source } = await workbench();
    await docket.batches.remove(source.id);
    const request = { batchId: source.id, recipe, model: '', temperature: 0 };
    expect(problemOf(await docket.batches.runAgain(request, true)).message).toContain('batch');
  });

  it('is refused while the folders are still being read', async () => {
    const docket = await docketAt();
    await docket.store.write.insertBatch(newBatch('b1'));
    const request = { batchId: 'b1', recipe: recipeOf(question('city')), model: '', temperature: 0 };
    expect(problemOf(await docket.batches.runAgain(request, true)).message).toContain('Not all files');
  });
});
