/**
 * V8 at times fails a check of its own about its pages of machine code and ends the process, with no part in it of what
 * runs there (nodejs/node#64500: threads that are stopped, WebAssembly that is freed). It traps (SIGTRAP), as nothing of
 * ours does: an addon that crashes ends with SIGSEGV or SIGABRT. The file that ran then is run once more, and told.
 */

import { writeFileSync } from 'node:fs';

/**
 * @typedef {object} Deaths
 * @property {string[]} trapped files whose process V8 ended
 * @property {number} others errors outside of tests of any other kind
 */

const TRAPPED = /exited unexpectedly with signal SIGTRAP during \w+ state while running test file (.+)$/;

/**
 * @param {readonly { message?: string, cause?: unknown }[]} errors those that vitest met outside of tests
 * @returns {Deaths}
 */
export function deathsIn(errors) {
  const trapped = errors.flatMap((error) => TRAPPED.exec(messageOf(error.cause))?.[1] ?? []);
  return { trapped, others: errors.length - trapped.length };
}

/**
 * @param {string | undefined} report what the reporter wrote
 * @returns {string[]} files to run once more: none if anything else went wrong outside of tests
 */
export function filesToRepeat(report) {
  if (report === undefined) return [];
  /** @type {Deaths} */
  const { trapped, others } = JSON.parse(report);
  return others === 0 ? trapped : [];
}

/** @param {unknown} cause */
function messageOf(cause) {
  return cause instanceof Object && 'message' in cause ? String(cause.message) : '';
}

/**
 * A reporter of vitest that writes what died.
 *
 * @param {string} file
 */
export function reportDeaths(file) {
  return {
    /**
     * @param {unknown} _modules
     * @param {readonly { message?: string, cause?: unknown }[]} errors
     */
    onTestRunEnd(_modules, errors) {
      writeFileSync(file, JSON.stringify(deathsIn(errors)));
    },
  };
}
