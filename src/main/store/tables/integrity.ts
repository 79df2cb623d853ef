import type { Database } from 'better-sqlite3';

/** Every table that has pages, those of the search index too. */
export function tableNames(db: Database): readonly string[] {
  return db
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 ORDER BY rootpage")
    .pluck()
    .all();
}

/** Looks at each page of a table and of its indexes. @throws what SQLite says when it cannot go on. */
export function isTableWhole(db: Database, table: string): boolean {
  return db.pragma(`quick_check("${table.replaceAll('"', '""')}")`, { simple: true }) === 'ok';
}
