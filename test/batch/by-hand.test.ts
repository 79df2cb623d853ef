import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { correctionState, shownValue, valueWords } from '../../src/shared/answer-words.ts';
import type { Recipe } from '../../src/shared/recipe.ts';
import { batchNow, must, problemOf, rowsOf, startAgain, type TestDocket } from '../support/docket.ts';
import { hangBeforeHeaders, text } from '../support/model-server-replies.ts';
import { docketAt, folderOfNotes, server } from '../support/workspace.ts';
import { city, askingCity as recipe } from './set-up.ts';

const reworded = askingFor('first');

function askingFor(place: string): Recipe {
  return { ...recipe, questions: [{ ...city, ask: `Which city is named ${place}?` }] };
}

/** A finished batch of two files, both answered "Berlin". */
async function answered() {
  const model = await server();
  model.respond(text('Berlin'));
  const docket = await docketAt({ baseUrl: model.url });
  const folder = await folderOfNotes(2);
  const { id } = must(await docket.batches.create([folder], { recipe }));
  await docket.batches.settled(id);
  const [first, second] = await rowsOf(docket, id);
  if (first === undefined || second === undefined) throw new Error('There are no two files.');
  return { model, docket, folder, id, first, second };
}

async function shownOf(docket: TestDocket, id: string): Promise<readonly (string | null)[]> {
  return (await rowsOf(docket, id)).map((row) => {
    const [cell] = row.answers;
    const value = cell === undefined ? null : shownValue(cell);
    return value === null ? null : valueWords(value);
  });
}

describe('a value that a person corrects', () => {
  it('stands in place of the model’s, which is kept, until the person takes it back', async () => {
    const { docket, id, first } = await answered();
    const row = must(await docket.batches.correct(first.id, 'city', 'Potsdam'));
    expect(row.answers).toMatchObject([
      { value: { text: 'Berlin' }, corrected: { value: { text: 'Potsdam' }, of: { text: 'Berlin' } } },
    ]);
    expect(await shownOf(docket, id)).toEqual(['Potsdam', 'Berlin']);
    must(await docket.batches.correct(first.id, 'city', null));
    expect(await shownOf(docket, id)).toEqual(['Berlin', 'Berlin']);
  });

  it('holds when the question is asked again and answered the same', async () => {
    const { docket, id, first } = await answered();
    must(await docket.batches.correct(first.id, 'city', 'Potsdam'));
    must(await docket.batches.changeRecipe(id, reworded));
    await startAgain(docket, id);
    expect(await shownOf(docket, id)).toEqual(['Potsdam', 'Berlin']);
  });

  it('gives way to another answer of the model, is told to be outdated, and can be used again', async () => {
    const { model, docket, id, first } = await answered();
    must(await docket.batches.correct(first.id, 'city', 'Potsdam'));
    must(await docket.batches.changeRecipe(id, reworded));
    model.respond(text('Paris'));
    await startAgain(docket, id);
    expect(await shownOf(docket, id)).toEqual(['Paris', 'Paris']);
    const cells = (await rowsOf(docket, id)).flatMap(({ answers }) => answers);
    expect(cells.map(correctionState)).toEqual(['outdated', 'none']);
    must(await docket.batches.correct(first.id, 'city', 'Potsdam'));
    expect(await shownOf(docket, id)).toEqual(['Potsdam', 'Paris']);
  });

  it('outlives that its file is edited and read again', async () => {
    const { docket, folder, id, first } = await answered();
    must(await docket.batches.correct(first.id, 'city', 'Potsdam'));
    await writeFile(join(folder, 'note 1.txt'), 'It was edited.');
    await startAgain(docket, id);
    expect(await shownOf(docket, id)).toContain('Potsdam');
  });

  it('is refused where it is no answer to the question, or the question was not asked', async () => {
    const { docket, first } = await answered();
    expect(problemOf(await docket.batches.correct(first.id, 'city', ' ')).message).toMatch(/value is missing/);
    expect(problemOf(await docket.batches.correct(first.id, 'law', 'French')).message).toMatch(/not in any batch/);
  });
});

describe('a file that a person ticks as checked', () => {
  it('is counted, and no longer once its answers are others', async () => {
    const { model, docket, id, first, second } = await answered();
    const ticked = await docket.batches.check(id, [first.id, second.id], true);
    expect(ticked).toMatchObject({ checked: 2, rows: [{ checkedAt: expect.any(Number) }, {}] });
    expect((await docket.batches.check(id, [second.id], false)).checked).toBe(1);
    must(await docket.batches.changeRecipe(id, reworded));
    await startAgain(docket, id);
    expect((await batchNow(docket, id)).counts.checked).toBe(1);
    must(await docket.batches.changeRecipe(id, askingFor('last')));
    model.respond(text('Paris'));
    await startAgain(docket, id);
    expect((await batchNow(docket, id)).counts.checked).toBe(0);
  });
});

describe('a batch that a person names', () => {
  it('is called so, also while it runs, and keeps what was dropped', async () => {
    const model = await server();
    model.respond(hangBeforeHeaders());
    const docket = await docketAt({ baseUrl: model.url });
    const { id, name } = must(await docket.batches.create([await folderOfNotes(2)], { recipe }));
    await model.waitUntil(() => model.hanging > 0);
    must(await docket.batches.rename(id, 'Letters of May'));
    expect(must(await docket.batches.progress(id)).batch).toMatchObject({ name: 'Letters of May', dropped: name });
    model.respond(text('Berlin'));
    model.release();
    await docket.batches.settled(id);
    expect(await batchNow(docket, id)).toMatchObject({ name: 'Letters of May', dropped: name });
  });
});
