import Database from 'better-sqlite3';
import { makeOwnFile } from './own-file.ts';

/**
 * Holds the data folder for one process: an exclusive SQLite lock that the system releases however the process ends.
 * Null when another process holds it.
 */
export function lockFolder(lockFile: string): { release(): void } | null {
  makeOwnFile(lockFile);
  const db = new Database(lockFile, { timeout: 0 });
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if (error instanceof Database.SqliteError && error.code === 'SQLITE_BUSY') return null;
    throw error;
  }
  return { release: () => db.close() };
}
