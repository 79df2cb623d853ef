/** How the writer opens a store after anything: a crash, a kill or a failing disk. */
import { closeSync, existsSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import type { StoreUpdate } from '../../shared/app-data.ts';
import { isDamage, isDatabase, LOGS, moveAside, openForWriting } from './open-database.ts';
import { type Recovery, writeOperations } from './operations.ts';
import { type Salvaged, salvage } from './salvage.ts';

/** A damaged store: where it was moved to, and what was salvaged from it. */
export interface Salvage extends Salvaged {
  readonly damagedFile: string;
}

interface OpenedRecovered {
  readonly db: Database;
  readonly recovery: Recovery;
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
  finishExchange(file);
  const hadUncleanEnd = (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
  if (existsSync(foundDamaged(file)) || (existsSync(file) && !isDatabase(file))) return rebuilt(file, tell);
  try {
    return { ...open(file, tell), salvage: null, hadUncleanEnd };
  } catch (error) {
    // Some damage shows only when rows are read.
    if (!isDamage(error)) throw error;
  }
  return rebuilt(file, tell);
}

function open(file: string, tell: (update: StoreUpdate) => void): Pick<OpenedRecovered, 'db' | 'recovery'> {
  const { db } = openForWriting(file, { tell });
  try {
    return { db, recovery: db.transaction(() => writeOperations.recover(db))() };
  } catch (error) {
    db.close();
    throw error;
  }
}

function rebuilt(file: string, tell: (update: StoreUpdate) => void): OpenedRecovered {
  const target = salvagedFile(file);
  const salvaged = salvageWhole(file, target, tell);
  const damagedFile = moveAside(file, Date.now());
  finishExchange(file);
  rmSync(foundDamaged(file), { force: true });
  return { ...open(file, tell), salvage: { ...salvaged, damagedFile }, hadUncleanEnd: false };
}

/** The salvaged store gets its name only once it is complete. */
function salvageWhole(file: string, target: string, tell: (update: StoreUpdate) => void): Salvaged {
  const unfinished = `${target}.part`;
  const clear = () => {
    for (const suffix of ['', ...LOGS]) rmSync(unfinished + suffix, { force: true });
  };
  clear();
  try {
    const salvaged = salvage(file, unfinished, tell);
    renameSync(unfinished, target);
    return salvaged;
  } finally {
    clear();
  }
}

/** Finishes replacing the damaged store, in case a kill came between the two renames. */
function finishExchange(file: string): void {
  const target = salvagedFile(file);
  if (existsSync(file) || !existsSync(target)) return;
  // Stale logs would be applied to the new file.
  for (const suffix of LOGS) rmSync(file + suffix, { force: true });
  renameSync(target, file);
}

const salvagedFile = (file: string) => `${file}.salvaged`;
const foundDamaged = (file: string) => `${file}.found-damaged`;

/** Makes the next start salvage the store, because damage was found while it was in use. */
export function markDamaged(file: string): void {
  try {
    closeSync(openSync(foundDamaged(file), 'a', 0o600));
  } catch {
    // The next start finds the damage again.
  }
}
