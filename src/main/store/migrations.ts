import { rmSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { initial } from './migrations/001-initial.ts';

/** Migration N (counted from 1) takes the store from version N − 1 to N. Never edited once released. */
export const migrations: readonly string[] = [initial];

/** The store was made by a newer Docket, which this one would damage. */
export class StoreTooNewError extends Error {
  constructor(version: number, known: number) {
    super(
      `The data folder was written by a newer version of Docket (format ${version}, this version knows ${known}). ` +
        'Update Docket, or choose another data folder with --data-dir.',
    );
    this.name = 'StoreTooNewError';
  }
}

/**
 * For who only reads and so cannot migrate.
 * @throws StoreTooNewError, or an error with a sentence
 */
export function expectReadable(db: Database): void {
  const version = readVersion(db);
  if (version > migrations.length) throw new StoreTooNewError(version, migrations.length);
  if (version === 0) throw new Error('It holds no history yet.');
  if (version < migrations.length) {
    throw new Error('The data folder was written by an older version of Docket. Start Docket once, which updates it.');
  }
}

/**
 * Brings the store to the newest version, one transaction a step. Before each step a backup is written beside
 * the file and checked. A step that fails leaves the store as it was, and
 * no backup: each start that tries it again would leave another one.
 * @param backupFile names the backup of a version.
 * @returns the version before and after.
 * @throws StoreTooNewError
 */
export function migrate(
  db: Database,
  backupFile: (version: number) => string,
  steps: readonly string[] = migrations,
  verify: (file: string) => void = () => {},
): { readonly from: number; readonly to: number } {
  const from = readVersion(db);
  if (from > steps.length) throw new StoreTooNewError(from, steps.length);
  for (let version = from; version < steps.length; version += 1) {
    const sql = steps[version];
    if (sql === undefined) break;
    // A new, empty store has nothing to back up.
    const backup = version > 0 ? backupFile(version) : null;
    try {
      if (backup !== null) db.prepare('VACUUM INTO ?').run(backup);
      if (backup !== null) verify(backup);
      db.transaction(() => {
        db.exec(sql);
        db.pragma(`user_version = ${version + 1}`);
      })();
    } catch (error) {
      if (backup !== null) rmSync(backup, { force: true });
      throw error;
    }
  }
  return { from, to: steps.length };
}

export function readVersion(db: Database): number {
  return Number(db.pragma('user_version', { simple: true }));
}
