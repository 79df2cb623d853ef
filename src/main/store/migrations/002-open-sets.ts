import type { Database } from 'better-sqlite3';
import type { Migration } from '../migration.ts';

/**
 * The values of a status, kind or role are checked where they are written (`known-values.ts`): with a CHECK, allowing a
 * new value would rewrite every row.
 */
const LISTED_IN_THE_SCHEMA = / CHECK \((?:kind|status|role|encoding) IN \([^)]*\)\)/g;

/**
 * Version 2. `calls.error_params`: the parameters of a problem as JSON. Older rows have only its sentence, in
 * `error_message`. `calls.released`: 0 while a recorded call may not leave yet. `items.suspected`: how often the
 * provider failed on this file while it answered for others; null for never.
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
 * Edits the text of the schema without touching a row, which SQLite documents as safe for constraints, since they do
 * not affect how rows are stored (sqlite.org/lang_altertable.html#otheralter). Must be the last change, because this
 * connection still has the old text parsed.
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
