import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compareBatches } from '../../src/main/batch/comparisons.ts';
import { writeComparison } from '../../src/main/batch/export/comparison-csv.ts';
import {
  agreementOf,
  comparedCells,
  type RowsToCompare,
  rowsOfView,
  sideNames,
  stateOf,
  sumOf,
} from '../../src/shared/batch-comparison.ts';
import type { Question, Recipe } from '../../src/shared/recipe.ts';
import { must, rowsOf, runBatch, type TestDocket } from '../support/docket.ts';
import { text } from '../support/model-server-replies.ts';
import { docketAt, folderOf, server, tempFolder } from '../support/workspace.ts';

function question(id: string, over: Partial<Question> = {}): Question {
  return { id, title: id, ask: `What is the ${id}?`, answer: { type: 'text' }, proof: false, maxTokens: 50, ...over };
}

function recipeOf(...questions: readonly Question[]): Recipe {
  return { id: 'own', name: 'Own', asked: 'separately', order: 'document_first', questions };
}

const city = question('city');
const names = question('names', { answer: { type: 'list' } });

/** A batch of three files in which the first model says Berlin of all, and a rerun in which the second thinks otherwise. */
async function twoBatches(docketOptions: { readonly folder?: string } = {}) {
  const model = await server();
  const docket = await docketAt({ baseUrl: model.url });
  const folder =
    docketOptions.folder ?? (await folderOf({ 'a.txt': 'One letter.', 'b.txt': 'Two letters.', 'c.txt': 'Three.' }));
  model.respond(({ prompt }) => text(/the names/.test(prompt) ? 'Ann, Bob' : 'Berlin'));
  const left = await runBatch(docket, [folder], { recipe: recipeOf(city, names, question('old')) });
  model.respond(({ prompt }) => {
    if (/the names/.test(prompt)) return text('Bob, Ann');
    return text(/Two letters/.test(prompt) ? 'Paris' : ' berlin');
  });
  const recipe = recipeOf(question('names2', { ...names, id: 'names2' }), question('town', { title: 'City' }));
  const again = await docket.batches.runAgain({ batchId: left.id, recipe, model: 'gpt-4o', temperature: 0 }, true);
  const { id } = must(again);
  await docket.batches.settled(id);
  return { docket, folder, left, rightId: id };
}

async function compared(docket: TestDocket, leftId: string, rightId: string) {
  return must(await compareBatches(docket.store.read, leftId, rightId));
}

describe('two batches over the same files', () => {
  it('are compared cell by cell, by what is asked or by the title of the column', async () => {
    const { docket, left, rightId } = await twoBatches();
    const { comparison, right } = await compared(docket, left.id, rightId);
    expect(comparison.questions).toEqual([
      { left: 'city', right: 'town', title: 'city' },
      { left: 'names', right: 'names2', title: 'names' },
    ]);
    expect(comparison).toMatchObject({ onlyLeft: ['old'], onlyRight: [] });
    const states = [0, 1, 2].map((row) => [0, 1].map((place) => stateOf(comparison, row, place)));
    // Case and white space make no other answer, nor does the order of a list.
    expect(states).toEqual([
      ['same', 'same'],
      ['different', 'same'],
      ['same', 'same'],
    ]);
    expect(agreementOf(comparison)).toMatchObject([{ same: 2, different: 1 }, { same: 3 }]);
    expect(comparedCells(sumOf(agreementOf(comparison)))).toBe(6);
    expect([...rowsOfView(comparison, { only: 'different', question: null })]).toEqual([1]);
    expect([...rowsOfView(comparison, { only: 'same', question: 0 })]).toEqual([0, 2]);
    expect([...rowsOfView(comparison, { only: 'different', question: 1 })]).toEqual([]);
    expect(sideNames(left, right)).toEqual(['gpt-4o-mini', 'gpt-4o']);
  });

  it('need not be a rerun and its source: files are matched by path, else by content', async () => {
    const { docket, folder, left } = await twoBatches();
    const copy = await folderOf({ 'a copy.txt': 'One letter.', 'new.txt': 'Four.' });
    const other = await runBatch(docket, [copy], { recipe: recipeOf(city) });
    expect(await docket.store.read.batchesSharing(left.id)).toContainEqual({ batchId: other.id, files: 1 });
    const { comparison } = await compared(docket, left.id, other.id);
    expect(comparison.left).toHaveLength(4);
    expect([...comparison.right].map((id) => id > 0)).toEqual([true, false, false, true]);
    expect([0, 1, 2, 3].map((row) => stateOf(comparison, row, 0))).toEqual([
      'same',
      'only_left',
      'only_left',
      'only_right',
    ]);

    await writeFile(join(folder, 'b.txt'), 'Edited.');
    const later = await runBatch(docket, [folder], { recipe: recipeOf(city) });
    const edited = (await compared(docket, left.id, later.id)).comparison.edited;
    expect([...edited]).toEqual([0, 1, 0]);
  });

  it('compare what a person corrected as it is shown', async () => {
    const { docket, left, rightId } = await twoBatches();
    const [first] = await rowsOf(docket, rightId);
    must(await docket.batches.correct(first?.id ?? 0, 'town', 'Rome'));
    const { comparison } = await compared(docket, left.id, rightId);
    expect(stateOf(comparison, 0, 0)).toBe('different');
  });

  it('do not agree about a file that failed in both, and say why', async () => {
    const folder = await folderOf({ 'a.txt': 'One letter.', 'empty.txt': '' });
    const { docket, left, rightId } = await twoBatches({ folder });
    const both = await compared(docket, left.id, rightId);
    const { comparison } = both;
    expect([0, 1].map((place) => stateOf(comparison, 1, place))).toEqual(['none', 'none']);
    const rows = (only: RowsToCompare) => [...rowsOfView(comparison, { only, question: null })];
    expect([rows('same'), rows('different'), rows('none')]).toEqual([[0], [], [1]]);

    const file = join(await tempFolder(), 'compared.csv');
    must(await writeComparison(docket.store.read, both, { only: 'none', question: null }, file));
    const [, line = ''] = (await readFile(file, 'utf8')).split('\r\n');
    const failed = 'Failed: This file is empty (0 bytes). Check that it was saved or copied completely.';
    expect(line.slice(line.indexOf(',,'))).toBe(
      `,,${failed},${failed},no answer in either,${failed},${failed},no answer in either`,
    );
  });

  it('are exported beside each other, with what they are to each other', async () => {
    const { docket, left, rightId } = await twoBatches();
    const both = await compared(docket, left.id, rightId);
    const file = join(await tempFolder(), 'compared.csv');
    must(await writeComparison(docket.store.read, both, { only: 'different', question: null }, file));
    expect((await readFile(file, 'utf8')).split('\r\n')).toEqual([
      '\uFEFFFile,Edited in between,city (gpt-4o-mini),city (gpt-4o),city: compared,names (gpt-4o-mini),names (gpt-4o),names: compared',
      expect.stringMatching(/b\.txt,,Berlin,Paris,different,"Ann, Bob","Bob, Ann",same$/),
      '',
    ]);
  });
});
