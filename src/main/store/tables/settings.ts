import type { Database } from 'better-sqlite3';
import { prepared } from '../prepared.ts';

export function readSetting(db: Database, name: string): unknown {
  const row = prepared<[string], { value: string }>(db, 'SELECT value FROM settings WHERE name = ?').get(name);
  return row === undefined ? null : JSON.parse(row.value);
}

export function writeSetting(db: Database, name: string, value: unknown): void {
  prepared(
    db,
    'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  ).run(name, JSON.stringify(value));
}
