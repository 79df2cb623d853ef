import { rm, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ItemRow } from '../../src/shared/batch-data.ts';
import { cellsOf } from '../support/answers.ts';
import {
  batchNow,
  must,
  openDocket,
  problemOf,
  rowsOf,
  runBatch,
  startAgain,
  type TestDocket,
} from '../support/docket.ts';
import { firstFiles } from '../support/first-files.ts';
import type { ModelServer } from '../support/model-server.ts';
import { hangBeforeHeaders, prompted, status } from '../support/model-server-replies.ts';
import { docketAt, folderOf, folderOfNotes, noteText, server, tempFolder } from '../support/workspace.ts';

/** Starts a batch of notes and resolves when `done` of them are done and the next ones hang. */
async function runPartly(docket: TestDocket, model: ModelServer, folder: string, done: number): Promise<string> {
  const isAnswered = firstFiles(done);
  model.respond((request) => (isAnswered(request) ? undefined : hangBeforeHeaders()));
  const { id } = must(await docket.batches.create([folder]));
  await docket.waitFor('batch.progress', ({ batch }) => batch.id === id && batch.counts.done === done);
  await model.waitUntil(() => model.hanging === 5);
  return id;
}

/** The rows that a window saw starting since a moment. */
function startedSince(docket: TestDocket, eventCount: number): readonly string[] {
  const changed = docket.events
    .slice(eventCount)
    .flatMap((event) => (event.name === 'batch.progress' ? event.payload.changed : []));
  return [...new Set(changed.map((row) => row.name))];
}

/** The notes of a batch that are done, and the others, as `note 001`. */
async function sortedNotes(docket: TestDocket, batchId: string) {
  const rows = await rowsOf(docket, batchId);
  const notesOf = (some: readonly ItemRow[]) => some.map((row) => basename(row.name, '.txt'));
  const isDone = (row: ItemRow) => row.status === 'done';
  return { done: notesOf(rows.filter(isDone)), open: notesOf(rows.filter((row) => !isDone(row))) };
}

/** The notes that a model was asked about. */
function askedOf(model: ModelServer): readonly string[] {
  return [...new Set(model.chatRequests.map((request) => /note \d+/.exec(request.prompt)?.[0] ?? ''))].sort();
}

describe('cancel', () => {
  it('aborts what is in flight and keeps what is done', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    const id = await runPartly(docket, model, await folderOfNotes(10), 4);

    const batch = must(await docket.batches.cancel(id));

    expect(batch).toMatchObject({ status: 'cancelled', counts: { done: 4, cancelled: 6, queued: 0, running: 0 } });
    await model.waitUntil(() => model.inFlight === 0);
    expect(model.chatRequests.filter((request) => request.outcome === 'clientLeft')).toHaveLength(5);
    const rows = await rowsOf(docket, id);
    for (const row of rows.filter(({ status }) => status === 'done')) {
      expect(row.problem).toBeNull();
      expect(cellsOf(row).summary).toBe(`This is ${basename(row.name, '.txt')}.`);
    }
    await docket.audit.drain();
    const cancelled = await docket.store.read.pageOfCalls({ status: 'cancelled', limit: 100 });
    const calls = await Promise.all(cancelled.rows.map(({ id }) => docket.store.read.callDetail(id)));
    expect(calls.filter((call) => call?.sent)).toHaveLength(5);
    expect(docket.audit.inFlight()).toBe(0);
  });

  it('is followed by a run of the rest only', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    const id = await runPartly(docket, model, await folderOfNotes(10), 4);
    await docket.batches.cancel(id);
    const { open } = await sortedNotes(docket, id);
    model.reset();
    model.respond(prompted());
    const before = docket.events.length;

    const batch = await startAgain(docket, id);

    expect(batch).toMatchObject({ status: 'finished', counts: { done: 10, total: 10 } });
    expect(open).toHaveLength(6);
    expect(askedOf(model)).toEqual(open);
    expect(model.chatRequestCount).toBe(18);
    expect(startedSince(docket, before).toSorted()).toEqual(open.map((note) => `papers/${note}.txt`));
  });

  it('keeps the tasks of a file that were done, and does not ask for them again', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    model.respond((request) => (request.task === 'summary' ? hangBeforeHeaders() : undefined));
    const { id } = must(await docket.batches.create([await folderOfNotes(1)]));
    await model.waitUntil(() => model.hanging === 1);
    const answered = async () =>
      (await docket.store.read.pageOfCalls({ kind: 'analysis', status: 'ok', limit: 9 })).rows.length;
    await expect.poll(answered).toBe(2);
    await docket.batches.cancel(id);
    model.reset();
    model.respond(prompted());

    const batch = await startAgain(docket, id);

    expect(batch.counts.done).toBe(1);
    expect(model.chatRequests.map((request) => request.task)).toEqual(['summary']);
    expect(cellsOf((await rowsOf(docket, id))[0])).toEqual({
      summary: 'This is note 001.',
      sentiment: 'negative',
      topics: 'delivery, about, again',
    });
  });

  it('leaves a finished batch finished', async () => {
    const docket = await docketAt({ baseUrl: (await server()).url });
    const { id } = await runBatch(docket, [await folderOfNotes(2)]);

    const batch = must(await docket.batches.cancel(id));

    expect(batch).toMatchObject({ status: 'finished', counts: { done: 2, cancelled: 0 } });
  });

  it('while folders are read leaves a batch that reads them again when it is started', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    const created = must(await docket.batches.create([await folderOfNotes(30)]));
    const cancelled = must(await docket.batches.cancel(created.id));

    expect(cancelled.status).toBe('cancelled');
    expect(cancelled.counts).toMatchObject({ queued: 0, running: 0, done: 0 });
    expect(model.chatRequestCount).toBe(0);

    expect(await startAgain(docket, created.id)).toMatchObject({
      status: 'finished',
      counts: { total: 30, done: 30, cancelled: 0 },
    });
  });
});

describe('retry failed', () => {
  it('asks again only for what failed', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    const refused = (request: { prompt: string; task: string }) =>
      (request.task === 'topics' && request.prompt.includes('note 001')) || request.prompt.includes('note 003');
    model.respond((request) => (refused(request) ? status(400) : undefined));
    const { id } = await runBatch(docket, [await folderOfNotes(4)]);
    model.reset();
    model.respond(prompted());

    must(await docket.batches.retryFailed(id));
    await docket.batches.settled(id);

    expect(await batchNow(docket, id)).toMatchObject({ status: 'finished', counts: { done: 4, failed: 0 } });
    const asked = model.chatRequests.map((request) => [/note \d+/.exec(request.prompt)?.[0], request.task]);
    expect(asked.sort()).toEqual([
      ['note 001', 'topics'],
      ['note 003', 'sentiment'],
      ['note 003', 'summary'],
      ['note 003', 'topics'],
    ]);
  });

  it('that is cancelled loses nothing that an earlier run had found', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    model.respond((request) => (request.task === 'topics' ? status(400) : undefined));
    const { id } = await runBatch(docket, [await folderOfNotes(1)]);
    model.respond(hangBeforeHeaders());
    must(await docket.batches.retryFailed(id));
    await model.waitUntil(() => model.hanging === 1);

    await docket.batches.cancel(id);

    const [row] = await rowsOf(docket, id);
    expect(row?.status).toBe('cancelled');
    expect(cellsOf(row).summary).toBe('This is note 001.');
  });

  it('does not start a batch that still waits for its go', async () => {
    const docket = await docketAt({ settings: remote() });
    const { id } = must(await docket.batches.create([join(await tempFolder(), 'gone.txt'), await folderOfNotes(1)]));
    await docket.batches.settled(id);

    expect(problemOf(await docket.batches.retryFailed(id)).code).toBe('not_allowed');
    expect(await batchNow(docket, id)).toMatchObject({ status: 'ready', counts: { queued: 1, failed: 1 } });
  });
});

describe('two wishes at once', () => {
  it('start a batch once', async () => {
    const model = await server({ latencyMs: 5 });
    const docket = await docketAt({ baseUrl: model.url });
    const id = await runPartly(docket, model, await folderOfNotes(10), 2);
    await docket.batches.cancel(id);
    model.reset();
    model.respond(prompted());

    const answers = await Promise.all([
      docket.batches.start(id),
      docket.batches.start(id),
      docket.batches.retryFailed(id),
    ]);
    await docket.batches.settled(id);

    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(await batchNow(docket, id)).toMatchObject({ status: 'finished', counts: { done: 10 } });
    expect(model.chatRequestCount).toBe(8 * 3);
    expect(docket.batches.activeBatches()).toBe(0);
    expect(docket.logged).toEqual([]);
  });

  it('leave a batch cancelled when it was cancelled while it started', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    const id = await runPartly(docket, model, await folderOfNotes(10), 2);
    await docket.batches.cancel(id);
    model.respond(hangBeforeHeaders());

    const [started, cancelled] = await Promise.all([docket.batches.start(id), docket.batches.cancel(id)]);

    expect(started.ok).toBe(true);
    expect(must(cancelled)).toMatchObject({ status: 'cancelled', counts: { done: 2, cancelled: 8 } });
    expect(docket.batches.activeBatches()).toBe(0);
  });

  it('remove a batch for good while it starts', async () => {
    const model = await server({ latencyMs: 5 });
    const docket = await docketAt({ baseUrl: model.url });
    const { id } = must(await docket.batches.create([await folderOfNotes(5)]));

    await docket.batches.remove(id);
    await docket.batches.settled(id);

    expect(docket.batches.activeBatches()).toBe(0);
    expect(await docket.batches.list()).toEqual([]);
    expect(problemOf(await docket.batches.start(id)).code).toBe('invalid_input');
  });
});

describe('a resumed batch', () => {
  it('runs an edited file again, and a finished one never', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    const folder = await folderOfNotes(6);
    const id = await runPartly(docket, model, folder, 4);
    await docket.batches.cancel(id);
    const { done, open } = await sortedNotes(docket, id);
    const edited = done[1] ?? '';
    await writeFile(join(folder, `${edited}.txt`), `This is ${edited}, and it is good now.`);
    model.reset();
    model.respond(prompted());
    const before = docket.events.length;

    const batch = await startAgain(docket, id);

    expect(batch.counts).toMatchObject({ done: 6, total: 6 });
    expect(open).toHaveLength(2);
    expect(askedOf(model)).toEqual([edited, ...open].sort());
    expect(model.chatRequestCount).toBe(9);
    expect(startedSince(docket, before)).toHaveLength(3);
    const happy = (await rowsOf(docket, id)).filter((row) => cellsOf(row).sentiment === 'positive');
    expect(happy.map((row) => row.name)).toEqual([`papers/${edited}.txt`]);
  });

  it('asks nothing again for a file that was only touched', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    const folder = await folderOfNotes(2);
    const { id } = await runBatch(docket, [folder]);
    await utimes(join(folder, 'note 001.txt'), new Date(), new Date(Date.now() + 60_000));
    model.reset();

    const batch = await startAgain(docket, id);

    expect(batch).toMatchObject({ status: 'finished', counts: { done: 2 } });
    expect(model.chatRequestCount).toBe(0);
    const [row] = await rowsOf(docket, id);
    expect(row?.status).toBe('done');
    expect(cellsOf(row).summary).toBe('This is note 001.');
  });

  it('keeps the result of a file that is gone', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    const folder = await folderOf({ 'a.txt': noteText('a') });
    const { id } = await runBatch(docket, [folder]);
    await rm(join(folder, 'a.txt'));

    expect(await startAgain(docket, id)).toMatchObject({ status: 'finished', counts: { done: 1, failed: 0 } });
    expect(cellsOf((await rowsOf(docket, id))[0]).summary).toBe('This is a.');
  });

  it('is another one when the model or the paths are others', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    const folder = await folderOfNotes(6);
    const id = await runPartly(docket, model, folder, 1);
    await docket.batches.cancel(id);
    const found = async (paths: readonly string[], of?: string) =>
      (await docket.batches.findUnfinished(paths, { model: of }))?.id ?? null;

    expect(await found([folder])).toBe(id);
    expect(await found([folder], 'gpt-4o-mini')).toBe(id);
    expect(await found([folder], 'gpt-4o')).toBeNull();
    expect(await found([join(folder, 'note 001.txt')])).toBeNull();
  });

  it('asks another model for all of it', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    const folder = await folderOfNotes(2);
    await runBatch(docket, [folder]);
    await docket.settings.save({ ...docket.settings.current(), model: 'gpt-4o' });

    const batch = await runBatch(docket, [folder]);

    expect(batch).toMatchObject({ model: 'gpt-4o', counts: { done: 2 } });
    expect(model.chatRequests.map((request) => request.body.model).sort()).toEqual([
      ...Array(6).fill('gpt-4o'),
      ...Array(6).fill('gpt-4o-mini'),
    ]);
  });
});

describe('a quit', () => {
  it('leaves a running batch interrupted, and the next start of Docket resumes it', async () => {
    const model = await server();
    const dataDir = await tempFolder();
    const first = await openDocket({ dataDir, baseUrl: model.url });
    const id = await runPartly(first, model, await folderOfNotes(10), 4);
    await first.close();
    expect(first.logged).toEqual([]);
    await model.waitUntil(() => model.inFlight === 0);
    model.reset();
    model.respond(prompted());

    const second = await docketAt({ dataDir });
    expect(second.recovery).toEqual({ callsInDoubt: 0, callsNotSent: 0, repliesInterrupted: 0, batchesInterrupted: 0 });
    expect(await batchNow(second, id)).toMatchObject({
      status: 'interrupted',
      counts: { done: 4, queued: 6, running: 0 },
    });
    expect(second.batches.activeBatches()).toBe(0);
    expect(model.chatRequestCount).toBe(0);

    expect(await startAgain(second, id)).toMatchObject({ status: 'finished', counts: { done: 10 } });
    expect(model.chatRequestCount).toBe(18);
  });

  it('while folders are read leaves a batch that reads them again when it is started', async () => {
    const model = await server();
    const dataDir = await tempFolder();
    const first = await openDocket({ dataDir, baseUrl: model.url });
    const created = must(await first.batches.create([await folderOfNotes(30)]));
    await first.close();
    expect(first.logged).toEqual([]);

    const second = await docketAt({ dataDir });
    expect((await batchNow(second, created.id)).status).toBe('interrupted');
    expect(await startAgain(second, created.id)).toMatchObject({
      status: 'finished',
      counts: { total: 30, done: 30 },
    });
    expect(model.chatRequestCount).toBe(90);
  });

  it('at any step of a batch of many leaves nothing half said', async () => {
    const model = await server();
    const folder = await folderOfNotes(3);
    for (const moment of ['batch.changed', 'batch.progress', 'status.changed'] as const) {
      const dataDir = await tempFolder();
      const first = await openDocket({ dataDir, baseUrl: model.url });
      const { id } = must(await first.batches.create([folder]));
      await first.waitFor(moment, () => true);
      await first.close();
      expect(first.logged).toEqual([]);
      const second = await docketAt({ dataDir });
      expect(second.recovery).toEqual({
        callsInDoubt: 0,
        callsNotSent: 0,
        repliesInterrupted: 0,
        batchesInterrupted: 0,
      });
      expect(['interrupted', 'finished']).toContain((await batchNow(second, id)).status);
      expect(await startAgain(second, id)).toMatchObject({ status: 'finished', counts: { total: 3, done: 3 } });
    }
  });

  it('refuses what comes after it', async () => {
    const docket = await docketAt({ baseUrl: (await server()).url });
    const { id } = await runBatch(docket, [await folderOfNotes(1)]);
    const closing = docket.batches.close();

    expect(problemOf(await docket.batches.start(id)).code).toBe('shutting_down');
    expect(problemOf(await docket.batches.retryFailed(id)).code).toBe('shutting_down');
    expect(problemOf(await docket.batches.create([])).code).toBe('shutting_down');
    await closing;
  });
});

/** A host that does not exist, and is not this machine. */
function remote() {
  return { provider: 'other', baseUrl: 'http://model.invalid/v1', model: 'gpt-4o-mini' } as const;
}
