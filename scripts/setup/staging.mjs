/** Files and folders that are either complete or absent, even if set-up is interrupted or two run at once. */

import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Fills a folder beside its final location and renames it into place once it is complete.
 *
 * @param {string} target
 * @param {(staging: string) => Promise<void>} fill
 */
export async function createFolderAtomically(target, fill) {
  mkdirSync(dirname(target), { recursive: true });
  removeAbandoned(target);
  const staging = `${target}.${process.pid}-${randomUUID().slice(0, 8)}.tmp`;
  mkdirSync(staging);
  try {
    await fill(staging);
    moveIntoPlace(staging, target);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/**
 * Puts a new file in the place of any old one. Writing into the old one would reach every clone whose node_modules is
 * hard-linked to this one.
 *
 * @param {string} target
 * @param {string} text
 */
export function replaceFile(target, text) {
  const staging = `${target}.${process.pid}-${randomUUID().slice(0, 8)}.tmp`;
  try {
    writeFileSync(staging, text);
    renameSync(staging, target);
  } finally {
    rmSync(staging, { force: true });
  }
}

/**
 * @param {string} staging
 * @param {string} target
 */
function moveIntoPlace(staging, target) {
  try {
    renameSync(staging, target);
  } catch (error) {
    // Another set-up finished the same folder first: its result is as good as ours.
    if (!existsSync(target)) throw error;
  }
}

/**
 * Removes what a killed set-up left behind; the folder's name contains its process id.
 *
 * @param {string} target
 */
function removeAbandoned(target) {
  const prefix = `${basename(target)}.`;
  for (const name of readdirSync(dirname(target))) {
    const pid = name.startsWith(prefix) ? /^(\d+)-\w+\.tmp$/.exec(name.slice(prefix.length))?.[1] : undefined;
    if (pid && !isRunning(Number(pid))) rmSync(join(dirname(target), name), { recursive: true, force: true });
  }
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
