import type { Migration } from '../migration.ts';

/**
 * Version 11. What a person changes by hand: `batches.own_name`, the name given to a batch in place of what was dropped;
 * `items.checked_at`, when a file's answers were ticked as checked; and `corrections`, the values put in place of a
 * model's. A correction is not part of the answer's row, which is written anew each time its question is asked. `of_value`
 * is the model's value that it replaces (null if there was none), as it is stored in `answers`: the correction holds as
 * long as the answer still has it.
 */
export const byHand: Migration = {
  change: (db) => {
    db.exec(`
      ALTER TABLE batches ADD COLUMN own_name TEXT;
      ALTER TABLE items ADD COLUMN checked_at INTEGER;
      CREATE INDEX items_checked ON items (batch_id, position) WHERE checked_at IS NOT NULL;
      CREATE TABLE corrections (
        id           INTEGER PRIMARY KEY,
        item_id      INTEGER NOT NULL REFERENCES items (id),
        question     TEXT NOT NULL,
        value        TEXT NOT NULL,
        of_value     TEXT,
        corrected_at INTEGER NOT NULL,
        UNIQUE (item_id, question)
      ) STRICT;
    `);
  },
};
