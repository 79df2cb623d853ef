/**
 * The store's thread on a disk that is full while the file `disk-is-full` lies beside the database: SQLite itself
 * then refuses to let the file grow, with SQLITE_FULL.
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';

const MOST_PAGES = 4_294_967_294;
const flag = join(dirname((workerData as { file: string }).file), 'disk-is-full');
const opened = new Set<Database.Database>();
const { pragma } = Database.prototype;

Database.prototype.pragma = function (this: Database.Database, ...args) {
  opened.add(this);
  return pragma.apply(this, args);
};

parentPort?.on('message', () => {
  for (const db of opened) {
    if (!db.open || db.readonly) continue;
    pragma.call(db, `max_page_count = ${existsSync(flag) ? 1 : MOST_PAGES}`);
  }
});

await import('../../src/main/store/store-worker.ts');
