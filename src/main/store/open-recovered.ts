/** How the writer opens a store after anything: a crash, a kill or a failing disk. */
import { existsSync, lstatSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import type { StoreUpdate } from '../../shared/app-data.ts';
import { foundDamaged, UNTOLD_SALVAGE } from './for-next-start.ts';
import { isLost, sizeOf } from './lost-store.ts';
import { freshName, isDamage, isDatabase, LOGS, openForWriting } from './open-database.ts';
import { type Recovery, writeOperations } from './operations.ts';
import { expectNoFolder, makeOwnFile } from './own-file.ts';
import { removeStore, type Salvage, salvageOrBackup } from './salvage-or-backup.ts';
import { readSetting, writeSetting } from './tables/settings.ts';

interface OpenedRecovered {
  readonly db: Database.Database;
  readonly recovery: Recovery;
  /** Returned at every start until the user has been told. */
  readonly salvage: Salvage | null;
  /** The last process did not close the store, so what the disk wrote is worth checking. */
  readonly hadUncleanEnd: boolean;
}

/**
 * Opens (or creates) the store. A damaged store is never overwritten: its readable rows are copied to a new one, and
 * then it is moved aside.
 * @throws StoreTooNewError, or what SQLite reports
 */
export function openRecovered(file: string, tell: (update: StoreUpdate) => void): OpenedRecovered {
  expectNoFolder(file);
  finishExchange(file);
  if (isLost(file)) return rebuilt(file, tell);
  if (lstatSync(file, { throwIfNoEntry: false }) === undefined) makeNew(file);
  const hadUncleanEnd = (sizeOf(`${file}-wal`) ?? 0) > 0;
  if (existsSync(foundDamaged(file)) || (existsSync(file) && !isDatabase(file))) return rebuilt(file, tell);
  try {
    return { ...open(file, tell), hadUncleanEnd };
  } catch (error) {
    // Some damage shows only when rows are read.
    if (!isDamage(error)) throw error;
  }
  return rebuilt(file, tell);
}

/** The store gets its name only once it is complete, so an empty file with that name is one that lost its content. */
function makeNew(file: string): void {
  const unfinished = `${file}.new`;
  removeStore(unfinished);
  openForWriting(unfinished).db.close();
  renameSync(unfinished, file);
}

function open(file: string, tell: (update: StoreUpdate) => void): Omit<OpenedRecovered, 'hadUncleanEnd'> {
  const { db } = openForWriting(file, { tell });
  try {
    const recovery = db.transaction(() => writeOperations.recover(db))();
    return { db, recovery, salvage: readUntold(db, file) };
  } catch (error) {
    db.close();
    throw error;
  }
}

function rebuilt(file: string, tell: (update: StoreUpdate) => void): OpenedRecovered {
  // A missing file is treated as an empty one, so that its log is kept beside it.
  makeOwnFile(file);
  const stamp = new Date().toISOString().replaceAll(/[:.]/g, '-');
  const damagedFile = freshName(`${file}.damaged-${stamp}`);
  takeOver(file, damagedFile, tell);
  renameSync(file, damagedFile);
  finishExchange(file);
  return { ...open(file, tell), hadUncleanEnd: false };
}

/** The salvaged store gets its name only once it is complete, and holds the report: a kill must not lose that. */
function takeOver(file: string, damagedFile: string, tell: (update: StoreUpdate) => void): void {
  const unfinished = `${salvagedFile(file)}.part`;
  removeStore(unfinished);
  try {
    const salvage = { ...salvageOrBackup(file, unfinished, tell), damagedFile: basename(damagedFile) };
    const db = new Database(unfinished);
    writeSetting(db, UNTOLD_SALVAGE, salvage satisfies Salvage);
    db.close();
    renameSync(unfinished, salvagedFile(file));
  } finally {
    removeStore(unfinished);
  }
}

/** Finishes replacing the damaged store, in case a kill came between the two renames. */
function finishExchange(file: string): void {
  const target = salvagedFile(file);
  if (existsSync(file) || !existsSync(target)) return;
  const db = new Database(target, { readonly: true });
  const salvage = readUntold(db, file);
  db.close();
  // Stale logs would be applied to the new file.
  for (const suffix of LOGS) {
    if (salvage !== null && existsSync(file + suffix)) renameSync(file + suffix, salvage.damagedFile + suffix);
    else rmSync(file + suffix, { force: true });
  }
  rmSync(foundDamaged(file), { force: true });
  renameSync(target, file);
}

/** Only the file's name is stored, because the folder may be moved before the user is told. */
function readUntold(db: Database.Database, file: string): Salvage | null {
  const salvage = readSetting(db, UNTOLD_SALVAGE) as Salvage | null;
  return salvage === null ? null : { ...salvage, damagedFile: join(dirname(file), salvage.damagedFile) };
}

const salvagedFile = (file: string) => `${file}.salvaged`;
