import type { Migration } from '../migration.ts';

/** Version 4: files that were read with notes are counted and listed without a look at all others of their batch. */
export const notedItems: Migration = {
  change: (db) => {
    db.exec(`
      CREATE INDEX items_noted ON items (batch_id, position)
        WHERE (status = 'done' OR status = 'failed') AND notes <> '[]';
    `);
  },
};
