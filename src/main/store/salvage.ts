/** Takes over what can be read of a damaged store into a new one. */
import { closeSync, fsyncSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { StoreUpdate } from '../../shared/app-data.ts';
import { migrations, readVersion, StoreTooNewError } from './migrations.ts';
import { openForWriting } from './open-database.ts';
import { attempt, type DamagedRow, readDamaged, readUntilDamage, type Unread } from './read-damaged.ts';
import { wholeText } from './tables/bodies.ts';
import { indexClosedCalls } from './tables/search-index.ts';

/** What was taken over, and what was not. */
export interface Salvaged {
  readonly calls: number;
  readonly conversations: number;
  readonly files: number;
  /** Rows that could not be read, or not be kept without another that could not. */
  readonly lostRows: number;
  /** Texts that are not what they were when they were stored. */
  readonly lostTexts: number;
  /** A table ended in what cannot be read: how much was behind it, nobody knows. */
  readonly isEndUnknown: boolean;
}

/** In the order in which rows refer to each other. */
export const TABLES = [
  'settings',
  'bodies',
  'calls',
  'conversations',
  'messages',
  'attachments',
  'message_attachments',
  'batches',
  'items',
] as const;
type Table = (typeof TABLES)[number];
/** Its rows have no numbers, so that what cannot be read cannot be jumped over. It is short. */
const UNNUMBERED = 'message_attachments';

const ROWS_A_TRANSACTION = 5_000;

/**
 * Makes a store at `target` with all that can be read of the one at `file`, which stays as it is.
 * @throws StoreTooNewError for a file of a newer Docket, whose rows would be lost; what SQLite says of a full disk.
 */
export function salvage(file: string, target: string, tell: (update: StoreUpdate) => void): Salvaged {
  const from = attempt(() => openDamaged(file));
  const { db: into } = openForWriting(target);
  try {
    if (from !== null) expectKnownVersion(from);
    // Without a log beside it, which a full disk would keep from being copied into the file, without a word.
    into.pragma('journal_mode = MEMORY');
    into.pragma('synchronous = OFF');
    into.pragma('foreign_keys = OFF');
    return from === null ? NOTHING : takeOver(from, into, tell);
  } finally {
    from?.close();
    into.close();
    syncFile(target);
  }
}

/** So that SQLite reads a file that ends too early, and one whose list of tables is damaged in part. */
function openDamaged(file: string): Database.Database {
  const db = new Database(file, { readonly: true });
  // Else the setting is refused without a word. Nothing is written through this connection.
  db.unsafeMode();
  db.pragma('writable_schema = ON');
  return db;
}

const NOTHING: Salvaged = { calls: 0, conversations: 0, files: 0, lostRows: 0, lostTexts: 0, isEndUnknown: true };

function expectKnownVersion(db: Database.Database): void {
  const version = attempt(() => readVersion(db)) ?? 0;
  if (version > migrations.length) throw new StoreTooNewError(version, migrations.length);
}

function takeOver(from: Database.Database, into: Database.Database, tell: (update: StoreUpdate) => void): Salvaged {
  const unread: Unread = { rows: 0, isEndUnknown: false };
  const kept = { lostRows: 0, lostTexts: 0 };
  const total = TABLES.reduce((sum, table) => sum + lastRowid(from, table), 0);
  let done = 0;
  // The last row of a table, by which it is measured, may be among what cannot be read.
  const progress = () => tell({ stage: 'salvaging', done, total: Math.max(total, done) });
  for (const table of TABLES) {
    const insert = inserter(from, into, table);
    if (insert === null) {
      unread.isEndUnknown = true;
      continue;
    }
    const rows = table === UNNUMBERED ? readUntilDamage(from, table, unread) : readDamaged(from, table, unread);
    inTransactions(into, rows, progress, (row) => {
      done += 1;
      if (table === 'bodies' && !isWhole(row)) kept.lostTexts += 1;
      else if (!insert(row)) kept.lostRows += 1;
    });
  }
  kept.lostRows += mendReferences(into);
  for (let after: number | null = 0; after !== null; progress()) after = indexSome(into, after);
  const count = (table: Table) => Number(into.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
  return {
    calls: count('calls'),
    conversations: count('conversations'),
    files: count('items'),
    lostRows: kept.lostRows + unread.rows,
    lostTexts: kept.lostTexts,
    isEndUnknown: unread.isEndUnknown,
  };
}

function indexSome(into: Database.Database, after: number): number | null {
  return into.transaction(() => indexClosedCalls(into, after, ROWS_A_TRANSACTION, 'calls_text'))();
}

function lastRowid(db: Database.Database, table: Table): number {
  return attempt(() => db.prepare<[], number>(`SELECT coalesce(max(rowid), 0) FROM ${table}`).pluck().get()) ?? 0;
}

function inTransactions(
  into: Database.Database,
  rows: Iterable<DamagedRow>,
  progress: () => void,
  take: (row: DamagedRow) => void,
): void {
  let taken = 0;
  into.exec('BEGIN');
  for (const row of rows) {
    take(row);
    taken += 1;
    if (taken % ROWS_A_TRANSACTION !== 0) continue;
    into.exec('COMMIT; BEGIN');
    progress();
  }
  into.exec('COMMIT');
}

/** Puts a row in with the columns that both stores have; false when the row breaks a rule of the schema. */
function inserter(
  from: Database.Database,
  into: Database.Database,
  table: Table,
): ((row: DamagedRow) => boolean) | null {
  const old = attempt(() => columnsOf(from, table));
  if (old === null || old.length === 0) return null;
  const columns = columnsOf(into, table).filter((column) => old.includes(column));
  // Rows of a time are in the order of their numbers, where no column says it.
  const numbered = table !== UNNUMBERED && !isNumber(into, table) ? ['rowid'] : [];
  const names = [...numbered, ...columns];
  const insert = into.prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`);
  return (row) => {
    const values = columns.map((column) => row[column]);
    try {
      insert.run(...(numbered.length > 0 ? [row.salvaged_rowid] : []), ...values);
      return true;
    } catch (error) {
      if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_CONSTRAINT')) return false;
      throw error;
    }
  };
}

/** Whether the rows' number is a column by itself. */
function isNumber(db: Database.Database, table: Table): boolean {
  const columns = db.pragma(`table_info(${table})`) as readonly { readonly type: string; readonly pk: number }[];
  return columns.some(({ type, pk }) => pk === 1 && type === 'INTEGER');
}

function columnsOf(db: Database.Database, table: Table): readonly string[] {
  return (db.pragma(`table_info(${table})`) as readonly { readonly name: string }[]).map(({ name }) => name);
}

function isWhole({ hash, encoding, data }: DamagedRow): boolean {
  return hash instanceof Uint8Array && data instanceof Uint8Array && wholeText(hash, encoding, data) !== null;
}

/** Rows without the row that they belong to: made reachable where that is possible, else left out. @returns how many. */
function mendReferences(db: Database.Database): number {
  db.exec(`
    INSERT INTO conversations (id, title, created_at, updated_at)
      SELECT conversation_id, 'Recovered conversation', min(created_at), max(created_at) FROM messages
        WHERE conversation_id NOT IN (SELECT id FROM conversations) GROUP BY conversation_id;
    UPDATE messages SET parent_id = NULL WHERE parent_id NOT IN (SELECT id FROM messages);
    UPDATE conversations SET leaf_id =
        (SELECT m.id FROM messages m WHERE m.conversation_id = conversations.id ORDER BY created_at DESC, rowid DESC LIMIT 1)
      WHERE leaf_id IS NULL OR leaf_id NOT IN (SELECT id FROM messages);
  `);
  const removed = [
    'DELETE FROM items WHERE batch_id NOT IN (SELECT id FROM batches)',
    `DELETE FROM message_attachments WHERE message_id NOT IN (SELECT id FROM messages)
       OR attachment_id NOT IN (SELECT id FROM attachments)`,
  ];
  return removed.reduce((sum, sql) => sum + db.prepare(sql).run().changes, 0);
}

/** It was written without waiting for the disk. */
function syncFile(file: string): void {
  const descriptor = openSync(file, 'r+');
  fsyncSync(descriptor);
  closeSync(descriptor);
}
