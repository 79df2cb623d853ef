/** What the next start of a damaged store needs to know. */
import { closeSync, openSync } from 'node:fs';

/** The setting that holds the report of a salvage until the user has seen it. */
export const UNTOLD_SALVAGE = 'untold_salvage';

/** The file that says that damage was found. */
export const foundDamaged = (file: string) => `${file}.found-damaged`;

/** Makes the next start salvage the store, because damage was found while it was in use. */
export function markDamaged(file: string): void {
  try {
    closeSync(openSync(foundDamaged(file), 'a', 0o600));
  } catch {
    // The next start finds the damage again.
  }
}
