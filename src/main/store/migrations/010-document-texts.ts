import type { Migration } from '../migration.ts';

/**
 * Version 10. The text that was read of a file is kept: `items.text_hash` names it in `bodies`, where the requests about
 * it refer to the same text. `items.page_starts`: the offsets at which its pages begin, as JSON, where it has pages. Both
 * are null for files read before.
 */
export const documentTexts: Migration = {
  change: (db) => {
    db.exec(`
      ALTER TABLE items ADD COLUMN text_hash BLOB;
      ALTER TABLE items ADD COLUMN page_starts TEXT;
    `);
  },
};
