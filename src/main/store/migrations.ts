import { renameSync, rmSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import type { StoreUpdate } from '../../shared/app-data.ts';
import type { Migration, MigrationBatches } from './migration.ts';
import { initial } from './migrations/001-initial.ts';
import { openSets } from './migrations/002-open-sets.ts';
import { foldedSearch } from './migrations/003-folded-search.ts';
import { notedItems } from './migrations/004-noted-items.ts';
import { timeAtWork } from './migrations/005-time-at-work.ts';
import { reasoningAndUsage } from './migrations/006-reasoning-and-usage.ts';
import { recipes } from './migrations/007-recipes.ts';
import { ownRecipes } from './migrations/008-own-recipes.ts';
import { answersByIdentity } from './migrations/009-answers-by-identity.ts';
import { documentTexts } from './migrations/010-document-texts.ts';
import { byHand } from './migrations/011-by-hand.ts';
import { runAgain } from './migrations/012-run-again.ts';
import { removedItems } from './migrations/013-removed-items.ts';
import { recognisedPages } from './migrations/014-recognised-pages.ts';
import { filesInside } from './migrations/015-files-inside.ts';
import { pagesLeftOut } from './migrations/016-pages-left-out.ts';
import { placedWords } from './migrations/017-placed-words.ts';
import { watchedFolders } from './migrations/018-watched-folders.ts';
import { attachedPlaces } from './migrations/019-attached-places.ts';
import { missedLetters } from './migrations/020-missed-letters.ts';
import { makeOwnFile } from './own-file.ts';

/** Migration N (counted from 1) upgrades the store from version N − 1 to N. */
export const migrations: readonly Migration[] = [
  initial,
  openSets,
  foldedSearch,
  notedItems,
  timeAtWork,
  reasoningAndUsage,
  recipes,
  ownRecipes,
  answersByIdentity,
  documentTexts,
  byHand,
  runAgain,
  removedItems,
  recognisedPages,
  filesInside,
  pagesLeftOut,
  placedWords,
  watchedFolders,
  attachedPlaces,
  missedLetters,
];

/** The store was made by a newer Docket. Opening it with this one would damage it. */
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
 * For connections that only read, and so cannot migrate.
 * @throws StoreTooNewError, or an error whose message can be shown
 */
export function expectReadable(db: Database): void {
  const version = readVersion(db);
  if (version > migrations.length) throw new StoreTooNewError(version, migrations.length);
  if (version === 0) throw new Error('It holds no history yet.');
  if (version < migrations.length) {
    throw new Error('The data folder was written by an older version of Docket. Start Docket once to update it.');
  }
}

/** How to migrate. Anything left out has its default. */
export interface MigrationOptions {
  readonly steps?: readonly Migration[];
  /** @throws when a backup is incomplete or damaged. */
  readonly verify?: (file: string) => void;
  readonly tell?: (progress: StoreUpdate) => void;
}

/**
 * Brings the store to the newest version. Before the first step, a backup is written beside the store and checked. If a
 * step fails, the store stays at the version before it and the backup is deleted, because every retry at the next start
 * would leave another one. An update that was killed resumes where it was and keeps the backup it made.
 * @param backupFile names the backup of a version, or returns null for none.
 * @returns the versions before and after.
 * @throws StoreTooNewError
 */
export function migrate(
  db: Database,
  backupFile: (version: number) => string | null,
  { steps = migrations, verify = () => {}, tell = () => {} }: MigrationOptions = {},
): { readonly from: number; readonly to: number } {
  const from = readVersion(db);
  if (from > steps.length) throw new StoreTooNewError(from, steps.length);
  if (from === steps.length) return { from, to: from };
  // A new, empty store has nothing to back up.
  const backup = from === 0 || isUnderWay(db) ? null : backupFile(from);
  try {
    if (backup !== null) {
      tell({ stage: 'copying' });
      writeBackup(db, backup, verify);
    }
    for (const [done, step] of steps.entries()) if (done >= from) take(db, step, done + 1, tell);
  } catch (error) {
    // Once a step is done, the backup holds a version that no longer exists, so it is kept.
    if (backup !== null && readVersion(db) === from) rmSync(backup, { force: true });
    throw error;
  }
  return { from, to: steps.length };
}

/** Copies the whole store to a file that only its owner can read. @throws what SQLite reports, such as a full disk. */
export function copyStore(db: Database, file: string): void {
  makeOwnFile(file);
  db.prepare('VACUUM INTO ?').run(file);
}

/**
 * A backup gets its name only once it is complete. A killed attempt leaves a `.part` file, which the next one
 * overwrites.
 */
function writeBackup(db: Database, file: string, verify: (file: string) => void): void {
  const unfinished = `${file}.part`;
  rmSync(unfinished, { force: true });
  try {
    copyStore(db, unfinished);
    verify(unfinished);
    renameSync(unfinished, file);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

function take(db: Database, { batches, change }: Migration, version: number, tell: (progress: StoreUpdate) => void) {
  if (batches !== undefined) runBatches(db, batches, tell);
  db.transaction(() => {
    change(db);
    db.exec(`DROP TABLE IF EXISTS ${PLACE_TABLE}`);
    db.pragma(`user_version = ${version}`);
  })();
}

/** While this table exists, the step after the store's version is in progress. */
const PLACE_TABLE = 'update_place';

function isUnderWay(db: Database): boolean {
  return db.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').get(PLACE_TABLE) !== undefined;
}

function runBatches(db: Database, { end, next }: MigrationBatches, tell: (progress: StoreUpdate) => void): void {
  db.exec(`CREATE TABLE IF NOT EXISTS ${PLACE_TABLE} (place INTEGER NOT NULL) STRICT`);
  const total = end(db);
  const read = db.prepare<[], number>(`SELECT coalesce(max(place), 0) FROM ${PLACE_TABLE}`).pluck();
  const write = db.prepare(`INSERT INTO ${PLACE_TABLE} VALUES (?)`);
  const batch = db.transaction((after: number) => {
    const place = next(db, after);
    if (place !== null) write.run(place);
    return place;
  });
  let place: number | null = read.get() ?? 0;
  while (place !== null) {
    tell({ stage: 'updating', done: place, total });
    place = batch(place);
  }
}

export function readVersion(db: Database): number {
  return Number(db.pragma('user_version', { simple: true }));
}
