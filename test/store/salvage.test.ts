/** Salvage of stores that a disk has damaged. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { TABLES } from '../../src/main/store/salvage.ts';
import { openStore, type Store, storeFile } from '../../src/main/store/store.ts';
import type { StoreUpdate } from '../../src/shared/app-data.ts';
import { putStoreFixture } from '../support/store-fixture.ts';
import { begin, makeFolder, openReader, openTestStore, record, workerUrl } from './open-test-store.ts';
import { intent, message, newBatch, outcome } from './records.ts';

const CALLS = 400;
const FILES = 200;
/** Long enough for each reply to have pages of its own. */
const reply = (n: number) => `Answer ${n}: ${`${n} is a number. `.repeat(40)}`;

/** A closed store with calls, a conversation and a batch. */
async function filledFolder(): Promise<string> {
  const folder = makeFolder();
  const store = await openTestStore(folder);
  const numbers = Array.from({ length: CALLS }, (_, n) => n + 1);
  await Promise.all(numbers.map((n) => record(store, `Question ${n}`, reply(n))));
  await store.write.appendMessages(
    { id: 'c1', title: 'A talk' },
    [message('m1'), message('m2', { parentId: 'm1' })],
    1,
  );
  await store.write.insertBatch(newBatch('b1'));
  const file = { bytes: 1, modifiedAt: 1, problem: null };
  const names = Array.from({ length: FILES }, (_, n) => `${n + 1}.txt`);
  await store.write.addItems(
    'b1',
    names.map((name) => ({ ...file, path: `/${name}`, name })),
  );
  await store.write.writeSetting('settings', { theme: 'dark' });
  await store.close();
  return folder;
}

/** The leaf pages of a table in order of its rows. */
function leavesOf(folder: string, table: string): { readonly pageBytes: number; readonly pages: readonly number[] } {
  const db = new Database(storeFile(folder), { readonly: true });
  const pages = db
    .prepare<[string], number>("SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY path")
    .pluck()
    .all(table);
  const pageBytes = Number(db.pragma('page_size', { simple: true }));
  db.close();
  return { pageBytes, pages };
}

function overwrite(folder: string, pageBytes: number, pages: readonly number[]): void {
  const bytes = readFileSync(storeFile(folder));
  for (const page of pages) bytes.fill(0xa5, (page - 1) * pageBytes, page * pageBytes);
  writeFileSync(storeFile(folder), bytes);
}

/** Damages some leaf pages of a table, as bad sectors do. */
function damage(folder: string, table: string, choose: (leaves: readonly number[]) => readonly number[]): void {
  const { pageBytes, pages } = leavesOf(folder, table);
  expect(pages.length, `${table} has leaves enough`).toBeGreaterThan(2);
  overwrite(folder, pageBytes, choose(pages));
}

async function questionsOf(store: Store): Promise<readonly string[]> {
  const { rows } = await store.read.pageOfCalls({ limit: CALLS + 10 });
  return rows.map((row) => row.message).reverse();
}

/** The store after the damage was found, at a start or while reading, and salvaged at the next start. */
async function takenOver(folder: string): Promise<Store> {
  const told: string[] = [];
  const store = await openStore(folder, workerUrl, { onFailure: (reason) => told.push(reason) });
  const filters = [{}, { search: 'number' }, { kind: 'chat' as const }];
  for (const filter of filters) await store.read.pageOfCalls({ ...filter, limit: CALLS }).catch(() => {});
  for (let id = 1; id <= CALLS; id += 1) await store.read.callDetail(id).catch(() => {});
  await store.close();
  if (store.salvage !== null) return { ...(await openTestStore(folder)), salvage: store.salvage };
  expect(told).toEqual(['damaged']);
  return openTestStore(folder);
}

describe('a store with damage in its middle', () => {
  it('loses only the rows there, and says how many', async () => {
    const folder = await filledFolder();
    damage(folder, 'calls', (leaves) => leaves.slice(3, 5));
    const store = await takenOver(folder);

    const questions = await questionsOf(store);
    const { salvage } = store;
    expect(salvage).toMatchObject({ calls: questions.length, conversations: 1, files: FILES, isEndUnknown: false });
    expect(questions.length).toBeGreaterThan(CALLS * 0.5);
    expect(questions.length + (salvage?.lostRows ?? 0)).toBe(CALLS);
    expect([questions[0], questions.at(-1)]).toEqual(['Question 1', `Question ${CALLS}`]);
    expect(await store.read.callDetail(CALLS)).toMatchObject({ replyBody: reply(CALLS), damagedTexts: [] });
    const { rows } = await store.read.pageOfCalls({ search: `question ${CALLS}`, limit: 9 });
    expect(
      rows.map((row) => row.id),
      'it can be searched',
    ).toEqual([CALLS]);
    expect(await store.read.readSetting('settings')).toEqual({ theme: 'dark' });
    expect((await store.read.readConversation('c1'))?.messages.map(({ id }) => id)).toEqual(['m1', 'm2']);
    expect(openReader(folder).pragma('integrity_check', { simple: true })).toBe('ok');
    await record(store, 'A new question', 'An answer');
  });

  it('is salvaged up to the damage if it reaches to the end', async () => {
    const folder = await filledFolder();
    damage(folder, 'calls', (leaves) => leaves.slice(-1));
    const store = await takenOver(folder);
    const questions = await questionsOf(store);
    expect(store.salvage).toMatchObject({ calls: questions.length, isEndUnknown: true });
    expect(questions[0]).toBe('Question 1');
    expect(questions.length).toBeGreaterThan(CALLS * 0.8);
  });

  it('loses texts that no longer match their hash, but keeps their calls', async () => {
    const folder = await filledFolder();
    damage(folder, 'bodies', (leaves) => leaves.slice(4, 6));
    const store = await takenOver(folder);

    expect(await questionsOf(store)).toHaveLength(CALLS);
    const details = await Promise.all(Array.from({ length: CALLS }, (_, n) => store.read.callDetail(n + 1)));
    const damaged = details.filter((detail) => detail?.damagedTexts.length !== 0);
    expect(damaged.length).toBeGreaterThan(0);
    expect(damaged.length).toBeLessThanOrEqual(store.salvage?.lostRows ?? 0);
    expect(details.filter((detail) => detail?.replyBody?.startsWith('Answer '))).toHaveLength(
      CALLS - damaged.filter((detail) => detail?.damagedTexts.includes('reply')).length,
    );
  });

  it.each([0.9, 0.6])('keeps everything before the cut if a copy stopped at %f of it', async (part) => {
    const folder = await filledFolder();
    const { pageBytes } = leavesOf(folder, 'calls');
    const bytes = readFileSync(storeFile(folder));
    truncateSync(storeFile(folder), Math.floor((bytes.length * part) / pageBytes) * pageBytes);
    const updates: StoreUpdate[] = [];
    const store = await openStore(folder, workerUrl, { onUpdate: (update) => updates.push(update) });
    for (const update of updates) {
      if (update.stage !== 'copying') expect(update.done).toBeLessThanOrEqual(update.total);
    }
    const questions = await questionsOf(store);
    expect(questions.length).toBeGreaterThan(CALLS * part * 0.5);
    expect(store.salvage).toMatchObject({ calls: questions.length, isEndUnknown: true });
    await store.close();
  });

  it('keeps the tables still listed if the schema is partly damaged', async () => {
    const folder = await filledFolder();
    damage(folder, 'sqlite_schema', (leaves) => leaves.slice(-1));
    const store = await openTestStore(folder);
    expect(store.salvage).toMatchObject({ calls: CALLS, isEndUnknown: true });
  });

  it('keeps messages whose conversation is lost', async () => {
    const folder = await filledFolder();
    const db = new Database(storeFile(folder));
    db.pragma('foreign_keys = OFF');
    db.exec('DELETE FROM conversations');
    db.close();
    damage(folder, 'calls', (leaves) => leaves.slice(1, 2));
    const store = await takenOver(folder);
    const [talk] = await store.read.listConversations();
    expect(talk).toMatchObject({ id: 'c1', title: 'Recovered conversation', leafId: 'm2', messageCount: 2 });
  });

  it('is updated as well if it is of version 1', async () => {
    const folder = makeFolder();
    putStoreFixture(1, folder);
    const { pageBytes } = leavesOf(folder, 'items');
    const db = new Database(storeFile(folder), { readonly: true });
    const root = Number(db.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'messages'").pluck().get());
    db.close();
    overwrite(folder, pageBytes, [root]);
    const store = await openTestStore(folder);
    expect(store.salvage).toMatchObject({ calls: 9, conversations: 1, files: 4, isEndUnknown: true });
    const { rows } = await store.read.pageOfCalls({ search: 'كتب', limit: 9 });
    expect(rows.map((row) => row.id)).toEqual([4]);
    expect(await store.read.findUnfinishedBatch('reports|gpt-4o-mini')).toMatchObject({
      counts: { done: 2, total: 4 },
    });
  });
});

it('every table is salvaged, except the search index, which is rebuilt', async () => {
  const folder = makeFolder();
  await openTestStore(folder);
  const tables = openReader(folder)
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'calls_text*'")
    .pluck()
    .all();
  expect(new Set<string>(TABLES)).toEqual(new Set(tables));
});

describe.skipIf(process.platform === 'win32')('a salvage without enough disk space', () => {
  it('leaves the damaged store unchanged for a later start', async () => {
    const folder = await filledFolder();
    writeFileSync(`${storeFile(folder)}.found-damaged`, '');
    const before = readdirSync(folder).sort();
    const bytes = readFileSync(storeFile(folder));
    const child = fileURLToPath(new URL('./open-child.ts', import.meta.url));
    // Limits the size of files to half of what has to be salvaged.
    const blocks = Math.floor(bytes.length / 512 / 2);
    const { stdout } = spawnSync('sh', [
      '-c',
      `ulimit -f ${blocks}; exec "$0" "$@"`,
      process.execPath,
      child,
      storeFile(folder),
    ]);
    expect(String(stdout)).toMatch(/^SQLITE_(IOERR|FULL)/);
    expect(readFileSync(storeFile(folder)).equals(bytes)).toBe(true);
    expect(
      readdirSync(folder)
        .filter((name) => !/-(wal|shm)$/.test(name))
        .sort(),
    ).toEqual(before);

    const store = await openTestStore(folder);
    expect(store.salvage).toMatchObject({ calls: CALLS, lostRows: 0, lostTexts: 0, isEndUnknown: false });
  });
});

describe('a start after a kill', () => {
  it('checks the store in the background and reports damage not yet noticed', async () => {
    const folder = await filledFolder();
    damage(folder, 'items', (leaves) => leaves.slice(0, 1));
    const killed = makeFolder();
    const store = await openStore(folder, workerUrl);
    await begin(store, intent('On its way'));
    for (const suffix of ['', '-wal']) {
      writeFileSync(storeFile(killed) + suffix, readFileSync(storeFile(folder) + suffix));
    }
    await store.close();

    const reasons: string[] = [];
    const next = await openStore(killed, workerUrl, { onFailure: (reason) => reasons.push(reason) });
    await expect.poll(() => reasons).toEqual(['damaged']);
    expect(next.recovery.callsInDoubt).toBe(1);
    await next.close();
    expect((await openTestStore(killed)).salvage).toMatchObject({ calls: CALLS + 1 });
  });
});

describe('a text whose bytes have changed', () => {
  const change = (folder: string, hash: 'reply_hash' | 'request_hash') => {
    const db = new Database(storeFile(folder));
    db.exec(
      `UPDATE bodies SET data = x'4142', encoding = 'identity' WHERE hash = (SELECT ${hash} FROM calls WHERE id = 1)`,
    );
    db.close();
  };

  it('is not shown, and its call says so', async () => {
    const folder = await filledFolder();
    change(folder, 'reply_hash');
    const store = await openTestStore(folder);
    expect(await store.read.callDetail(1)).toMatchObject({
      message: 'Question 1',
      replyBody: null,
      damagedTexts: ['reply'],
    });
    await store.close();
    change(folder, 'request_hash');
    const again = await openTestStore(folder);
    expect(await again.read.callDetail(1)).toMatchObject({ requestBody: '', damagedTexts: ['request', 'reply'] });
    await again.close();
    expect((await openTestStore(folder)).salvage, 'one text is no reason to copy a store').toBeNull();
  });

  it('is not reused as an answer for a resumed file', async () => {
    const folder = makeFolder();
    const store = await openTestStore(folder);
    const of = { itemId: 7, batchId: 'b1', kind: 'analysis' } as const;
    const id = await begin(store, intent('Summarize', of));
    await store.write.endCall(outcome(id, 'A summary'));
    expect(await store.write.beginCall(intent('Summarize', of))).toMatchObject({ finished: { reply: 'A summary' } });
    await store.close();
    change(folder, 'reply_hash');
    const again = await openTestStore(folder);
    expect(await again.write.beginCall(intent('Summarize', of))).toMatchObject({ callId: id + 1 });
  });
});
