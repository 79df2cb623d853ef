/** A folder that is watched: on a real folder, with real events. */
import { cp, mkdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { batchNow, must, problemOf, rowsOf, runBatch } from '../support/docket.ts';
import { docketAt, folderOf, server } from '../support/workspace.ts';
import { asked, batchUntil, done, logUntil, namesOf, saw, unlimited, until, watched } from './watching.ts';

describe('a watched folder', () => {
  it('has a new file read and asked as it comes, and says so', async () => {
    const { model, docket, folder, id } = await watched();
    await mkdir(join(folder, 'March'));
    await writeFile(join(folder, 'March', 'b.txt'), 'Two.');
    expect(await logUntil(docket, id, asked)).toMatchObject([
      { what: 'on', limits: unlimited },
      { what: 'saw', counts: { added: 1 }, names: [{ sight: 'added', name: 'papers/March/b.txt' }] },
      { what: 'asked', files: 1, failed: 0 },
    ]);
    const batch = await batchUntil(docket, id, done(2));
    expect(batch.watch).toMatchObject({ foundToday: 1, hold: null, trouble: null });
    expect(await namesOf(docket, id)).toEqual(['papers/a.txt', 'papers/March/b.txt']);
    expect(model.chatRequests.every(({ prompt }) => prompt.includes('Two.'))).toBe(true);
  });

  it('has a file that was edited asked again, and one that was only saved not', async () => {
    const { model, docket, folder, id } = await watched({ files: { 'a.txt': 'One.', 'b.txt': 'Two.' } });
    await utimes(join(folder, 'b.txt'), new Date(), new Date());
    await writeFile(join(folder, 'a.txt'), 'One and a half.');
    const log = await logUntil(docket, id, asked);
    expect(log).toMatchObject([{ what: 'on' }, { what: 'saw', counts: { edited: 1 } }, { what: 'asked', files: 1 }]);
    expect(model.chatRequests.every(({ prompt }) => prompt.includes('half'))).toBe(true);
  });

  it('takes in what came while Docket was closed', async () => {
    const { model, docket, folder, id } = await watched();
    await docket.close();
    await writeFile(join(folder, 'b.txt'), 'Two.');
    const next = await docketAt({ dataDir: docket.dataDir, baseUrl: model.url });
    await next.batches.resumeWatches();
    await batchUntil(next, id, done(2));
    expect((await batchNow(next, id)).watch).toMatchObject({ limits: unlimited, foundToday: 1 });
  });

  it('takes in what came before it was watched', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    const folder = await folderOf({ 'a.txt': 'One.' });
    const { id } = await runBatch(docket, [folder]);
    await writeFile(join(folder, 'b.txt'), 'Two.');
    must(await docket.batches.watch(id, unlimited));
    await batchUntil(docket, id, done(2));
  });

  it('leaves out lock files and downloads until they have their own name', async () => {
    const { docket, folder, id } = await watched();
    await writeFile(join(folder, '~$a.docx'), 'lock');
    await writeFile(join(folder, '.~lock.a.odt#'), 'lock');
    await writeFile(join(folder, 'b.pdf.crdownload'), 'part');
    await writeFile(join(folder, 'c.txt.part'), 'Three.');
    await rename(join(folder, 'c.txt.part'), join(folder, 'c.txt'));
    await logUntil(docket, id, asked);
    expect(await namesOf(docket, id)).toEqual(['papers/a.txt', 'papers/c.txt']);
  });

  it('asks nothing about a file or folder that was renamed: its row has the new name', async () => {
    const { model, docket, folder, id } = await watched({ files: { 'a.txt': 'One.', 'May/b.txt': 'Two.' } });
    await rename(join(folder, 'May'), join(folder, 'June'));
    await rename(join(folder, 'a.txt'), join(folder, 'c.txt'));
    await until(
      docket,
      () => namesOf(docket, id),
      (names) => names.includes('papers/June/b.txt') && names.includes('papers/c.txt'),
    );
    expect(await rowsOf(docket, id)).toMatchObject([
      { status: 'done', goneAt: null },
      { status: 'done', goneAt: null },
    ]);
    expect(model.requests).toEqual([]);
  });

  it('keeps the row of a file that is gone, and says that it is', async () => {
    const { docket, folder, id } = await watched({ files: { 'a.txt': 'One.', 'b.txt': 'Two.' } });
    await rm(join(folder, 'b.txt'));
    await logUntil(docket, id, saw('gone'));
    expect(await rowsOf(docket, id)).toMatchObject([
      { status: 'done', goneAt: null },
      { status: 'done', goneAt: expect.any(Number) },
    ]);
    await writeFile(join(folder, 'b.txt'), 'Two.');
    await logUntil(docket, id, saw('back'));
    expect(await rowsOf(docket, id)).toMatchObject([{ goneAt: null }, { status: 'done', goneAt: null }]);
  });

  it('takes in a burst at once', async () => {
    const { docket, folder, id } = await watched();
    await Promise.all(Array.from({ length: 60 }, (_, n) => writeFile(join(folder, `n${n}.txt`), `Note ${n}.`)));
    await batchUntil(docket, id, done(61));
    const log = await docket.batches.watchLog(id);
    expect(log.filter(({ what }) => what === 'saw').length).toBeLessThanOrEqual(3);
  });

  it('is not watched any more once that is ended, also after a restart', async () => {
    const { model, docket, folder, id } = await watched();
    expect(must(await docket.batches.unwatch(id)).watch).toBeNull();
    await docket.close();
    await writeFile(join(folder, 'b.txt'), 'Two.');
    const next = await docketAt({ dataDir: docket.dataDir, baseUrl: model.url });
    await next.batches.resumeWatches();
    expect(await next.store.read.watchedBatches()).toEqual([]);
    expect((await next.batches.watchLog(id)).map(({ what }) => what)).toEqual(['off', 'on']);
  });

  it('is refused where nothing but files was added', async () => {
    const docket = await docketAt();
    const folder = await folderOf({ 'a.txt': 'One.' });
    const { id } = await runBatch(docket, [join(folder, 'a.txt')]);
    expect(problemOf(await docket.batches.watch(id, unlimited)).message).toMatch(/no folder/);
  });
});

describe('what a watch may ask', () => {
  it('stops at the limit of files for a day; the others wait, and go on when a person starts them', async () => {
    const { model, docket, folder, id } = await watched({ limits: { filesPerDay: 2, tokensPerDay: null } });
    for (const name of ['b', 'c', 'd', 'e']) await writeFile(join(folder, `${name}.txt`), `Text ${name}.`);
    const held = await batchUntil(docket, id, ({ watch, status }) => watch?.hold != null && status === 'ready');
    expect(held).toMatchObject({
      counts: { done: 3, queued: 2 },
      watch: { hold: { code: 'watch_limit', params: { what: 'files', limit: 2 } } },
    });
    const before = model.chatRequestCount;
    must(await docket.batches.start(id));
    const after = await batchUntil(docket, id, (batch) => done(5)(batch) && batch.watch?.hold === null);
    expect(after.counts.queued).toBe(0);
    expect(model.chatRequestCount).toBeGreaterThan(before);
  });

  it('stops at the limit of tokens for a day, and goes on when it is raised', async () => {
    const { docket, folder, id } = await watched({ limits: { filesPerDay: null, tokensPerDay: 1_000 } });
    const files = Array.from({ length: 60 }, (_, n) => `n${n}.txt`);
    await Promise.all(files.map((name) => writeFile(join(folder, name), `Text of ${name}.`)));
    const held = await batchUntil(docket, id, ({ watch, status }) => watch?.hold != null && status === 'ready');
    expect(held.watch?.hold).toMatchObject({ code: 'watch_limit', params: { what: 'tokens', limit: 1_000 } });
    expect(held.counts.queued).toBeGreaterThan(0);
    must(await docket.batches.watch(id, unlimited));
    await batchUntil(docket, id, done(61));
  });

  it('sends nothing to another provider than the one that a person agreed to', async () => {
    const { model, docket, folder, id } = await watched();
    const other = await server();
    await docket.settings.change({ baseUrl: other.url });
    await writeFile(join(folder, 'b.txt'), 'Two.');
    const held = await batchUntil(docket, id, ({ watch }) => watch?.hold != null);
    expect(held).toMatchObject({ status: 'ready', counts: { queued: 1 }, watch: { hold: { code: 'not_allowed' } } });
    expect([...model.requests, ...other.requests].filter(({ path }) => path.includes('chat'))).toEqual([]);
    await docket.settings.change({ baseUrl: model.url });
    await batchUntil(docket, id, (batch) => done(2)(batch) && batch.watch?.hold === null);
  });

  it('has files wait while the server is away, and asks them by itself when it is back', async () => {
    const quickly = { hostWaitMs: () => 50, watchTimes: { againAfterMs: 100 } };
    const { model, docket, folder, id } = await watched(quickly);
    await model.goAway();
    await writeFile(join(folder, 'b.txt'), 'Two.');
    const held = await batchUntil(docket, id, ({ watch }) => watch?.hold != null);
    expect(held).toMatchObject({ counts: { failed: 0, queued: 1 }, watch: { hold: { code: 'connection_failed' } } });
    await model.comeBack();
    await batchUntil(docket, id, (batch) => done(2)(batch) && batch.watch?.hold === null);
  });

  it('does not begin what a person has not started', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    const folder = await folderOf({ 'a.txt': 'One.' });
    const { id } = must(await docket.batches.create([folder], { start: false }));
    await docket.batches.settled(id);
    must(await docket.batches.watch(id, unlimited));
    await writeFile(join(folder, 'b.txt'), 'Two.');
    await logUntil(docket, id, saw('added'));
    expect(await batchNow(docket, id)).toMatchObject({ status: 'ready', counts: { queued: 2 } });
    expect(model.chatRequestCount).toBe(0);
  });
});

describe('a watched folder that is not there', () => {
  it('is told, loses no row, and is watched again when it is back', async () => {
    const { docket, folder, id } = await watched();
    const elsewhere = join(dirname(folder), 'elsewhere');
    await rename(folder, elsewhere);
    await batchUntil(docket, id, ({ watch }) => watch?.trouble != null);
    expect((await batchNow(docket, id)).watch?.trouble).toMatchObject({ params: { reason: 'gone', path: folder } });
    expect(await rowsOf(docket, id)).toMatchObject([{ status: 'done', goneAt: null }]);
    await writeFile(join(elsewhere, 'b.txt'), 'Two.');
    await rename(elsewhere, folder);
    await batchUntil(docket, id, (batch) => done(2)(batch) && batch.watch?.trouble === null);
    await writeFile(join(folder, 'c.txt'), 'Three.');
    await batchUntil(docket, id, done(3));
  });

  it('is told when it is empty, as the folder of a drive that was taken away', async () => {
    const { docket, folder, id } = await watched();
    const drive = join(dirname(folder), 'drive');
    await cp(folder, drive, { recursive: true, preserveTimestamps: true });
    await rm(join(folder, 'a.txt'));
    const away = await batchUntil(docket, id, ({ watch }) => watch?.trouble != null);
    expect(away.watch?.trouble).toMatchObject({ params: { reason: 'empty' } });
    expect(await rowsOf(docket, id)).toMatchObject([{ status: 'done', goneAt: null }]);
    await cp(drive, folder, { recursive: true, preserveTimestamps: true });
    await batchUntil(docket, id, ({ watch }) => watch?.trouble === null);
    expect(await rowsOf(docket, id)).toMatchObject([{ status: 'done', goneAt: null }]);
  });
});
