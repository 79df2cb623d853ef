/** Folders that are either complete or absent, also when a set-up is interrupted or two run at once. */

import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Fills a folder beside its final place and renames it there when all of it is good.
 *
 * @param {string} target
 * @param {(staging: string) => Promise<void>} fill
 */
export async function createFolderAtomically(target, fill) {
  const staging = `${target}.${randomUUID().slice(0, 8)}.tmp`;
  mkdirSync(staging, { recursive: true });
  try {
    await fill(staging);
    moveIntoPlace(staging, target);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/**
 * @param {string} staging
 * @param {string} target
 */
function moveIntoPlace(staging, target) {
  mkdirSync(dirname(target), { recursive: true });
  try {
    renameSync(staging, target);
  } catch (error) {
    // Another set-up finished the same folder first: its result is as good as ours.
    if (!existsSync(target)) throw error;
  }
}
