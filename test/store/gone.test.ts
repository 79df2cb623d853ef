/** The data folder is removed, moved or replaced while Docket is using it. */
import { cpSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openStore, storeFile } from '../../src/main/store/store.ts';
import { chatCall } from '../llm/workbench.ts';
import { text } from '../support/model-server-replies.ts';
import { docketAt, server, tempFolder } from '../support/workspace.ts';
import { begin, makeFolder, record, workerUrl } from './open-test-store.ts';
import { intent, outcome } from './records.ts';

const gone = { name: 'StoreError', reason: 'gone' };

/** Ways to take the folder away while a store is open in it. */
const losses: readonly (readonly [name: string, lose: (folder: string) => void])[] = [
  ['removed', (folder) => rmSync(folder, { recursive: true })],
  ['moved away', (folder) => renameSync(folder, `${folder}-moved`)],
  [
    'replaced by a copy of itself',
    (folder) => {
      cpSync(folder, `${folder}-copy`, { recursive: true });
      rmSync(folder, { recursive: true });
      renameSync(`${folder}-copy`, folder);
    },
  ],
  [
    'emptied',
    (folder) => {
      rmSync(folder, { recursive: true });
      mkdirSync(folder);
    },
  ],
  ['without its log', (folder) => rmSync(`${storeFile(folder)}-wal`)],
];

describe.skipIf(process.platform === 'win32')('a data folder', () => {
  it.each(losses)('that is %s accepts no more intents, and says why', async (_name, lose) => {
    const folder = join(makeFolder(), 'data');
    const told: string[] = [];
    const store = await openStore(folder, workerUrl, { onFailure: (reason) => told.push(reason) });
    const id = await record(store, 'A question', 'An answer');
    lose(folder);
    await expect(store.write.beginCall(intent('Another'))).rejects.toMatchObject(gone);
    await expect(store.write.writeSetting('a', 1)).rejects.toMatchObject(gone);
    expect(told, 'once').toEqual(['gone']);
    expect(await store.read.callDetail(id), 'what was stored can still be read').toMatchObject({
      replyBody: 'An answer',
    });
    await store.close();
  });

  it.each(losses)('that is %s is noticed by a first read too, which still works', async (_name, lose) => {
    const folder = join(makeFolder(), 'data');
    const told: string[] = [];
    const store = await openStore(folder, workerUrl, { onFailure: (reason) => told.push(reason) });
    await record(store, 'A question', 'An answer');
    lose(folder);
    expect((await store.read.pageOfCalls({ limit: 9 })).rows.map((row) => row.message)).toEqual(['A question']);
    expect(told).toEqual(['gone']);
    await store.close();
  });

  it.each(losses)('that is %s is reported even if nothing is read or written', async (_name, lose) => {
    const folder = join(makeFolder(), 'data');
    const told: string[] = [];
    const store = await openStore(folder, workerUrl, { onFailure: (reason) => told.push(reason) });
    await record(store, 'A question', 'An answer');
    lose(folder);
    await expect.poll(() => told).toEqual(['gone']);
    await store.close();
  });

  it('that comes back is written to again', async () => {
    const folder = join(makeFolder(), 'data');
    const store = await openStore(folder, workerUrl);
    await record(store, 'A question', 'An answer');
    renameSync(folder, `${folder}-moved`);
    await expect(begin(store, intent('Another'))).rejects.toMatchObject(gone);
    renameSync(`${folder}-moved`, folder);
    await record(store, 'A third', 'An answer');
    await store.close();
    const db = new Database(storeFile(folder), { readonly: true });
    expect(db.prepare('SELECT message FROM calls ORDER BY id').pluck().all()).toEqual(['A question', 'A third']);
    db.close();
  });

  it('that is gone can be saved elsewhere, with the outcomes it missed', async () => {
    const folder = join(makeFolder(), 'data');
    const store = await openStore(folder, workerUrl);
    const id = await begin(store, intent('A question'));
    rmSync(folder, { recursive: true });
    await expect(store.write.endCall(outcome(id, 'An answer'))).rejects.toMatchObject(gone);

    store.expectSave();
    await store.write.endCall(outcome(id, 'An answer'));
    await expect(begin(store, intent('Another')), 'nothing leaves all the same').rejects.toMatchObject(gone);
    const saved = join(makeFolder(), 'saved.db');
    await store.saveTo(saved);
    await store.close();

    expect(existsSync(folder)).toBe(false);
    expect(statSync(saved).mode & 0o777).toBe(0o600);
    const db = new Database(saved, { readonly: true });
    expect(db.prepare('SELECT message, reply FROM calls').all()).toEqual([
      { message: 'A question', reply: 'An answer' },
    ]);
    db.close();
  });

  it('that is gone lets nothing leave: no record, no request', async () => {
    const model = await server();
    model.respond(text('An answer'));
    const dataDir = join(await tempFolder(), 'data');
    const docket = await docketAt({ dataDir, baseUrl: model.url });
    const lease = docket.connections.lease();
    const ask = (question: string) =>
      docket.gateway.complete(chatCall(question), {
        connection: lease.connection,
        signal: new AbortController().signal,
      });
    expect((await ask('A question')).ok).toBe(true);
    rmSync(dataDir, { recursive: true });

    const result = await ask('Another');

    expect(result).toMatchObject({
      ok: false,
      error: { problem: { code: 'store_failed', params: { cause: 'gone' } } },
    });
    expect(model.chatRequests).toHaveLength(1);
    lease.release();
    const saved = join(await tempFolder(), 'saved.db');
    await docket.close(saved);
    const db = new Database(saved, { readonly: true });
    expect(db.prepare('SELECT message, status FROM calls').all()).toEqual([{ message: 'A question', status: 'ok' }]);
    db.close();
  });
});
