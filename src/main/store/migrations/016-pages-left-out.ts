import type { Migration } from '../migration.ts';

/**
 * Version 16. `items.without_pages`: the damaged pages that the person chose to do without, as JSON; null if none. Only
 * these: a file that has lost other pages since is damaged again.
 */
export const pagesLeftOut: Migration = {
  change: (db) => {
    db.exec('ALTER TABLE items ADD COLUMN without_pages TEXT;');
  },
};
