import { randomUUID } from 'node:crypto';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { FolderInUseError, storeFile } from '../../src/main/store/store.ts';
import { must, openDocket, runBatch, type TestDocket } from '../support/docket.ts';
import { hangBeforeHeaders, slowTokens, stallMidStream } from '../support/model-server-replies.ts';
import { docketAt, folderOfNotes, server, tempFolder } from '../support/workspace.ts';

/** A quit may take this long. */

async function ask(docket: TestDocket, content: string): Promise<string> {
  const ids = { conversationId: randomUUID(), messageId: randomUUID(), replyId: randomUUID() };
  must(await docket.chat.send({ ...ids, parentId: null, content }));
  return ids.replyId;
}

const replied = (docket: TestDocket, replyId: string) =>
  docket.waitFor('chat.done', ({ message }) => message.id === replyId);

describe('the pool', () => {
  it('is shared by two chats and a batch, never exceeded, and empty after a quit', async () => {
    const model = await server({ latencyMs: 2 });
    const docket = await openDocket({
      dataDir: await tempFolder(),
      baseUrl: model.url,
      settings: { poolConnections: 6 },
    });
    model.respond((request) => (request.task === 'chat' ? slowTokens() : undefined));

    const batch = runBatch(docket, [await folderOfNotes(67)]);
    const chats = await Promise.all([ask(docket, 'One'), ask(docket, 'Two')]);
    await Promise.all([batch, ...chats.map((replyId) => replied(docket, replyId))]);

    expect(model.chatRequestCount).toBe(67 * 3 + 2);
    expect(model.sockets.maxOpen).toBeLessThanOrEqual(6);
    expect(model.sockets.everOpened).toBeLessThanOrEqual(6);
    await docket.close();
    await model.waitUntil(() => model.sockets.open === 0);
  });

  it('is replaced along with the provider; the old sockets close when their last call ends', async () => {
    const [old, next] = [await server(), await server()];
    const docket = await docketAt({ baseUrl: old.url });
    old.respond(stallMidStream(2));
    const first = await ask(docket, 'One');
    await old.waitUntil(() => old.hanging === 1);

    await docket.settings.save({ ...docket.settings.current(), baseUrl: next.url });
    await replied(docket, await ask(docket, 'Two'));
    expect([old.sockets.open, next.chatRequestCount]).toEqual([1, 1]);
    old.release();

    expect((await replied(docket, first)).message.status).toBe('done');
    await old.waitUntil(() => old.sockets.open === 0);
  });
});

describe('a quit', () => {
  it('with replies and files in progress waits for none of them, and marks everything', async () => {
    const model = await server();
    model.respond((request) => (request.task === 'chat' ? stallMidStream(2) : hangBeforeHeaders()));
    const dataDir = await tempFolder();
    const first = await openDocket({ dataDir, baseUrl: model.url });
    must(await first.batches.create([await folderOfNotes(20)]));
    await ask(first, 'Hello');
    await model.waitUntil(() => model.hanging === 6);

    await first.close();

    expect(first.logged).toEqual([]);
    expect(first.audit.inFlight()).toBe(0);
    await model.waitUntil(() => model.inFlight === 0 && model.sockets.open === 0);
    const second = await docketAt({ dataDir });
    expect(second.recovery).toEqual({ callsInDoubt: 0, callsNotSent: 0, repliesInterrupted: 0, batchesInterrupted: 0 });
    const all = (await second.store.read.pageOfCalls({ limit: 100 })).rows;
    // The list of models, which the batch reads first, had come.
    const rows = all.filter(({ kind }) => kind !== 'probe');
    expect(new Set(rows.map((row) => row.status))).toEqual(new Set(['cancelled']));
    const calls = await Promise.all(rows.map(({ id }) => second.store.read.callDetail(id)));
    expect(calls.filter((call) => call?.sent)).toHaveLength(6);
  });

  it('sends windows nothing once it is over, and may be requested twice', async () => {
    const model = await server();
    const docket = await openDocket({ dataDir: await tempFolder(), baseUrl: model.url });
    await runBatch(docket, [await folderOfNotes(3)]);

    await Promise.all([docket.close(), docket.close()]);

    const told = docket.events.length;
    await model.waitUntil(() => model.sockets.open === 0);
    expect(docket.events.length).toBe(told);
  });

  it('ends the process of the built-in engine', async () => {
    const docket = await openDocket({ dataDir: await tempFolder() });
    await runBatch(docket, [await folderOfNotes(1)]);
    const lease = docket.connections.lease();
    const { baseUrl } = must(await lease.connection.settings.endpoint());
    lease.release();
    expect((await fetch(baseUrl)).ok, 'it answers, if only that it wants a token').toBe(false);

    await docket.close();

    await expect(fetch(baseUrl)).rejects.toThrow('fetch failed');
  });
});

describe('a start', () => {
  it('is refused while another Docket uses the folder, and works afterwards', async () => {
    const dataDir = await tempFolder();
    const first = await openDocket({ dataDir });

    await expect(openDocket({ dataDir })).rejects.toThrow(FolderInUseError);
    await first.close();

    expect((await docketAt({ dataDir })).settings.provider().kind).toBe('builtin');
  });

  it('that fails halfway frees the folder', async () => {
    const dataDir = await tempFolder();
    await (await openDocket({ dataDir, settings: { concurrency: 7 } })).close();
    const disk = new Database(storeFile(dataDir));
    disk.exec("UPDATE settings SET value = '{ broken'");

    await expect(openDocket({ dataDir })).rejects.toThrow();
    disk.exec('DELETE FROM settings');
    disk.close();

    expect((await docketAt({ dataDir })).settings.current().concurrency).toBe(5);
  });

  it('uses the provider from the environment the first time, and saved settings from then on', async () => {
    const model = await server();
    const dataDir = await tempFolder();
    const environment = { OPENAI_API_KEY: 'sk-from-the-environment', OPENAI_BASE_URL: model.url };
    const first = await openDocket({ dataDir, environment });
    expect(first.settings.provider()).toMatchObject({ kind: 'other', model: 'gpt-4o-mini', local: true });
    await replied(first, await ask(first, 'Hello'));
    expect(model.chatRequests[0]?.headers.authorization).toBe('Bearer sk-from-the-environment');
    await first.settings.save({ ...first.settings.current(), provider: 'builtin' });
    await first.close();

    const second = await docketAt({ dataDir, environment });
    expect(second.settings.provider().kind).toBe('builtin');
  });
});

describe('the status', () => {
  it('counts calls in flight and running batches, and nothing that stayed on this machine', async () => {
    const model = await server();
    model.respond(hangBeforeHeaders());
    const docket = await docketAt({ baseUrl: model.url });
    const { id } = must(await docket.batches.create([await folderOfNotes(4)]));
    await model.waitUntil(() => model.hanging === 5);

    expect(docket.status()).toMatchObject({ callsInFlight: 5, activeBatches: 1, leftToday: { calls: 0, bytes: 0 } });
    await docket.batches.cancel(id);

    const quiet = await docket.waitFor(
      'status.changed',
      (status) => status.callsInFlight === 0 && status.activeBatches === 0,
    );
    expect(quiet.provider.host).toBe(new URL(model.url).host);
    await docket.waitFor('history.changed', () => true);
  });
});
