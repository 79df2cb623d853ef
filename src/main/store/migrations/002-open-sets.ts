import type { Database } from 'better-sqlite3';
import type { Migration } from '../migration.ts';

/**
 * What a status, a kind or a role may be is checked where it is written (`known-values.ts`): with a CHECK of the table a
 * new one would need every row to be written anew.
 */
const LISTED_IN_THE_SCHEMA = / CHECK \((?:kind|status|role|encoding) IN \([^)]*\)\)/g;

/**
 * Version 2. `calls.error_params`: the parameters of a problem as JSON, of which `error_message` was the sentence;
 * older rows have the sentence alone. `calls.released`: 0 while a call that is on record may not leave yet.
 * `items.suspected`: how often the provider failed at this file while it answered for others; null for never.
 */
export const openSets: Migration = {
  change: (db) => {
    db.exec(`
      ALTER TABLE calls ADD COLUMN error_params TEXT;
      ALTER TABLE calls ADD COLUMN released INTEGER NOT NULL DEFAULT 1;
      ALTER TABLE items ADD COLUMN suspected INTEGER;
      CREATE INDEX items_suspected ON items (batch_id, status, suspected, position) WHERE suspected IS NOT NULL;
    `);
    removeListedValues(db);
  },
};

/**
 * As SQLite documents it for constraints, which have no part in how rows are stored
 * (sqlite.org/lang_altertable.html#otheralter): the text of the schema is changed, and no row is touched. Last of the
 * changes, because SQLite has read the old text.
 */
function removeListedValues(db: Database): void {
  const tables = db
    .prepare<[], { name: string; sql: string }>(
      "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND sql LIKE '% CHECK (%'",
    )
    .all();
  const version = Number(db.pragma('schema_version', { simple: true }));
  db.unsafeMode(true);
  try {
    db.pragma('writable_schema = ON');
    const change = db.prepare("UPDATE sqlite_schema SET sql = ? WHERE type = 'table' AND name = ?");
    for (const { name, sql } of tables) change.run(sql.replace(LISTED_IN_THE_SCHEMA, ''), name);
    db.pragma(`schema_version = ${version + 1}`);
  } finally {
    db.pragma('writable_schema = RESET');
    db.unsafeMode(false);
  }
}
