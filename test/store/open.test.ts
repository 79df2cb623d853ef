import { fork, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Migration } from '../../src/main/store/migration.ts';
import { migrate, migrations, readVersion, StoreTooNewError } from '../../src/main/store/migrations.ts';
import { openForWriting } from '../../src/main/store/open-database.ts';
import { openStoreOrRead } from '../../src/main/store/read-only-store.ts';
import { FolderInUseError, openStore, openStoreForReading, type Store, storeFile } from '../../src/main/store/store.ts';
import { StoreError } from '../../src/main/store/store-error.ts';
import { asOrdinaryUser } from '../documents/temp-folder.ts';
import { putStoreFixture } from '../support/store-fixture.ts';
import { begin, makeFolder, openReader, openTestStore, record, workerUrl } from './open-test-store.ts';
import { intent } from './records.ts';
import { storeForAll } from './store-for-all.ts';

const never = () => {
  throw new Error('no backup was due');
};

/** The first 100 bytes of a real database. */
function headerOfStore(): Buffer {
  const db = new Database(':memory:');
  db.exec('CREATE TABLE a (x)');
  const header = db.serialize().subarray(0, 100);
  db.close();
  return header;
}

describe('opening a store', () => {
  it('creates folder and file, readable only by their owner', async () => {
    const folder = join(makeFolder(), 'deep', 'data');
    const store = await openTestStore(folder);
    expect(store.salvage).toBeNull();
    expect(readVersion(openReader(folder))).toBe(migrations.length);
    if (process.platform !== 'win32') expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it.skipIf(process.platform === 'win32')(
    'makes every file private to its owner, whatever the umask, even one of an older version',
    async () => {
      const folder = join(makeFolder(), 'data');
      const before = process.umask(0);
      onTestFinished(() => void process.umask(before));
      mkdirSync(folder, { mode: 0o755 });
      putStoreFixture(1, folder);
      chmodSync(storeFile(folder), 0o666);
      const store = await openTestStore(folder);
      await record(store, 'A question', 'An answer');
      await store.read.historyFacets();
      const modes = Object.fromEntries(
        readdirSync(folder).map((name) => [name, (statSync(join(folder, name)).mode & 0o777).toString(8)]),
      );
      expect(modes).toEqual({
        'docket.db': '600',
        'docket.db-shm': '600',
        'docket.db-wal': '600',
        'docket.db.v1.backup': '600',
        'docket.lock': '600',
        'docket.lock-journal': '600',
      });
      const made = join(makeFolder(), 'deep', 'data');
      await openTestStore(made);
      expect([statSync(made).mode & 0o777, statSync(join(made, '..')).mode & 0o777]).toEqual([0o700, 0o700]);
    },
  );

  it('finds all its data again', async () => {
    const folder = makeFolder();
    const first = await openTestStore(folder);
    const id = await record(first, 'A question', 'An answer');
    await first.write.writeSetting('settings', { theme: 'dark' });
    await first.close();
    const second = await openTestStore(folder);
    expect(await second.read.callDetail(id)).toMatchObject({
      message: 'A question',
      replyBody: 'An answer',
      status: 'ok',
    });
    expect(await second.read.readSetting('settings')).toEqual({ theme: 'dark' });
    expect(await second.read.readSetting('unknown')).toBeNull();
  });

  it('fails and releases the folder if its thread ends before it has opened anything', async () => {
    const folder = makeFolder();
    await expect(openStore(folder, new URL('data:text/javascript,'))).rejects.toThrow(
      new StoreError('The store stopped unexpectedly.', null),
    );
    await openTestStore(folder);
  });

  it('writes durably', () => {
    const { db } = openForWriting(join(makeFolder(), 'docket.db'));
    expect(db.pragma('synchronous', { simple: true })).toBe(2);
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
    db.close();
  });

  it.each([
    ['text', Buffer.from('This is no database, it is a letter. '.repeat(200))],
    ['random bytes', Buffer.from(Array.from({ length: 8_192 }, (_, n) => (n * 7919) % 251))],
    ['a good header and garbage behind it', Buffer.concat([headerOfStore(), Buffer.alloc(8_092, 0xa5)])],
  ])('moves aside a file that is %s, and starts a new store', async (_name, bytes) => {
    const folder = makeFolder();
    writeFileSync(storeFile(folder), bytes);
    const store = await openTestStore(folder);
    expect(store.salvage?.damagedFile).toMatch(/docket\.db\.damaged-/);
    expect(readFileSync(store.salvage?.damagedFile ?? '').equals(bytes)).toBe(true);
    await record(store, 'A question', 'An answer');
  });

  it('moves aside a file whose damage shows only when its rows are read, and starts a new store', async () => {
    const folder = makeFolder();
    const first = await openTestStore(folder);
    for (let n = 0; n < 50; n += 1) await record(first, `Question ${n}`, 'An answer');
    await begin(first, intent('Still open'));
    await first.close();
    const bytes = readFileSync(storeFile(folder));
    const pageBytes = bytes.readUInt16BE(16);
    // All but the first page, which holds the header and the schema.
    bytes.fill(0xa5, pageBytes);
    writeFileSync(storeFile(folder), bytes);

    const store = await openTestStore(folder);

    expect(readFileSync(store.salvage?.damagedFile ?? '').equals(bytes)).toBe(true);
    await record(store, 'A question', 'An answer');
  });

  it('copies its log into the file when idle', async () => {
    const folder = makeFolder();
    const store = await openTestStore(folder);
    await record(store, 'A question', randomBytes(300_000).toString('base64'));
    const size = () => statSync(storeFile(folder)).size;
    await expect.poll(size).toBeGreaterThan(300_000);
  });

  it('reads a store while another process writes to it', async () => {
    const folder = makeFolder();
    const store = await openTestStore(folder);
    const beside = await openStoreForReading(folder, workerUrl);
    await record(store, 'A question', 'An answer');
    expect((await beside.read.pageOfCalls({ limit: 5 })).rows).toHaveLength(1);
    await beside.close();
  });

  it('leaves no file under its name if it cannot be created, and is created at the next start', async () => {
    const folder = makeFolder();
    const file = storeFile(folder);
    const child = fileURLToPath(new URL('./open-child.ts', import.meta.url));
    const { stdout } = spawnSync('sh', ['-c', 'ulimit -f 8; exec "$0" "$@"', process.execPath, child, file]);
    expect(String(stdout)).toMatch(/^SQLITE_(IOERR|FULL)/);
    expect(existsSync(file)).toBe(false);
    expect((await openTestStore(folder)).salvage).toBeNull();
    expect(readdirSync(folder).filter((name) => name.includes('.new'))).toEqual([]);
  });

  it('fails with a reason if there is nothing to read', async () => {
    await expect(openStoreForReading(makeFolder(), workerUrl)).rejects.toMatchObject({
      name: 'StoreError',
      code: 'SQLITE_CANTOPEN',
    });
  });

  it('fails with a reason and releases the folder if the file cannot be opened', async () => {
    const folder = makeFolder();
    mkdirSync(storeFile(folder));
    await expect(openStore(folder, workerUrl)).rejects.toThrow('docket.db in it is a folder, not a file.');
    await expect(openStoreForReading(folder, workerUrl)).rejects.toThrow('docket.db in it is a folder, not a file.');
    await expect(openStore(folder, workerUrl), 'not: in use').rejects.not.toBeInstanceOf(FolderInUseError);
  });
});

async function questionsOf(store: Store): Promise<readonly string[]> {
  return (await store.read.pageOfCalls({ limit: 9 })).rows.map((row) => row.message);
}

/** A store that anyone but the superuser can only read, either closed or as a kill leaves it. */
async function readOnlyFolder({ withLog }: { readonly withLog: boolean }): Promise<string> {
  const folder = makeFolder();
  const store = await openTestStore(folder);
  await record(store, 'A question', 'An answer');
  const killed = makeFolder();
  if (withLog) for (const suffix of ['', '-wal']) copyFileSync(storeFile(folder) + suffix, storeFile(killed) + suffix);
  await store.close();
  if (!withLog) copyFileSync(storeFile(folder), storeFile(killed));
  copyFileSync(join(folder, 'docket.lock'), join(killed, 'docket.lock'));
  for (const name of readdirSync(killed)) chmodSync(join(killed, name), 0o444);
  chmodSync(killed, 0o555);
  return killed;
}

describe('the lock of a data folder', () => {
  it('admits one store at a time', async () => {
    const folder = makeFolder();
    const store = await openTestStore(folder);
    await expect(openStore(folder, workerUrl)).rejects.toBeInstanceOf(FolderInUseError);
    await expect(openStore(folder, workerUrl)).rejects.toThrow(folder);
    await store.close();
    await openTestStore(folder);
  });

  it('excludes other processes, and is released when its holder is killed', async () => {
    const folder = makeFolder();
    const child = fork(fileURLToPath(new URL('./lock-child.ts', import.meta.url)), [folder], { execArgv: [] });
    expect(await once(child, 'message')).toContain('open');
    await expect(openStore(folder, workerUrl)).rejects.toBeInstanceOf(FolderInUseError);
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
    expect((await openTestStore(folder)).salvage).toBeNull();
  });

  it('does not report a read-only folder as being in use', async () => {
    const folder = makeFolder();
    const lock = join(folder, 'docket.lock');
    writeFileSync(lock, 'x'.repeat(4_096));
    chmodSync(lock, 0o400);
    await expect(openStore(folder, workerUrl)).rejects.not.toBeInstanceOf(FolderInUseError);
  });

  it('says that nothing can be recorded in a read-only folder', async () => {
    const folder = await readOnlyFolder({ withLog: false });
    const worker = storeForAll();
    const writing = async () => (await openStore(folder, worker)).close();
    await expect(asOrdinaryUser(writing)).rejects.toThrow(/ is read-only\. No call can be recorded in it.* copy /);
  });

  it.each([
    ['without a log', { withLog: false }],
    ['with the newest calls in its log', { withLog: true }],
  ])('shows the content of a read-only folder, %s', async (_name, of) => {
    const folder = await readOnlyFolder(of);
    const before = readdirSync(folder).sort();
    const worker = storeForAll();
    await asOrdinaryUser(async () => {
      const store = await openStoreForReading(folder, worker);
      expect(store.isSnapshot).toBe(true);
      expect(await store.read.callDetail(1)).toMatchObject({ message: 'A question', replyBody: 'An answer' });
      await store.close();
    });
    expect(readdirSync(folder).sort(), 'nothing is left beside it').toEqual(before);
  });

  it('opens a read-only folder for display only, and accepts no calls', async () => {
    const folder = await readOnlyFolder({ withLog: false });
    const worker = storeForAll();
    await asOrdinaryUser(async () => {
      const store = await openStoreOrRead(folder, worker, {});
      expect(store.isReadOnly).toBe(true);
      expect(await questionsOf(store)).toEqual(['A question']);
      await expect(store.write.beginCall(intent('Another'))).rejects.toMatchObject({ reason: 'read_only' });
      await store.close();
    });
  });
});

describe('closing a store', () => {
  it('commits deferred writes and leaves no log behind', async () => {
    const folder = makeFolder();
    const store = await openTestStore(folder);
    const id = await record(store, 'A question', 'An answer');
    const late = store.write.checkpointReply('m', { content: 'late', reasoning: '' });
    await store.close();
    await late;
    expect(existsSync(`${storeFile(folder)}-wal`)).toBe(false);
    expect(openReader(folder).prepare('SELECT status FROM calls WHERE id = ?').get(id)).toEqual({ status: 'ok' });
  });

  it('can be requested twice, even at the same time', async () => {
    const store = await openTestStore();
    await store.read.listBatches();
    await Promise.all([store.close(), store.close()]);
    await store.close();
    await expect(store.write.writeSetting('a', 1)).rejects.toMatchObject({ name: 'StoreError', code: 'CLOSED' });
    await expect(store.read.listBatches()).rejects.toMatchObject({ code: 'CLOSED' });
  });
});

describe('migrations', () => {
  const sql = (text: string): Migration => ({ change: (db) => void db.exec(text) });
  const first = sql('CREATE TABLE a (x TEXT) STRICT;');
  const second = sql('ALTER TABLE a ADD COLUMN y TEXT;');
  const third = sql("UPDATE a SET y = 'new';");

  function oldFile(rows: readonly string[]): string {
    const file = join(makeFolder(), 'docket.db');
    const db = new Database(file);
    migrate(db, never, { steps: [first] });
    for (const row of rows) db.prepare('INSERT INTO a (x) VALUES (?)').run(row);
    db.close();
    return file;
  }

  it('update a file from the previous version to the newest, after one backup', () => {
    const file = oldFile(['kept']);
    const { db } = openForWriting(file, { steps: [first, second, third] });
    expect(db.prepare('SELECT * FROM a').all()).toEqual([{ x: 'kept', y: 'new' }]);
    expect(readVersion(db)).toBe(3);
    db.close();
    const backup = new Database(`${file}.v1.backup`, { readonly: true });
    expect(readVersion(backup)).toBe(1);
    expect(backup.prepare('SELECT * FROM a').all()).toEqual([{ x: 'kept' }]);
    backup.close();
    expect(readdirSync(join(file, '..')).sort()).toEqual(['docket.db', 'docket.db.v1.backup']);
  });

  it('make no backup of a new store, and never run twice', () => {
    const file = oldFile([]);
    const db = new Database(file);
    expect(migrate(db, never, { steps: [first] })).toEqual({ from: 1, to: 1 });
    db.close();
    expect(readdirSync(join(file, '..'))).toEqual(['docket.db']);
  });

  it('keep an older backup of the same version', () => {
    const file = oldFile(['kept']);
    writeFileSync(`${file}.v1.backup`, 'older');
    openForWriting(file, { steps: [first, second] }).db.close();
    expect(readFileSync(`${file}.v1.backup`, 'utf8')).toBe('older');
    expect(existsSync(`${file}.v1.backup-1`)).toBe(true);
  });

  it('leave the previous version intact if they fail', () => {
    const file = oldFile(['kept']);
    const steps = [first, sql('ALTER TABLE a ADD COLUMN y TEXT; INSERT INTO missing VALUES (1);')];
    // At each further start, too: no backups pile up beside the file.
    for (let start = 0; start < 3; start += 1) expect(() => openForWriting(file, { steps })).toThrow('missing');
    expect(readdirSync(join(file, '..'))).toEqual(['docket.db']);
    const db = new Database(file);
    expect(readVersion(db)).toBe(1);
    expect(db.prepare('SELECT * FROM a').all()).toEqual([{ x: 'kept' }]);
    db.close();
  });

  it('do not run if the backup fails', () => {
    const file = oldFile(['kept']);
    const db = new Database(file);
    const fail = () => {
      throw new Error('the backup is damaged');
    };
    expect(() => migrate(db, () => `${file}.backup`, { steps: [first, second], verify: fail })).toThrow('damaged');
    expect(readVersion(db)).toBe(1);
    db.close();
  });

  it('refuse a file of a newer Docket and leave it unchanged', async () => {
    const folder = makeFolder();
    const db = new Database(storeFile(folder));
    db.pragma('user_version = 999');
    db.close();
    const before = readFileSync(storeFile(folder));
    await expect(openStore(folder, workerUrl)).rejects.toThrow(/newer version of Docket \(format 999/);
    expect(() => openForWriting(storeFile(folder))).toThrow(StoreTooNewError);
    // A connection that is left open would leave its log behind.
    expect(readdirSync(folder).filter((name) => name.endsWith('-wal'))).toEqual([]);
    expect(readFileSync(storeFile(folder)).subarray(0, 16)).toEqual(before.subarray(0, 16));
    expect(readdirSync(folder).filter((name) => name.includes('damaged'))).toEqual([]);
  });
});
