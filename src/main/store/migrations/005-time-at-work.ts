import type { Migration } from '../migration.ts';

/**
 * Version 5. `batches.worked_ms`: how long a batch has run, without the time it was stopped; null if it ran before this
 * column existed. `batches.running_since`: when its current run started; null while it is not running.
 */
export const timeAtWork: Migration = {
  change: (db) => {
    db.exec(`
      ALTER TABLE batches ADD COLUMN worked_ms INTEGER;
      ALTER TABLE batches ADD COLUMN running_since INTEGER;
    `);
  },
};
