import { describe, expect, it } from 'vitest';
import { standardRecipe } from '../../src/main/recipes/standard.ts';
import type { Question, Recipe } from '../../src/shared/recipe.ts';
import { cellsOf } from '../support/answers.ts';
import { batchNow, must, problemOf, rowsOf, runBatch, startAgain } from '../support/docket.ts';
import { hangBeforeHeaders, text } from '../support/model-server-replies.ts';
import { docketAt, folderOfNotes, server, tempFolder } from '../support/workspace.ts';

function question(id: string, over: Partial<Question> = {}): Question {
  return { id, title: id, ask: `What is the ${id}?`, answer: { type: 'text' }, proof: false, maxTokens: 50, ...over };
}

function recipeOf(...questions: readonly Question[]): Recipe {
  return { id: 'own', name: 'Own', asked: 'separately', order: 'document_first', questions };
}

describe('a batch with another recipe', () => {
  it('asks the new question of its finished files, and pays for no old one again', async () => {
    const model = await server();
    model.respond(text('Berlin'));
    const docket = await docketAt({ baseUrl: model.url });
    const { id } = must(await docket.batches.create([await folderOfNotes(2)], { recipe: recipeOf(question('city')) }));
    await docket.batches.settled(id);
    expect(model.chatRequests).toHaveLength(2);

    const changed = must(await docket.batches.changeRecipe(id, recipeOf(question('city'), question('law'))));
    expect(changed).toMatchObject({ status: 'ready', counts: { queued: 2 } });
    expect(await startAgain(docket, id)).toMatchObject({ status: 'finished', counts: { done: 2 } });

    expect(model.chatRequests.slice(2).map(({ prompt }) => /the law\?/.test(prompt))).toEqual([true, true]);
    const [row] = await rowsOf(docket, id);
    expect(cellsOf(row)).toEqual({ city: 'Berlin', law: 'Berlin' });
  });

  it('that only names a column anew or asks less runs nothing', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    const recipe = recipeOf(question('city'), question('law'));
    const { id } = must(await docket.batches.create([await folderOfNotes(2)], { recipe }));
    await docket.batches.settled(id);
    const less = recipeOf(question('law', { title: 'Governing law' }));
    expect(must(await docket.batches.changeRecipe(id, less))).toMatchObject({ status: 'finished', recipe: less });
    expect(await batchNow(docket, id)).toMatchObject({ status: 'finished', recipe: less, counts: { done: 2 } });
  });

  it('cannot be changed while it runs', async () => {
    const model = await server();
    model.respond(() => hangBeforeHeaders());
    const docket = await docketAt({ baseUrl: model.url });
    const { id } = must(await docket.batches.create([await folderOfNotes(2)]));
    await model.waitUntil(() => model.hanging > 0);
    expect(problemOf(await docket.batches.changeRecipe(id, recipeOf(question('law')))).message).toMatch(/running/);
  });
});

describe('a trial', () => {
  it('runs three files spread over the batch, keeps their answers, and leaves the others for a go of their own', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    const { id } = must(await docket.batches.create([await folderOfNotes(9)], { start: false }));
    await docket.batches.settled(id);

    must(await docket.batches.tryOut(id));
    await docket.batches.settled(id);

    const rows = await rowsOf(docket, id);
    expect(rows.flatMap((row) => (row.status === 'done' ? [row.position] : []))).toEqual([0, 4, 8]);
    expect(await batchNow(docket, id)).toMatchObject({ status: 'ready', counts: { done: 3, queued: 6 } });

    expect(await startAgain(docket, id)).toMatchObject({ status: 'finished', counts: { done: 9 } });
    expect(model.chatRequests, 'none of the three was asked again').toHaveLength(27);
  });

  it('runs the files that were chosen', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    const { id } = must(await docket.batches.create([await folderOfNotes(5)], { start: false }));
    await docket.batches.settled(id);
    const chosen = (await rowsOf(docket, id)).slice(1, 3).map((row) => row.id);
    must(await docket.batches.tryOut(id, chosen));
    await docket.batches.settled(id);
    const done = (await rowsOf(docket, id)).filter((row) => row.status === 'done');
    expect(done.map((row) => row.id)).toEqual(chosen);
  });

  it('runs those of the chosen files that wait, and says so if none does', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    const { id } = must(await docket.batches.create([await folderOfNotes(5)], { start: false }));
    await docket.batches.settled(id);
    const ids = (await rowsOf(docket, id)).map((row) => row.id);
    must(await docket.batches.tryOut(id, ids.slice(0, 1)));
    await docket.batches.settled(id);
    expect(problemOf(await docket.batches.tryOut(id, ids.slice(0, 1))).message).toMatch(/None of these files/);
    must(await docket.batches.tryOut(id, ids.slice(0, 2)));
    await docket.batches.settled(id);
    expect(await batchNow(docket, id)).toMatchObject({ status: 'ready', counts: { done: 2, queued: 3 } });
  });

  it('of all files there are ends the batch', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    const { id } = must(await docket.batches.create([await folderOfNotes(2)], { start: false }));
    await docket.batches.settled(id);
    must(await docket.batches.tryOut(id));
    await docket.batches.settled(id);
    expect(await batchNow(docket, id)).toMatchObject({ status: 'finished', counts: { done: 2 } });
  });

  it('that is cancelled leaves the batch ready, with every file still to run', async () => {
    const model = await server();
    model.respond(() => hangBeforeHeaders());
    const docket = await docketAt({ baseUrl: model.url });
    const { id } = must(await docket.batches.create([await folderOfNotes(9)], { start: false }));
    await docket.batches.settled(id);
    must(await docket.batches.tryOut(id));
    await model.waitUntil(() => model.hanging > 0);
    expect(must(await docket.batches.cancel(id))).toMatchObject({ status: 'ready', counts: { queued: 9 } });
  });

  it('that a quit cuts off leaves the batch ready, and says why', async () => {
    const model = await server();
    model.respond(() => hangBeforeHeaders());
    const dataDir = await tempFolder();
    const docket = await docketAt({ baseUrl: model.url, dataDir });
    const { id } = must(await docket.batches.create([await folderOfNotes(9)], { start: false }));
    await docket.batches.settled(id);
    must(await docket.batches.tryOut(id));
    await model.waitUntil(() => model.hanging > 0);
    await docket.close();
    const next = await docketAt({ baseUrl: model.url, dataDir });
    expect(await batchNow(next, id)).toMatchObject({
      status: 'ready',
      problem: { code: 'interrupted', params: { what: 'trial' } },
      counts: { queued: 9 },
    });
    model.respond(text('Berlin'));
    expect(await startAgain(next, id)).toMatchObject({ status: 'finished', problem: null, counts: { done: 9 } });
  });

  it('of a finished batch has nothing to run, and says so', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    const { id } = await runBatch(docket, [await folderOfNotes(2)]);
    expect(problemOf(await docket.batches.tryOut(id)).message).toMatch(/None of these files/);
    expect((await batchNow(docket, id)).recipe).toEqual(standardRecipe);
  });
});
