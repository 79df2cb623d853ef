import type { Migration } from '../migration.ts';

/**
 * Version 13. A file can be removed from its batch and brought back: its status is `removed` then, and
 * `items.removed_status` is what it was before, so that it is that again. Removed files that are ticked do not count as
 * checked, so the index of those knows the status.
 */
export const removedItems: Migration = {
  change: (db) => {
    db.exec(`
      ALTER TABLE items ADD COLUMN removed_status TEXT;
      DROP INDEX items_checked;
      CREATE INDEX items_checked ON items (batch_id, status) WHERE checked_at IS NOT NULL;
    `);
  },
};
