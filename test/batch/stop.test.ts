import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { storeFile } from '../../src/main/store/store.ts';
import { problemSentence } from '../../src/shared/problem-words.ts';
import { batchNow, must, problemOf, rowsOf, runBatch, startAgain, type TestDocket } from '../support/docket.ts';
import { firstFiles } from '../support/first-files.ts';
import type { ModelServer } from '../support/model-server.ts';
import {
  hangBeforeHeaders,
  modelNotFound,
  prompted,
  quotaExhausted,
  type Reply,
  status,
} from '../support/model-server-replies.ts';
import { isShortQuestion } from '../support/model-server-requests.ts';
import { docketAt, folderOfNotes, server } from '../support/workspace.ts';

/** Runs 12 notes on a server that turns to one answer after four of them; then lets it recover and resumes. */
async function meetTrouble(docket: TestDocket, model: ModelServer, trouble: Reply) {
  const isEarly = firstFiles(4);
  const earlyDone = docket.waitFor('batch.progress', ({ batch }) => batch.counts.done === 4);
  model.respond((request) => (isEarly(request) ? undefined : earlyDone.then(() => trouble)));
  const stopped = await runBatch(docket, [await folderOfNotes(12)]);
  const rows = await rowsOf(docket, stopped.id);
  const requests = model.chatRequests.filter(({ prompt }) => /note \d/.test(prompt)).length;
  model.reset();
  model.respond(prompted());
  const resumed = await startAgain(docket, stopped.id);
  return { stopped, rows, requests, resumed };
}

describe('a batch stops with the reason, and the other files stay resumable', () => {
  it.each([
    ['a refused key', status(401), 'unauthorized', 401],
    ['a used-up quota', quotaExhausted(), 'quota_exhausted', 429],
    ['an unknown model', modelNotFound(), 'model_not_found', 404],
  ] as const)('on %s', async (_, trouble, code, httpStatus) => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });

    const { stopped, rows, requests, resumed } = await meetTrouble(docket, model, trouble);

    expect(stopped).toMatchObject({
      status: 'interrupted',
      problem: { code, httpStatus },
      counts: { done: 4, failed: 0, running: 0, queued: 8 },
    });
    expect(rows.filter((row) => row.problem !== null)).toEqual([]);
    // Four files, then what was in flight of two others: no third one is shown to a host that refuses.
    expect(requests).toBeLessThanOrEqual(12 + 5 + 3);
    expect(resumed).toMatchObject({ status: 'finished', problem: null, counts: { done: 12, failed: 0 } });
    expect(model.chatRequestCount).toBe(24);
  });

  it('on a server that is not there, after the time that is set', async () => {
    const model = await server();
    await model.close();
    const docket = await docketAt({ baseUrl: model.url, settings: { hostWaitMs: 100 } });

    const batch = await runBatch(docket, [await folderOfNotes(3)]);

    expect(batch).toMatchObject({ status: 'interrupted', counts: { queued: 3, failed: 0 } });
    expect(batch.problem && problemSentence(batch.problem)).toMatch(
      /^Nothing answers at 127\.0\.0\.1:\d+\. Docket waited 1 s for it\. Is the server running/,
    );
  });

  it('on a model that the server does not have, before any file is sent, with the names that it has', async () => {
    const model = await server({ models: ['gpt-4o', 'gpt-4o-mini', 'o3'] });
    model.respond(modelNotFound('gpt-4o-minii'));
    const docket = await docketAt({ baseUrl: model.url, settings: { model: 'gpt-4o-minii' } });

    const batch = await runBatch(docket, [await folderOfNotes(3)]);

    expect(batch).toMatchObject({ status: 'interrupted', counts: { queued: 3, failed: 0 } });
    expect(model.chatRequests.map(isShortQuestion)).toEqual([true]);
    expect(batch.problem && problemSentence(batch.problem, 'terminal')).toMatch(
      /does not know the model gpt-4o-minii.* It lists gpt-4o-mini, gpt-4o, o3\. Choose another with --model\.$/,
    );
  });

  it('at once, also while the list of models does not come', async () => {
    const model = await server();
    model.respondToModels(hangBeforeHeaders());
    const docket = await docketAt({ baseUrl: model.url });
    const { id } = must(await docket.batches.create([await folderOfNotes(2)], { start: true }));
    await model.waitUntil(() => model.hanging === 1);
    await docket.batches.cancel(id);
    await docket.batches.settled(id);
    expect(await batchNow(docket, id)).toMatchObject({ status: 'cancelled', counts: { done: 0, failed: 0 } });
    await docket.audit.drain();
    expect((await docket.store.read.pageOfCalls({ limit: 9 })).rows).toMatchObject([
      { task: 'models', status: 'cancelled' },
    ]);
  });

  it('but not on a model that is missing from the list alone', async () => {
    const model = await server({ models: ['gpt-4o'] });
    const docket = await docketAt({ baseUrl: model.url });
    expect(await runBatch(docket, [await folderOfNotes(2)])).toMatchObject({ status: 'finished', counts: { done: 2 } });
  });

  it('on a missing key, before anything is sent', async () => {
    const docket = await docketAt({
      settings: { provider: 'openai', baseUrl: 'https://api.openai.com/v1', model: 'm' },
    });

    const batch = await runBatch(docket, [await folderOfNotes(2)]);

    expect(batch).toMatchObject({ status: 'interrupted', problem: { code: 'not_configured' }, counts: { queued: 2 } });
    expect((await docket.store.read.historyFacets()).total).toBe(0);
  });

  it('on a store that does not take results any more', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    const disk = new Database(storeFile(docket.dataDir));
    disk.exec(`CREATE TRIGGER full_disk BEFORE UPDATE ON items WHEN NEW.status = 'done'
      BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END`);

    const stopped = await runBatch(docket, [await folderOfNotes(3)]);
    expect(stopped).toMatchObject({ status: 'interrupted', problem: { code: 'store_failed' }, counts: { done: 0 } });
    expect(docket.logged.join()).toContain('database or disk is full');
    expect(
      docket.logged.filter((line) => line.startsWith('A batch stopped.')),
      'said once',
    ).toHaveLength(1);

    disk.exec('DROP TRIGGER full_disk');
    disk.close();
    expect(await startAgain(docket, stopped.id)).toMatchObject({ status: 'finished', counts: { done: 3, running: 0 } });
  });
});

describe('a folder of which the store does not take all files', () => {
  it.each([
    ['the batch takes its end', ''],
    [
      'not even the end of the batch is taken',
      "CREATE TRIGGER fuller_disk BEFORE UPDATE ON batches BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END;",
    ],
  ])('ends with the reason, and the last thing a window hears is that: %s', async (_, more) => {
    const docket = await docketAt();
    const disk = new Database(storeFile(docket.dataDir));
    disk.exec(`CREATE TRIGGER full_disk BEFORE INSERT ON items WHEN NEW.position = 500
      BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END; ${more}`);

    const { id } = must(await docket.batches.create([await folderOfNotes(501)]));
    const told = await docket.waitFor('batch.progress', ({ batch }) => batch.status === 'interrupted');
    await docket.batches.settled(id);

    expect(told.batch).toMatchObject({ id, problem: { code: 'store_failed' }, counts: { total: 500, queued: 500 } });
    expect(docket.payloads('batch.progress').at(-1)).toEqual(told);

    disk.exec(`DROP TRIGGER full_disk; DROP TRIGGER IF EXISTS fuller_disk`);
    disk.close();
    must(await docket.batches.start(id));
    await docket.batches.settled(id);
    expect(await batchNow(docket, id)).toMatchObject({ status: 'finished', counts: { total: 501, done: 501 } });
  });
});

describe('a provider on another machine', () => {
  const remote = { provider: 'other', baseUrl: 'http://model.invalid/v1', model: 'gpt-4o-mini' } as const;

  it('waits for the go: files are listed, nothing is sent', async () => {
    const docket = await docketAt({ settings: remote });

    const { id } = must(await docket.batches.create([await folderOfNotes(3)]));
    await docket.batches.settled(id);

    expect(await batchNow(docket, id)).toMatchObject({
      status: 'ready',
      local: false,
      host: 'model.invalid',
      startedAt: null,
      counts: { total: 3, queued: 3 },
    });
    expect((await docket.store.read.historyFacets()).total).toBe(0);
    expect(docket.status().leftToday).toEqual({ calls: 0, bytes: 0, hosts: [] });
  });

  it('can be exchanged before the first result: the batch then runs with the new one', async () => {
    const model = await server();
    const docket = await docketAt({ settings: remote });
    const folder = await folderOfNotes(2);
    const { id } = must(await docket.batches.create([folder]));
    await docket.batches.settled(id);
    await docket.settings.save({ ...docket.settings.current(), baseUrl: model.url, model: 'gpt-4o' });
    model.respond(hangBeforeHeaders());

    must(await docket.batches.start(id));
    await model.waitUntil(() => model.hanging === 5);
    await docket.batches.interrupt(id);

    expect(await batchNow(docket, id)).toMatchObject({ model: 'gpt-4o', local: true, host: new URL(model.url).host });
    expect((await docket.batches.findUnfinished([folder]))?.id).toBe(id);
    await docket.settings.save({ ...docket.settings.current(), ...remote });
    expect(await docket.batches.findUnfinished([folder])).toBeNull();
  });

  it('waits for a go of its own: the one for another provider was not for it', async () => {
    const model = await server();
    model.respond(hangBeforeHeaders());
    const docket = await docketAt({ baseUrl: model.url });
    const { id } = must(await docket.batches.create([await folderOfNotes(2)]));
    await model.waitUntil(() => model.hanging === 5);
    must(await docket.batches.cancel(id));
    await docket.settings.save({ ...docket.settings.current(), ...remote });

    expect(must(await docket.batches.start(id))).toMatchObject({
      status: 'ready',
      local: false,
      host: 'model.invalid',
      counts: { total: 2, queued: 2 },
    });
    await docket.batches.settled(id);
    expect(docket.status().leftToday.calls).toBe(0);
    expect((await docket.store.read.pageOfCalls({ limit: 500 })).rows.map(({ host }) => host)).not.toContain(
      'model.invalid',
    );

    await docket.settings.save({ ...docket.settings.current(), hostWaitMs: 100 });
    must(await docket.batches.start(id));
    await docket.batches.settled(id);
    expect(await batchNow(docket, id)).toMatchObject({ status: 'interrupted', problem: { code: 'connection_failed' } });
  });

  it('waits for a go of its own also on this machine, when it had begun with another', async () => {
    const first = await server();
    first.respond(hangBeforeHeaders());
    const second = await server();
    const docket = await docketAt({ baseUrl: first.url });
    const { id } = must(await docket.batches.create([await folderOfNotes(2)]));
    await first.waitUntil(() => first.hanging === 5);
    must(await docket.batches.cancel(id));
    await docket.settings.save({ ...docket.settings.current(), baseUrl: second.url });

    const waiting = must(await docket.batches.start(id));
    expect(waiting).toMatchObject({
      status: 'ready',
      host: new URL(second.url).host,
      problem: { code: 'not_allowed', params: { what: 'provider_changes', model: 'gpt-4o-mini' } },
    });
    await docket.batches.settled(id);
    expect(second.chatRequestCount).toBe(0);

    must(await docket.batches.start(id));
    await docket.batches.settled(id);
    expect(await batchNow(docket, id)).toMatchObject({ status: 'finished', problem: null, counts: { done: 2 } });
  });

  it('waits for a go of its own also where the folders were not read to their end', async () => {
    const docket = await docketAt({ baseUrl: (await server()).url });
    const { id } = must(await docket.batches.create([await folderOfNotes(600)]));
    must(await docket.batches.cancel(id));
    await docket.settings.save({ ...docket.settings.current(), ...remote });

    must(await docket.batches.start(id));
    await docket.batches.settled(id);

    expect(await batchNow(docket, id)).toMatchObject({
      status: 'ready',
      host: 'model.invalid',
      startedAt: null,
      counts: { total: 600, queued: 600 },
    });
  });

  it('does not take over a batch that has results of another one', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    const { id } = await runBatch(docket, [await folderOfNotes(2)]);
    await docket.settings.save({ ...docket.settings.current(), ...remote });

    const refused = problemOf(await docket.batches.start(id));

    expect(refused.code).toBe('not_allowed');
    expect(refused.message).toMatch(
      /was started with 127\.0\.0\.1:\d+ \(gpt-4o-mini\), but the provider is now model\.invalid/,
    );
    expect(await batchNow(docket, id)).toMatchObject({ status: 'finished', counts: { done: 2 } });
  });
});
