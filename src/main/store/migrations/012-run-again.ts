import type { Migration } from '../migration.ts';

/**
 * Version 12. `batches.again_of` is the batch whose files a batch asks once more, null for one of its own files; it may be
 * gone from a store that was salvaged. `batches.trial` is 1 while a run is a trial. `attachments.path` is where an attached
 * file was, so that a batch can be made of it; null for files attached before.
 */
export const runAgain: Migration = {
  change: (db) => {
    db.exec(`
      ALTER TABLE batches ADD COLUMN again_of TEXT;
      ALTER TABLE batches ADD COLUMN trial INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE attachments ADD COLUMN path TEXT;
    `);
  },
};
