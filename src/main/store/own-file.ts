import { chmodSync, closeSync, openSync, statSync } from 'node:fs';
import { basename } from 'node:path';

const OWNER_ONLY = 0o600;

/**
 * Creates a file that only its owner can read, unless it exists. A program that opens it later keeps those permissions.
 */
export function makeOwnFile(file: string): void {
  try {
    closeSync(openSync(file, 'wx', OWNER_ONLY));
  } catch {
    // It exists already, or cannot be created: opening it will say why.
  }
  keepOwn(file);
}

/** Restricts an existing file to its owner. Docket 0.1 left permissions to the system's default. */
export function keepOwn(file: string): void {
  try {
    const mode = statSync(file, { throwIfNoEntry: false })?.mode;
    if (mode !== undefined && (mode & 0o077) !== 0) chmodSync(file, OWNER_ONLY);
  } catch {
    // Another user's file, or a drive without permissions.
  }
}

/** @throws for a folder of that name, of which SQLite would say that the disk failed. */
export function expectNoFolder(file: string): void {
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true) {
    throw new Error(`${basename(file)} in it is a folder, not a file.`);
  }
}
