import { chmodSync, closeSync, openSync, statSync } from 'node:fs';

const OWNER_ONLY = 0o600;

/** Makes a file for its owner alone, if there is none: whoever opens it later makes none that others may read. */
export function makeOwnFile(file: string): void {
  try {
    closeSync(openSync(file, 'wx', OWNER_ONLY));
  } catch {
    // It is there already, or cannot be made: who opens it says so, and why.
  }
  keepOwn(file);
}

/** Takes a file that there is from all others, as Docket 0.1 left them to the system's habits. */
export function keepOwn(file: string): void {
  try {
    const mode = statSync(file, { throwIfNoEntry: false })?.mode;
    if (mode !== undefined && (mode & 0o077) !== 0) chmodSync(file, OWNER_ONLY);
  } catch {
    // Another user's file, or a drive that keeps no rights.
  }
}
