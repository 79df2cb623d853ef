import type { Database } from 'better-sqlite3';

/** Every table that has pages, including those of the search index. */
export function tableNames(db: Database): readonly string[] {
  return db
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 ORDER BY rootpage")
    .pluck()
    .all();
}

/** Checks every page of a table and of its indexes. @throws what SQLite reports when it cannot continue. */
export function isTableWhole(db: Database, table: string): boolean {
  return db.pragma(`quick_check("${table.replaceAll('"', '""')}")`, { simple: true }) === 'ok';
}
