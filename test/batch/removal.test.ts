import { basename } from 'node:path';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { exportBatch, exportCsv } from '../../src/main/batch/export/export-batch.ts';
import type { ExportChoice } from '../../src/main/batch/export/export-format.ts';
import { wholeTable } from '../../src/shared/item-view.ts';
import type { Recipe } from '../../src/shared/recipe.ts';
import { newBatch } from '../store/records.ts';
import { batchNow, must, problemOf, rowsOf, startAgain, type TestDocket, xlsxWorker } from '../support/docket.ts';
import { hangBeforeHeaders, status, text } from '../support/model-server-replies.ts';
import { docketAt, folderOf, folderOfNotes, server } from '../support/workspace.ts';
import { city, askingCity as recipe } from './set-up.ts';

const reworded: Recipe = { ...recipe, questions: [{ ...city, ask: 'Which city is named first?' }] };

/** A finished batch of three files, all answered "Berlin". */
async function answered() {
  const model = await server();
  model.respond(text('Berlin'));
  const docket = await docketAt({ baseUrl: model.url });
  const { id } = must(await docket.batches.create([await folderOfNotes(3)], { recipe }));
  await docket.batches.settled(id);
  const [first, second, third] = await rowsOf(docket, id);
  if (first === undefined || second === undefined || third === undefined) throw new Error('There are no three files.');
  return { model, docket, id, first, second, third };
}

/** A batch with room for one file, which hangs; the threads decide which one that is. */
async function hanging(files: Readonly<Record<string, string>>) {
  const model = await server();
  model.respond(hangBeforeHeaders());
  const docket = await docketAt({ baseUrl: model.url, settings: { concurrency: 1 } });
  const { id } = must(await docket.batches.create([await folderOf(files)], { recipe }));
  await model.waitUntil(() => model.hanging === 1);
  const isAsked = (name: string) => model.chatRequests.some(({ prompt }) => prompt.includes(name));
  const rows = (await rowsOf(docket, id)).map((row) => ({ id: row.id, name: basename(row.name) }));
  const hung = rows.find(({ name }) => isAsked(name));
  const [next, last] = rows.filter((row) => row !== hung);
  if (hung === undefined || next === undefined) throw new Error('No file hangs before another one.');
  return { model, docket, id, isAsked, hung, next, last };
}

const namesOf = async (docket: TestDocket, id: string) => (await rowsOf(docket, id)).map(({ name }) => basename(name));

async function exportedNames(docket: TestDocket, id: string, choice?: ExportChoice): Promise<readonly string[]> {
  const batch = await batchNow(docket, id);
  let csv = '';
  const pieces =
    choice === undefined
      ? exportCsv(docket.store.read, batch)
      : exportBatch({ read: docket.store.read, xlsxWorker }, batch, choice);
  for await (const piece of pieces) csv += String(piece);
  const rows = Papa.parse<Record<string, string>>(csv.slice(1), { header: true, skipEmptyLines: true }).data;
  return rows.map(({ File }) => File?.slice(File.lastIndexOf('/') + 1) ?? '');
}

describe('a file that is removed from a batch', () => {
  it('is in no count, list or export, and comes back exactly as it was', async () => {
    const { docket, id, first, second, third } = await answered();
    must(await docket.batches.correct(first.id, 'city', 'Potsdam'));
    await docket.batches.check(id, [first.id, second.id], true);
    const before = { batch: await batchNow(docket, id), rows: await rowsOf(docket, id) };

    expect(must(await docket.batches.removeItems(id, [first.id]))).toEqual([first.id]);
    expect((await batchNow(docket, id)).counts).toMatchObject({ total: 2, done: 2, checked: 1, removed: 1 });
    expect((await batchNow(docket, id)).bytes).toBeLessThan(before.batch.bytes);
    expect(await namesOf(docket, id)).toEqual(['note 002.txt', 'note 003.txt']);
    expect(await exportedNames(docket, id)).toEqual(['note 002.txt', 'note 003.txt']);
    const chosen: ExportChoice = { format: 'csv', only: 'all', items: [third.id, first.id] };
    expect(await exportedNames(docket, id, chosen)).toEqual(['note 003.txt']);
    const view = { ...wholeTable, only: 'removed', batchId: id, locale: 'en' } as const;
    expect([...(await docket.store.read.viewOfItems(view))]).toEqual([first.id]);

    expect(must(await docket.batches.restoreItems(id, [first.id, second.id]))).toEqual([first.id]);
    expect(await rowsOf(docket, id)).toEqual(before.rows);
    expect(await batchNow(docket, id)).toEqual(before.batch);
  });

  it('is not run again with the others, also when it had failed', async () => {
    const { model, docket, id, first } = await answered();
    must(await docket.batches.changeRecipe(id, reworded));
    model.respond(status(400));
    await startAgain(docket, id);
    expect((await batchNow(docket, id)).counts.failed).toBe(3);
    must(await docket.batches.removeItems(id, [first.id]));
    model.respond(text('Paris'));
    must(await docket.batches.retryFailed(id));
    await docket.batches.settled(id);
    expect((await batchNow(docket, id)).counts).toMatchObject({ total: 2, done: 2, failed: 0, removed: 1 });
    must(await docket.batches.restoreItems(id, [first.id]));
    expect((await batchNow(docket, id)).counts).toMatchObject({ total: 3, done: 2, failed: 1, removed: 0 });
  });

  it('waits to be asked once it is back, if the questions changed meanwhile', async () => {
    const { model, docket, id, first } = await answered();
    must(await docket.batches.removeItems(id, [first.id]));
    must(await docket.batches.changeRecipe(id, reworded));
    must(await docket.batches.restoreItems(id, [first.id]));
    expect((await batchNow(docket, id)).counts).toMatchObject({ queued: 3, removed: 0 });
    model.respond(text('Paris'));
    await startAgain(docket, id);
    const values = (await rowsOf(docket, id)).map(({ answers }) => answers[0]?.value);
    expect(values).toEqual(Array.from({ length: 3 }, () => ({ type: 'text', text: 'Paris' })));
  });

  it('is given up while it runs, on record, and the others go on', async () => {
    const { model, docket, id, hung } = await hanging({ 'a.txt': 'Text a.', 'b.txt': 'Text b.' });
    model.respond(text('Berlin'));
    must(await docket.batches.removeItems(id, [hung.id]));
    await docket.batches.settled(id);
    expect(await batchNow(docket, id)).toMatchObject({ status: 'finished', counts: { total: 1, done: 1, removed: 1 } });
    const removed = await docket.store.read.readItemDetail(hung.id);
    expect(removed?.calls.map((call) => call.status)).toEqual(['cancelled']);
    // Where nothing runs any more, it was not run.
    must(await docket.batches.restoreItems(id, [hung.id]));
    expect((await batchNow(docket, id)).counts).toMatchObject({ total: 2, done: 1, cancelled: 1, removed: 0 });
    must(await docket.batches.retryItems(id, [hung.id]));
    await docket.batches.settled(id);
    expect((await batchNow(docket, id)).counts).toMatchObject({ total: 2, done: 2 });
  });

  it('is run when it is brought back before the others are done', async () => {
    const files = { 'a.txt': 'Text a.', 'b.txt': 'Text b.', 'c.txt': 'Text c.' };
    const { model, docket, id, isAsked, hung, next, last } = await hanging(files);
    must(await docket.batches.removeItems(id, [hung.id, next.id]));
    await model.waitUntil(() => isAsked(last?.name ?? 'no file'));
    expect(must(await docket.batches.progress(id)).batch.counts).toMatchObject({ total: 1, removed: 2 });
    must(await docket.batches.restoreItems(id, [hung.id, next.id]));
    model.respond(text('Berlin'));
    model.release();
    await docket.batches.settled(id);
    expect((await batchNow(docket, id)).counts).toMatchObject({ total: 3, done: 3, queued: 0, removed: 0 });
    const told = docket.payloads('batch.progress').at(-1);
    expect(told?.batch.counts).toMatchObject({ total: 3, done: 3, queued: 0, running: 0, removed: 0 });
  });

  it('does not wait for a copy of it that runs, nor lets a third one be asked meanwhile', async () => {
    const { model, docket, id, next } = await hanging({ 'a.txt': 'Same.', 'b.txt': 'Same.', 'c.txt': 'Same.' });
    must(await docket.batches.removeItems(id, [next.id]));
    model.respond(text('Berlin'));
    model.release();
    await docket.batches.settled(id);
    expect((await batchNow(docket, id)).counts).toMatchObject({ total: 2, done: 2, removed: 1 });
    expect(model.chatRequestCount).toBe(1);
  });

  it('is not among those that are asked once more by another batch', async () => {
    const { docket, id, first } = await answered();
    must(await docket.batches.removeItems(id, [first.id]));
    const again = await docket.store.write.insertBatchAgain({ ...newBatch('b2'), againOf: id });
    expect(again?.batch.counts).toMatchObject({ total: 2, queued: 2, removed: 0 });
    expect(await namesOf(docket, 'b2')).toEqual(['note 002.txt', 'note 003.txt']);
  });

  it('can only be one of a batch whose folders were read', async () => {
    const { docket } = await answered();
    await docket.store.write.insertBatch(newBatch('b1'));
    expect(problemOf(await docket.batches.removeItems('b1', [1])).message).toMatch(/have not been read to the end/);
  });
});
