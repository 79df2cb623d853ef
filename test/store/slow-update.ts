/** A migration with many batches: each copies one row of a table and notes which process did it. */
import { pid } from 'node:process';
import type { Database } from 'better-sqlite3';
import type { Migration } from '../../src/main/store/migration.ts';

export const ROWS = 400;

const made: Migration = {
  change: (db) => {
    db.exec('CREATE TABLE a (x INTEGER) STRICT; CREATE TABLE b (x INTEGER, pid INTEGER) STRICT');
    for (let x = 1; x <= ROWS; x += 1) db.prepare('INSERT INTO a VALUES (?)').run(x);
  },
};

const copied: Migration = {
  batches: { end: () => ROWS, next: copyOne },
  change: (db) => void db.exec('DROP TABLE a'),
};

function copyOne(db: Database, after: number): number | null {
  if (after === ROWS) return null;
  db.prepare('INSERT INTO b SELECT x, ? FROM a WHERE x = ?').run(pid, after + 1);
  return after + 1;
}

export const firstSteps: readonly Migration[] = [made];
export const steps: readonly Migration[] = [made, copied];
