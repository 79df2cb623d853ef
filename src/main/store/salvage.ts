/** Copies whatever is readable in a damaged store to a new one. */
import { closeSync, fsyncSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { StoreUpdate } from '../../shared/app-data.ts';
import { sizeOf } from './lost-store.ts';
import { migrate, migrations, readVersion, StoreTooNewError } from './migrations.ts';
import { openForWriting } from './open-database.ts';
import { attempt, type DamagedRow, readDamaged, readUntilDamage, type Unread } from './read-damaged.ts';
import { wholeText } from './tables/bodies.ts';
import { putRecipeVersion } from './tables/recipe-versions.ts';
import { indexClosedCalls } from './tables/search-index.ts';

/** What was salvaged, and what was lost. */
export interface Salvaged {
  readonly calls: number;
  readonly conversations: number;
  readonly files: number;
  /** Rows that were unreadable, or that refer to an unreadable row and cannot be kept without it. */
  readonly lostRows: number;
  /** Texts that no longer match their hash. */
  readonly lostTexts: number;
  /** The end of a table was unreadable, so it is unknown how many rows it had. */
  readonly isEndUnknown: boolean;
}

/** Referenced tables come before the tables that refer to them. */
export const TABLES = [
  'settings',
  'recipes',
  'bodies',
  'calls',
  'conversations',
  'messages',
  'attachments',
  'message_attachments',
  'recipe_versions',
  'batches',
  'items',
  'answers',
  'corrections',
  'recognised_pages',
  'watches',
  'watch_log',
] as const;
type Table = (typeof TABLES)[number];
/** This table has no rowids, so reading cannot resume after an unreadable row. It is short. */
const UNNUMBERED = 'message_attachments';

const ROWS_A_TRANSACTION = 5_000;

/**
 * Creates a store at `target` with everything readable in the one at `file`, which stays as it is.
 * @throws StoreTooNewError for a store of a newer Docket, whose rows would be lost; what SQLite reports, such as a full
 * disk.
 */
export function salvage(file: string, target: string, tell: (update: StoreUpdate) => void): Salvaged {
  // SQLite deletes the log of an empty file.
  const from = sizeOf(file) === 0 ? null : attempt(() => openDamaged(file));
  const version = from === null ? migrations.length : versionOf(from);
  // Rows are copied to a store of their own version, and the usual update brings them to the newest.
  const { db: into } = openForWriting(target, { steps: migrations.slice(0, version) });
  try {
    // No log beside the file: a full disk would silently keep it from being copied into the file.
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

/** Lets SQLite read a truncated file, or one whose schema is partly damaged. */
function openDamaged(file: string): Database.Database {
  const db = new Database(file, { readonly: true });
  // Otherwise the setting is silently refused. Nothing is written through this connection.
  db.unsafeMode();
  db.pragma('writable_schema = ON');
  return db;
}

const NOTHING: Salvaged = { calls: 0, conversations: 0, files: 0, lostRows: 0, lostTexts: 0, isEndUnknown: true };

/** The version of a store; the newest if it cannot be read. */
function versionOf(db: Database.Database): number {
  const version = attempt(() => readVersion(db)) ?? 0;
  if (version > migrations.length) throw new StoreTooNewError(version, migrations.length);
  return version === 0 ? migrations.length : version;
}

function takeOver(from: Database.Database, into: Database.Database, tell: (update: StoreUpdate) => void): Salvaged {
  const unread: Unread = { rows: 0, isEndUnknown: false };
  const kept = { lostRows: 0, lostTexts: 0 };
  const tables = TABLES.filter((table) => columnsOf(into, table).length > 0);
  const total = tables.reduce((sum, table) => sum + lastRowid(from, table), 0);
  let done = 0;
  // The total comes from the last row of each table, which may be unreadable.
  const progress = () => tell({ stage: 'salvaging', done, total: Math.max(total, done) });
  for (const table of tables) {
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
  migrate(into, () => null, { tell });
  kept.lostRows += mendReferences(into);
  into.exec("INSERT INTO calls_text (calls_text) VALUES ('delete-all')");
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

/** Inserts a row with the columns that both stores have; returns false if it violates the schema. */
function inserter(
  from: Database.Database,
  into: Database.Database,
  table: Table,
): ((row: DamagedRow) => boolean) | null {
  const old = attempt(() => columnsOf(from, table));
  if (old === null || old.length === 0) return null;
  const columns = columnsOf(into, table).filter((column) => old.includes(column));
  // Rowids carry the order of rows with the same time, which no column does.
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

/** Whether the rowid is one of the table's columns. */
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

/** Makes rows whose parent row is missing reachable, or deletes them. @returns how many were deleted. */
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
  replaceLostRecipes(db);
  const removed = [
    'DELETE FROM items WHERE batch_id NOT IN (SELECT id FROM batches)',
    'DELETE FROM answers WHERE item_id NOT IN (SELECT id FROM items)',
    ...(columnsOf(db, 'corrections').length === 0
      ? []
      : ['DELETE FROM corrections WHERE item_id NOT IN (SELECT id FROM items)']),
    `DELETE FROM message_attachments WHERE message_id NOT IN (SELECT id FROM messages)
       OR attachment_id NOT IN (SELECT id FROM attachments)`,
  ];
  return removed.reduce((sum, sql) => sum + db.prepare(sql).run().changes, 0);
}

/** A batch whose recipe is unreadable keeps its answers, in columns that are named by their questions' ids. */
function replaceLostRecipes(db: Database.Database): void {
  const lost = 'recipe_version IS NULL OR recipe_version NOT IN (SELECT id FROM recipe_versions)';
  if (db.prepare(`SELECT 1 FROM batches WHERE ${lost} LIMIT 1`).get() === undefined) return;
  const ids = db.prepare<[], string>('SELECT DISTINCT question FROM answers ORDER BY question').pluck().all();
  const version = putRecipeVersion(db, {
    id: 'recovered',
    name: 'Recovered recipe',
    asked: 'separately',
    order: 'document_first',
    questions: ids.map((id) => ({ id, title: id, ask: id, answer: { type: 'text' }, proof: false, maxTokens: 100 })),
  });
  db.prepare(`UPDATE batches SET recipe_version = ? WHERE ${lost}`).run(version);
}

/** The file was written with `synchronous=OFF`. */
function syncFile(file: string): void {
  const descriptor = openSync(file, 'r+');
  fsyncSync(descriptor);
  closeSync(descriptor);
}
