/** Writes a long history into a data folder, and the same rows into one plain table. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openForWriting } from '../src/main/store/open-database.ts';
import { storeFile } from '../src/main/store/store.ts';
import { beginCall, closeOpenCalls, endCall } from '../src/main/store/tables/calls.ts';
import { type PastCall, pastCalls } from './history-rows.ts';

const CALLS_A_TRANSACTION = 10_000;
/** Bodies are keyed by hash, so inserts are scattered over the index; keep it in memory while building. */
const BUILD_CACHE_KIB = 1024 * 1024;

export function plainFile(folder: string): string {
  return join(folder, 'plain.db');
}

/**
 * Uses the functions of Docket's writer thread, both phases, in its own schema, except that it does not wait for the
 * disk and ten thousand calls share a transaction.
 */
export function buildStore(folder: string, calls: number): void {
  const { db } = openForWriting(storeFile(folder));
  build(db, calls, ({ intent, outcome }) => {
    const begun = beginCall(db, intent);
    if (!('callId' in begun)) throw new Error('A call was taken for an earlier one.');
    if (outcome !== null) endCall(db, { ...outcome, callId: begun.callId });
    // As the first start after a crash does with open calls.
    else closeOpenCalls(db);
  });
}

/** The simple way: one row per call, including its texts, and an index on its time. */
export function buildPlainTable(folder: string, calls: number): void {
  const db = new Database(plainFile(folder));
  db.exec(`CREATE TABLE calls (id INTEGER PRIMARY KEY, created_at INTEGER, kind TEXT, task TEXT, status TEXT, model TEXT,
    host TEXT, file_name TEXT, request TEXT, reply TEXT, tokens INTEGER, latency_ms REAL, error TEXT);
    CREATE INDEX calls_by_time ON calls (created_at)`);
  const insert = db.prepare(`INSERT INTO calls (created_at, kind, task, status, model, host, file_name, request, reply,
    tokens, latency_ms, error) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  build(db, calls, ({ intent, outcome, asked, reply }) => {
    insert.run(
      intent.createdAt,
      intent.kind,
      intent.task,
      outcome?.status ?? 'in_doubt',
      intent.model,
      intent.host,
      intent.fileName,
      asked,
      reply,
      outcome?.totalTokens ?? null,
      outcome?.latencyMs ?? null,
      outcome?.problem?.code ?? null,
    );
  });
}

function build(db: Database.Database, calls: number, write: (call: PastCall) => void): void {
  db.pragma('journal_mode = OFF');
  db.pragma('synchronous = OFF');
  db.pragma(`cache_size = -${BUILD_CACHE_KIB}`);
  let written = 0;
  db.exec('BEGIN');
  for (const call of pastCalls(calls)) {
    write(call);
    written += 1;
    if (written % CALLS_A_TRANSACTION === 0) db.exec('COMMIT; BEGIN');
  }
  db.exec('COMMIT');
  db.pragma('journal_mode = WAL');
  db.close();
}
