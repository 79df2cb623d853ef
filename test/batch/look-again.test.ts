/** A folder of work gets new files, and files are edited: the batch over it can look again. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { batchNow, must, problemOf, rowsOf, runBatch, type TestDocket } from '../support/docket.ts';
import { hangBeforeHeaders } from '../support/model-server-replies.ts';
import { docketAt, folderOf, server } from '../support/workspace.ts';

async function finished(files: Readonly<Record<string, string>> = { 'a.txt': 'One.', 'b.txt': 'Two.' }) {
  const model = await server();
  const docket = await docketAt({ baseUrl: model.url });
  const folder = await folderOf(files);
  const batch = await runBatch(docket, [folder]);
  model.reset();
  return { model, docket, folder, batch };
}

async function lookAgain(docket: TestDocket, batchId: string) {
  const looked = must(await docket.batches.lookAgain(batchId));
  await docket.batches.settled(batchId);
  return looked;
}

describe('another look at the folder of a batch', () => {
  it('adds the files that have come since, in any folder, and asks about them alone', async () => {
    const { model, docket, folder, batch } = await finished();
    await mkdir(join(folder, 'March'));
    await writeFile(join(folder, 'March', 'c.txt'), 'Three.');
    await writeFile(join(folder, 'd.png'), Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\0', 'latin1'));
    expect(await lookAgain(docket, batch.id)).toMatchObject({ added: 2, edited: 0 });
    const rows = await rowsOf(docket, batch.id);
    expect(rows.map(({ name }) => name.split('/').slice(1).join('/'))).toEqual([
      'a.txt',
      'b.txt',
      'd.png',
      'March/c.txt',
    ]);
    expect(rows.map(({ status }) => status)).toEqual(['done', 'done', 'failed', 'done']);
    expect(new Set(model.chatRequests.map(({ prompt }) => /One|Two|Three/.exec(prompt)?.[0]))).toEqual(
      new Set(['Three']),
    );
  });

  it('asks again about files that were edited, and about no other', async () => {
    const { model, docket, folder, batch } = await finished();
    await writeFile(join(folder, 'b.txt'), 'Two and a half.');
    expect(await lookAgain(docket, batch.id)).toMatchObject({ added: 0, edited: 1 });
    expect(await batchNow(docket, batch.id)).toMatchObject({ status: 'finished', counts: { total: 2, done: 2 } });
    expect(model.chatRequests.every(({ prompt }) => prompt.includes('half'))).toBe(true);
    expect(model.chatRequestCount).toBeGreaterThan(0);
  });

  it('changes nothing where nothing is new, not even when the batch ended', async () => {
    const { model, docket, batch } = await finished();
    const before = await batchNow(docket, batch.id);
    expect(await lookAgain(docket, batch.id)).toMatchObject({ added: 0, edited: 0 });
    expect(await batchNow(docket, batch.id)).toEqual(before);
    expect(model.requests).toEqual([]);
  });

  it('keeps the results of files that are gone', async () => {
    const { docket, folder, batch } = await finished();
    await rm(join(folder, 'a.txt'));
    expect(await lookAgain(docket, batch.id)).toMatchObject({ added: 0, edited: 0 });
    expect((await rowsOf(docket, batch.id)).map(({ status }) => status)).toEqual(['done', 'done']);
  });

  it('leaves out what was removed from the batch by hand', async () => {
    const { docket, batch } = await finished();
    const [first] = await rowsOf(docket, batch.id);
    must(await docket.batches.removeItems(batch.id, [first?.id ?? 0]));
    expect(await lookAgain(docket, batch.id)).toMatchObject({ added: 0 });
    expect(await batchNow(docket, batch.id)).toMatchObject({ counts: { total: 1, done: 1, removed: 1 } });
  });

  it('leaves a batch that waits to be started waiting, with the new files', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    const folder = await folderOf({ 'a.txt': 'One.' });
    const { id } = must(await docket.batches.create([folder], { start: false }));
    await docket.batches.settled(id);
    await writeFile(join(folder, 'b.txt'), 'Two.');
    expect(await lookAgain(docket, id)).toMatchObject({ added: 1, batch: { status: 'ready' } });
    expect(await batchNow(docket, id)).toMatchObject({ status: 'ready', counts: { queued: 2 } });
    expect(model.chatRequestCount).toBe(0);
  });

  it('leaves a batch ready whose new files would leave this machine', async () => {
    const { docket, folder, batch } = await finished();
    const elsewhere = { ...batch, local: false };
    await docket.store.write.retargetBatch(batch.id, { ...elsewhere, source: 'elsewhere' });
    await writeFile(join(folder, 'c.txt'), 'Three.');
    expect(await lookAgain(docket, batch.id)).toMatchObject({ added: 1, batch: { status: 'ready' } });
  });

  it('leaves a batch ready when it was cut off, with what it had found by then', async () => {
    const { docket, folder, batch } = await finished();
    // As a kill leaves it: on record, and nothing run yet.
    const file = { path: join(folder, 'c.txt'), name: 'Letters/c.txt', bytes: 6, modifiedAt: 0, problem: null };
    await docket.store.write.addItems(batch.id, [file]);
    await docket.close();
    const next = await docketAt({ dataDir: docket.dataDir });
    expect(await batchNow(next, batch.id)).toMatchObject({ status: 'ready', counts: { done: 2, queued: 1 } });
  });

  it('counts the names it passes over, as the first one does', async () => {
    const { docket, folder, batch } = await finished();
    expect(batch.skipped).toBe(0);
    await writeFile(join(folder, '.draft.txt'), 'Hidden.');
    await writeFile(join(folder, 'Thumbs.db'), '');
    expect(await lookAgain(docket, batch.id)).toMatchObject({ added: 0, batch: { skipped: 2 } });
    await rm(join(folder, 'Thumbs.db'));
    await writeFile(join(folder, 'c.txt'), 'Three.');
    await lookAgain(docket, batch.id);
    expect(await batchNow(docket, batch.id)).toMatchObject({ skipped: 1, counts: { total: 3, done: 3 } });
  });

  it('is told as it goes, and can be ended: what it has found by then waits to be started', async () => {
    const { model, docket, folder, batch } = await finished();
    await writeFile(join(folder, 'b.txt'), 'Two and a half.');
    await writeFile(join(folder, 'c.txt'), 'Three.');
    const looking = docket.batches.lookAgain(batch.id);
    await docket.waitFor('batch.looking', ({ batchId, names }) => batchId === batch.id && names === 3);
    docket.batches.stopLooking(batch.id);
    expect(must(await looking)).toMatchObject({ added: 0, edited: 1, stopped: true, batch: { status: 'ready' } });
    expect(model.chatRequestCount).toBe(0);

    expect(await lookAgain(docket, batch.id)).toMatchObject({ added: 1, edited: 0, stopped: false });
    expect(await batchNow(docket, batch.id)).toMatchObject({ status: 'ready', counts: { queued: 2 } });
  });

  it('is refused while the batch runs', async () => {
    const model = await server();
    model.respond([hangBeforeHeaders()]);
    const docket = await docketAt({ baseUrl: model.url });
    const { id } = must(await docket.batches.create([await folderOf({ 'a.txt': 'One.' })]));
    await model.waitUntil(() => model.hanging > 0);
    expect(problemOf(await docket.batches.lookAgain(id)).message).toMatch(/running/);
    model.release();
    await docket.batches.settled(id);
  });
});
