import type { Migration } from '../migration.ts';

/**
 * Version 17. `recognised_pages.words`: the words of a page and where they stand on it, as JSON, so that a quotation can be
 * marked on its picture. Null for pages recognised before.
 */
export const placedWords: Migration = {
  change: (db) => {
    db.exec('ALTER TABLE recognised_pages ADD COLUMN words TEXT');
  },
};
