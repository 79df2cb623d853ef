import type { Migration } from '../migration.ts';

/**
 * Version 5. `batches.worked_ms`: how long a batch ran, without the time that it stood stopped; null for one that ran
 * before this was kept. `batches.running_since`: from when its run counts; null while it does not run.
 */
export const timeAtWork: Migration = {
  change: (db) => {
    db.exec(`
      ALTER TABLE batches ADD COLUMN worked_ms INTEGER;
      ALTER TABLE batches ADD COLUMN running_since INTEGER;
    `);
  },
};
