import { chmodSync, constants, copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { isLost } from './lost-store.ts';
import { expectReadable, type MigrationOptions, migrate } from './migrations.ts';
import { expectNoFolder, keepOwn, makeOwnFile } from './own-file.ts';

/**
 * How long a connection waits for another one's lock. Normally only the reader and the writer of one process share a
 * file.
 */
const BUSY_TIMEOUT_MS = 5_000;

/** Bodies are indexed by hash, so inserts hit the index at random: it should fit in the cache. */
const CACHE_KIB = 32 * 1024;
/** A checkpoint delays the intents behind it, so a busy store makes few, large ones; an idle one makes its own. */
const CHECKPOINT_PAGES = 4_000;
/** What is kept of a log that a long read has let grow. */
const WAL_KEPT_BYTES = 64 * 1024 * 1024;

/** The write-ahead log and its index, beside the file and with the same permissions. */
export const LOGS = ['-wal', '-shm'] as const;

/**
 * Opens (or creates) the store for its only writer. `synchronous=FULL`: an acknowledged commit survives a power cut.
 * @throws StoreTooNewError, or what SQLite reports; no connection is left open
 */
export function openForWriting(
  file: string,
  migrating: Pick<MigrationOptions, 'steps' | 'tell'> = {},
): { readonly db: Database.Database } {
  makeOwnFile(file);
  for (const suffix of LOGS) keepOwn(file + suffix);
  const db = new Database(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    prepareForWriting(db);
    const backupFile = (version: number) => freshName(`${file}.v${version}.backup`);
    migrate(db, backupFile, { ...migrating, verify: verifyBackup });
  } catch (error) {
    db.close();
    throw error;
  }
  return { db };
}

function prepareForWriting(db: Database.Database): void {
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  // On macOS a plain fsync stops at the drive's cache (sqlite.org/pragma.html#pragma_fullfsync).
  db.pragma('fullfsync = ON');
  db.pragma('checkpoint_fullfsync = ON');
  db.pragma('foreign_keys = ON');
  db.pragma(`cache_size = -${CACHE_KIB}`);
  db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  db.pragma(`journal_size_limit = ${WAL_KEPT_BYTES}`);
}

/**
 * Opens the store beside its writer, which may be another process.
 * @throws StoreTooNewError, or an error whose message can be shown; no connection is left open
 */
export function openForReading(file: string): OpenedForReading {
  expectNoFolder(file);
  if (isLost(file)) throw new Database.SqliteError('the file is empty or missing', 'SQLITE_NOTADB');
  const openLive = () => new Database(file, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
  try {
    return { db: checked(openLive), isSnapshot: false, forget: () => {} };
  } catch (error) {
    if (!isUnwritable(error) || !existsSync(file)) throw error;
  }
  return openSnapshot(file);
}

export interface OpenedForReading {
  readonly db: Database.Database;
  /** The store is in a read-only place, so a copy is read. No other process can be writing to it. */
  readonly isSnapshot: boolean;
  /** Deletes that copy. Call it after closing the connection. */
  forget(): void;
}

function checked(open: () => Database.Database): Database.Database {
  const db = open();
  try {
    db.pragma('query_only = ON');
    expectReadable(db);
  } catch (error) {
    db.close();
    throw error;
  }
  return db;
}

/** Even a WAL reader writes a file beside the database, which fails in a read-only place. */
function isUnwritable(error: unknown): boolean {
  if (!(error instanceof Database.SqliteError)) return false;
  return error.code.startsWith('SQLITE_READONLY') || error.code.startsWith('SQLITE_CANTOPEN');
}

/**
 * Reads a copy of the file and of its log, which has the newest calls. (`immutable=1` would need no copy, but it
 * ignores the log, and better-sqlite3 takes no URI.)
 */
function openSnapshot(file: string): OpenedForReading {
  const folder = mkdtempSync(join(tmpdir(), 'docket-history-'));
  const forget = () => rmSync(folder, { recursive: true, force: true });
  try {
    const copy = join(folder, 'docket.db');
    for (const suffix of ['', '-wal'].filter((one) => existsSync(file + one))) {
      copyFileSync(file + suffix, copy + suffix, constants.COPYFILE_FICLONE);
      chmodSync(copy + suffix, 0o600);
    }
    return { db: checked(() => new Database(copy)), isSnapshot: true, forget };
  } catch (error) {
    forget();
    throw error;
  }
}

/** A garbage file opens without an error and fails only when its header or its tables are first read. */
export function isDatabase(file: string): boolean {
  const db = new Database(file, { readonly: true, timeout: BUSY_TIMEOUT_MS });
  try {
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    return true;
  } catch (error) {
    if (isDamage(error)) return false;
    throw error;
  } finally {
    db.close();
  }
}

/** Whether SQLite reports that a file is damaged, or is no database at all. */
export function isDamage(error: unknown): boolean {
  return (
    error instanceof Database.SqliteError && (error.code === 'SQLITE_NOTADB' || error.code.startsWith('SQLITE_CORRUPT'))
  );
}

function verifyBackup(file: string): void {
  const db = new Database(file, { readonly: true });
  try {
    const verdict = db.pragma('integrity_check', { simple: true });
    if (verdict !== 'ok') throw new Error(`The backup made before updating the history is damaged: ${String(verdict)}`);
  } finally {
    db.close();
  }
}

/** A name that no file has: the one that is wanted, or with a number behind it. */
export function freshName(wanted: string): string {
  for (let n = 0; ; n += 1) {
    const name = n === 0 ? wanted : `${wanted}-${n}`;
    if (!existsSync(name)) return name;
  }
}
