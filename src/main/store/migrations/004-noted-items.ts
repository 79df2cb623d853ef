import type { Migration } from '../migration.ts';

/** Version 4: an index for counting and listing the files with reading notes without scanning the rest of the batch. */
export const notedItems: Migration = {
  change: (db) => {
    db.exec(`
      CREATE INDEX items_noted ON items (batch_id, position)
        WHERE (status = 'done' OR status = 'failed') AND notes <> '[]';
    `);
  },
};
