import type { Migration } from '../migration.ts';

/** Version 8. Recipes of one's own are kept. What batches ask stays in `recipe_versions`. */
export const ownRecipes: Migration = {
  change: (db) => {
    db.exec(`
      -- "body" is the whole recipe as JSON; "name" is beside it to sort by.
      CREATE TABLE recipes (
        id         TEXT PRIMARY KEY,
        name       TEXT NOT NULL,
        body       TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL,
        removed_at INTEGER
      ) STRICT;
    `);
  },
};
