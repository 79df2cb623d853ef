/**
 * The store's thread on a disk that is full while the file `disk-is-full` exists beside the database: SQLite itself
 * then refuses to let the file grow, with SQLITE_FULL. Checked before each transaction.
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';

const MOST_PAGES = 4_294_967_294;
const flag = join(dirname((workerData as { file: string }).file), 'disk-is-full');
const { transaction } = Database.prototype;

Database.prototype.transaction = function (this: Database.Database, work) {
  const run = transaction.call(this, work);
  const runOnDisk = (...args: Parameters<typeof work>) => {
    if (!this.inTransaction) this.pragma(`max_page_count = ${existsSync(flag) ? 1 : MOST_PAGES}`);
    return run(...args);
  };
  return Object.assign(runOnDisk, run);
} as typeof transaction;

await import('../../src/main/store/store-worker.ts');
