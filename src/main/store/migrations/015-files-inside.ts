import type { Migration } from '../migration.ts';

/**
 * Version 15. Files that lie in other files have rows of their own. `items.inside`: where one lies in the file at its path,
 * as a JSON list of names from outer to inner; null for that file itself. `items.container_bytes`: the size of the file at
 * its path, if it lies in that. `items.apart`: 1 where what a file holds has rows of its own, 0 where it has not; null for
 * files of before, which were read with all that they hold.
 */
export const filesInside: Migration = {
  change: (db) => {
    db.exec(`
      ALTER TABLE items ADD COLUMN inside TEXT;
      ALTER TABLE items ADD COLUMN container_bytes INTEGER;
      ALTER TABLE items ADD COLUMN apart INTEGER;
    `);
  },
};
