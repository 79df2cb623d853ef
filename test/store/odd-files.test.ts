/**
 * What users, sync tools and power cuts do to the files of a data folder, as reported for other programs that use
 * SQLite.
 */
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { Salvage } from '../../src/main/store/salvage-or-backup.ts';
import { salvageWords } from '../../src/main/store/salvage-words.ts';
import { openStore, openStoreForReading, type Store, storeFile } from '../../src/main/store/store.ts';
import { putStoreFixture } from '../support/store-fixture.ts';
import { begin, makeFolder, openReader, openTestStore, record, workerUrl } from './open-test-store.ts';
import { intent } from './records.ts';

/** The folder as a kill leaves it: the newest calls are only in the log, and one is still open. */
async function killedFolder(calls = 40): Promise<string> {
  const folder = makeFolder();
  const store = await openStore(folder, workerUrl);
  for (let n = 1; n <= calls; n += 1) await record(store, `Question ${n}`, `Answer ${n}. ${'word '.repeat(300)}`);
  await begin(store, intent('On its way'));
  const killed = makeFolder();
  for (const suffix of ['', '-wal', '-shm']) copyFileSync(storeFile(folder) + suffix, storeFile(killed) + suffix);
  await store.close();
  return killed;
}

/** The folder after a clean exit, with an older copy of its file. */
async function closedFolder(calls = 40): Promise<string> {
  const folder = await killedFolder(calls);
  await (await openStore(folder, workerUrl)).close();
  return folder;
}

async function questions(store: Store): Promise<readonly string[]> {
  return (await store.read.pageOfCalls({ limit: 500 })).rows.map((row) => row.message);
}

/** Reopens the store until the damage is repaired, because some shows only while the store is read. */
async function settled(folder: string): Promise<Store & { readonly found: Store['salvage'] }> {
  const reasons: string[] = [];
  const first = await openStore(folder, workerUrl, { onFailure: (reason) => reasons.push(reason) });
  await questions(first).catch(() => []);
  await first.read.pageOfCalls({ search: 'word', limit: 500 }).catch(() => null);
  await first.close();
  const store = await openTestStore(folder);
  return { ...store, found: first.salvage ?? store.salvage };
}

async function expectUsable(store: Store, folder: string): Promise<void> {
  const id = await record(store, 'A new question', 'An answer');
  expect((await store.read.pageOfCalls({ search: 'new question', limit: 9 })).rows.map((row) => row.id)).toEqual([id]);
  expect(openReader(folder).pragma('integrity_check', { simple: true })).toBe('ok');
}

describe('the files of a store', () => {
  it('lose nothing if the index of the log is garbage', async () => {
    const folder = await killedFolder();
    writeFileSync(`${storeFile(folder)}-shm`, Buffer.alloc(32_768, 0xa5));
    const store = await openTestStore(folder);
    expect(store.salvage).toBeNull();
    expect(await questions(store)).toHaveLength(41);
    await expectUsable(store, folder);
  });

  it('lose only the last commit if the log ends in the middle of it', async () => {
    const folder = await killedFolder();
    const wal = `${storeFile(folder)}-wal`;
    truncateSync(wal, readFileSync(wal).length - 1_000);
    const store = await openTestStore(folder);
    expect(store.salvage).toBeNull();
    expect((await questions(store)).length).toBeGreaterThanOrEqual(40);
    await expectUsable(store, folder);
  });

  it('are salvaged up to the cut if they were truncated, as by a copy to a full disk', async () => {
    const folder = await closedFolder(200);
    truncateSync(storeFile(folder), Math.floor(readFileSync(storeFile(folder)).length / 2 / 4_096) * 4_096);
    const store = await settled(folder);
    expect(store.found?.damagedFile).toMatch(/damaged-/);
    await expectUsable(store, folder);
  });

  it('are moved aside and reported as unreadable if the first page is zeros, as after a power cut', async () => {
    const folder = await closedFolder();
    const bytes = readFileSync(storeFile(folder));
    writeFileSync(storeFile(folder), bytes.fill(0, 0, 4_096));
    const store = await openTestStore(folder);
    expect(store.salvage).toMatchObject({ calls: 0, isEndUnknown: true });
    await expectUsable(store, folder);
  });

  it('are checked before use if an older copy is beside a newer log', async () => {
    const folder = await closedFolder();
    const older = join(makeFolder(), 'older.db');
    copyFileSync(storeFile(folder), older);
    const store = await openStore(folder, workerUrl);
    for (let n = 0; n < 40; n += 1) await record(store, `Later ${n}`, 'Later '.repeat(400));
    const log = readFileSync(`${storeFile(folder)}-wal`);
    await store.close();
    copyFileSync(older, storeFile(folder));
    writeFileSync(`${storeFile(folder)}-wal`, log);
    const next = await settled(folder);
    expect((await questions(next)).length).toBeGreaterThanOrEqual(40);
    await expectUsable(next, folder);
  });

  it('lose no call if only the search index is damaged, and can be searched again', async () => {
    const folder = await closedFolder();
    const db = new Database(storeFile(folder));
    db.unsafeMode(true);
    db.exec('UPDATE calls_text_data SET block = zeroblob(length(block)) WHERE id > 10');
    db.close();
    const store = await settled(folder);
    expect(await questions(store)).toHaveLength(41);
    expect((await store.read.pageOfCalls({ search: 'question 7', limit: 9 })).rows.length).toBeGreaterThan(0);
    await expectUsable(store, folder);
  });

  it('get their right name if a kill came between two renames', async () => {
    const folder = await closedFolder();
    renameSync(storeFile(folder), `${storeFile(folder)}.salvaged`);
    const store = await openTestStore(folder);
    expect(await questions(store)).toHaveLength(41);
    await expectUsable(store, folder);
  });

  it('are salvaged again if a kill interrupted the salvage', async () => {
    const folder = await closedFolder();
    for (const suffix of ['', '-wal', '-shm'])
      writeFileSync(`${storeFile(folder)}.salvaged.part${suffix}`, 'half of it');
    writeFileSync(`${storeFile(folder)}.found-damaged`, '');
    const store = await openTestStore(folder);
    expect(store.salvage).toMatchObject({ calls: 41, lostRows: 0, lostTexts: 0, isEndUnknown: false });
    const left = readdirSync(folder).filter((name) => /salvaged|found/.test(name));
    expect(left).toEqual([]);
    await expectUsable(store, folder);
  });

  it.each([
    ['empty', (file: string) => writeFileSync(file, '')],
    ['gone', (file: string) => rmSync(file)],
  ])('are not taken for a new store if the database is %s beside a log, and the log is kept', async (_name, lose) => {
    const folder = await killedFolder();
    const log = readFileSync(`${storeFile(folder)}-wal`);
    lose(storeFile(folder));
    await expect(openStoreForReading(folder, workerUrl), 'a reader leaves the log').rejects.toMatchObject({
      reason: 'damaged',
    });
    const store = await openTestStore(folder);
    expect(store.salvage).toMatchObject({ calls: 0, isEndUnknown: true, backup: null });
    expect(readFileSync(`${store.salvage?.damagedFile}-wal`).equals(log)).toBe(true);
    await expectUsable(store, folder);
  });

  it('are not taken for a new store if they are empty, as a full disk or a sync tool leaves them', async () => {
    const folder = await closedFolder();
    writeFileSync(storeFile(folder), '');
    const store = await openTestStore(folder);
    expect(store.salvage).toMatchObject({ calls: 0, isEndUnknown: true, backup: null });
    expect(readFileSync(store.salvage?.damagedFile ?? '')).toHaveLength(0);
    await expectUsable(store, folder);
  });

  it.each([
    ['are empty', (file: string) => writeFileSync(file, '')],
    ['are gone', (file: string) => rmSync(file)],
    ['hold something else', (file: string) => writeFileSync(file, 'A letter. '.repeat(2_000))],
  ])('that %s are restored from the backup made before an update', async (_name, lose) => {
    const folder = makeFolder();
    putStoreFixture(1, folder);
    await (await openStore(folder, workerUrl)).close();
    lose(storeFile(folder));
    const store = await openTestStore(folder);
    const backup = `${storeFile(folder)}.v1.backup`;
    expect(store.salvage).toMatchObject({ calls: 9, conversations: 1, files: 4, lostRows: 0, backup });
    expect(salvageWords(store.salvage as Salvage)[0]).toBe(
      'Nothing of it could be read. Restored from the copy made before an update of Docket: ' +
        `9 calls, 1 conversation and 4 files. Anything newer is lost. The copy is ${backup}.`,
    );
    expect(existsSync(backup), 'it stays').toBe(true);
    expect((await store.read.pageOfCalls({ search: 'كتب', limit: 9 })).rows.map((row) => row.id)).toEqual([4]);
    await expectUsable(store, folder);
  });

  it('are reported at every start until the user has been told', async () => {
    const folder = await closedFolder();
    writeFileSync(storeFile(folder), readFileSync(storeFile(folder)).fill(0xa5, 100));
    const killed = await openStore(folder, workerUrl);
    await killed.close();
    const store = await openStore(folder, workerUrl);
    expect(store.salvage).toEqual(killed.salvage);
    await store.salvageTold();
    await store.close();
    expect((await openTestStore(folder)).salvage).toBeNull();
  });

  it('keep and report the damaged file if a kill left its log behind', async () => {
    const folder = await killedFolder();
    const log = readFileSync(`${storeFile(folder)}-wal`);
    writeFileSync(`${storeFile(folder)}.found-damaged`, '');
    const whole = await openStore(folder, workerUrl);
    const damaged = whole.salvage?.damagedFile ?? '';
    await whole.close();
    renameSync(storeFile(folder), `${storeFile(folder)}.salvaged`);
    renameSync(`${damaged}-wal`, `${storeFile(folder)}-wal`);
    const store = await openTestStore(folder);
    expect(store.salvage).toEqual(whole.salvage);
    expect(readFileSync(`${damaged}-wal`).equals(log)).toBe(true);
    expect(await questions(store)).toHaveLength(41);
  });
});
