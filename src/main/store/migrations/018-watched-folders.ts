import type { Migration } from '../migration.ts';

/**
 * Version 18. A batch can watch its folder. `watches`: those that do, with the limits that a person set, how much of them
 * was used on a day (`used_on` is its midnight), why found files wait (`hold`) and why changes are not seen at once
 * (`trouble`). `watch_log`: what each did, newest last.
 * `items.found_at` is when a watch last found a file new or changed, `items.gone_at` since when a file is not there.
 * `batches.by_watch` is 1 while what runs or waits is only what the watch has found.
 */
export const watchedFolders: Migration = {
  change: (db) => {
    db.exec(`
      CREATE TABLE watches (
        batch_id TEXT PRIMARY KEY,
        since INTEGER NOT NULL,
        files_per_day INTEGER,
        tokens_per_day INTEGER,
        used_on INTEGER NOT NULL DEFAULT 0,
        used_files INTEGER NOT NULL DEFAULT 0,
        used_tokens INTEGER NOT NULL DEFAULT 0,
        hold TEXT,
        trouble TEXT
      ) STRICT;
      CREATE TABLE watch_log (
        id INTEGER PRIMARY KEY,
        batch_id TEXT NOT NULL,
        at INTEGER NOT NULL,
        entry TEXT NOT NULL
      ) STRICT;
      CREATE INDEX watch_log_by_batch ON watch_log (batch_id, id);
      ALTER TABLE batches ADD COLUMN by_watch INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE items ADD COLUMN found_at INTEGER;
      ALTER TABLE items ADD COLUMN gone_at INTEGER;
      CREATE INDEX items_found ON items (batch_id, found_at) WHERE found_at IS NOT NULL;
      CREATE INDEX items_gone ON items (batch_id) WHERE gone_at IS NOT NULL;
    `);
  },
};
