import type { Database, Statement } from 'better-sqlite3';

const statements = new WeakMap<Database, Map<string, Statement<unknown[], unknown>>>();

/**
 * Compiles a statement once per connection: compiling an insert costs more than running it. Statements are never
 * dropped, so there must be few different ones: bind values, never interpolate them.
 */
export function prepared<Values extends unknown[] = unknown[], Row = unknown>(
  db: Database,
  sql: string,
): Statement<Values, Row> {
  const known = statements.get(db) ?? new Map<string, Statement<unknown[], unknown>>();
  statements.set(db, known);
  const statement = known.get(sql) ?? db.prepare<unknown[], unknown>(sql);
  known.set(sql, statement);
  return statement as Statement<Values, Row>;
}
