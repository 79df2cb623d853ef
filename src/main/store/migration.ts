import type { Database } from 'better-sqlite3';

/** Upgrades a store from the previous version to its own. Never edited once released. */
export interface Migration {
  /** Work too long for one transaction, done before `change`. */
  readonly batches?: MigrationBatches;
  /** All or nothing, committed together with the new version number. */
  readonly change: (db: Database) => void;
}

/** Each batch is a transaction: a kill loses at most one, and the next start continues after the last. */
export interface MigrationBatches {
  /** Where the last batch will end, in the units of `next`. */
  readonly end: (db: Database) => number;
  /**
   * Processes the batch that follows a place, which is 0 at first.
   * @returns where the batch ended, or null when nothing is left.
   */
  readonly next: (db: Database, after: number) => number | null;
}
