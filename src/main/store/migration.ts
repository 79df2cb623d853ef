import type { Database } from 'better-sqlite3';

/** Takes a store from the version before to its own. Never edited once released. */
export interface Migration {
  /** Work that is too long for one transaction, done before `change`. */
  readonly batches?: MigrationBatches;
  /** All or nothing, together with the new version. */
  readonly change: (db: Database) => void;
}

/** Each batch is a transaction: a kill loses at most one, and the next start goes on behind the last. */
export interface MigrationBatches {
  /** Where the last batch will end, in the measure of `next`. */
  readonly end: (db: Database) => number;
  /** Does what comes after a place, which is 0 at first. @returns where it ended, or null when nothing is left. */
  readonly next: (db: Database, after: number) => number | null;
}
