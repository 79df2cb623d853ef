/** Fills the store that replaces a damaged one: with whatever can be read of it, or else from a backup. */
import { renameSync, rmSync } from 'node:fs';
import type { StoreUpdate } from '../../shared/app-data.ts';
import { backupsOf } from './lost-store.ts';
import { StoreTooNewError } from './migrations.ts';
import { LOGS } from './open-database.ts';
import { type Salvaged, salvage } from './salvage.ts';

/** A damaged store: where it was moved to, and what was salvaged from it. */
export interface Salvage extends Salvaged {
  readonly damagedFile: string;
  /** The backup that was restored because nothing of the store could be read; null if something could. */
  readonly backup: string | null;
}

/** @throws as `salvage` does */
export function salvageOrBackup(
  file: string,
  target: string,
  tell: (update: StoreUpdate) => void,
): Omit<Salvage, 'damagedFile'> {
  const salvaged = salvage(file, target, tell);
  if (!isNothing(salvaged)) return { ...salvaged, backup: null };
  const fromBackup = `${target}-backup`;
  for (const backup of backupsOf(file)) {
    removeStore(fromBackup);
    const restored = salvageBackup(backup, fromBackup, tell);
    if (restored === null || isNothing(restored)) continue;
    renameSync(fromBackup, target);
    return { ...restored, backup };
  }
  removeStore(fromBackup);
  return { ...salvaged, backup: null };
}

/** Removes a file that Docket made, with its logs. */
export function removeStore(file: string): void {
  for (const suffix of ['', ...LOGS]) rmSync(file + suffix, { force: true });
}

/** Null if a newer Docket made it. */
function salvageBackup(backup: string, target: string, tell: (update: StoreUpdate) => void): Salvaged | null {
  try {
    return salvage(backup, target, tell);
  } catch (error) {
    if (error instanceof StoreTooNewError) return null;
    throw error;
  }
}

export function isNothing({ calls, conversations, files }: Salvaged): boolean {
  return calls + conversations + files === 0;
}
