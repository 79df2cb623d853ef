/**
 * What went wrong in a run of vitest outside of its tests: a file that does not load, a hook that throws, an error that
 * nobody waited for, a process that died. vitest's JSON report leaves most of it out.
 *
 * V8 at times loses track of its pages of machine code and ends the process, with no part in it of what runs there
 * (nodejs/node#64500: threads that are stopped, WebAssembly that is freed): by a failed check (SIGTRAP) or by an access
 * to such a page (SIGSEGV). The file that ran then is run once more, and told. A crash of an addon's own would pass as
 * one of these only if it did not come again.
 */

import { writeFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

/**
 * @typedef {object} ErrorsOutside
 * @property {string[]} crashed files whose process V8 ended, as far as its signal tells
 * @property {string[]} errors a line for each error of any other kind
 */

/** @typedef {{ message?: string, cause?: unknown }} RunError */
/** @typedef {{ fullName: string, errors(): readonly RunError[] }} Suite */
/** @typedef {{ moduleId: string, errors(): readonly RunError[], children: { allSuites(): Iterable<Suite> } }} TestFile */

const CRASHED = /exited unexpectedly with signal (?:SIGTRAP|SIGSEGV) during \w+ state while running test file (.+)$/;

/** @type {ErrorsOutside} */
export const NO_ERRORS = { crashed: [], errors: [] };

/**
 * @param {readonly TestFile[]} files
 * @param {readonly RunError[]} unhandled errors that belong to no file
 * @returns {ErrorsOutside}
 */
export function errorsOutside(files, unhandled) {
  const crashedIn = (/** @type {RunError} */ error) => CRASHED.exec(messageOf(error.cause))?.[1];
  const others = unhandled.filter((error) => crashedIn(error) === undefined);
  return {
    crashed: unhandled.flatMap((error) => crashedIn(error) ?? []),
    errors: [...files.flatMap(errorsOf), ...others.map((error) => errorLine('outside of every test', error))],
  };
}

/** @param {ErrorsOutside} outside */
export function filesToRepeat({ crashed, errors }) {
  return errors.length === 0 ? crashed : [];
}

/**
 * @param {string | undefined} report what the reporter wrote
 * @returns {ErrorsOutside}
 */
export function parseErrorsOutside(report) {
  return report === undefined ? NO_ERRORS : JSON.parse(report);
}

/**
 * A reporter of vitest that writes what went wrong outside of tests.
 *
 * @param {string} path
 */
export function reportErrorsOutside(path) {
  return {
    /**
     * @param {readonly TestFile[]} files
     * @param {readonly RunError[]} unhandled
     */
    onTestRunEnd(files, unhandled) {
      writeFileSync(path, JSON.stringify(errorsOutside(files, unhandled)));
    },
  };
}

/** @param {TestFile} file */
function errorsOf(file) {
  const ofSuites = [...file.children.allSuites()].flatMap((suite) =>
    suite.errors().map((error) => errorLine(`${file.moduleId} › ${suite.fullName}`, error)),
  );
  return [...file.errors().map((error) => errorLine(file.moduleId, error)), ...ofSuites];
}

/**
 * Only the first lines: the runner has printed the rest.
 *
 * @param {string} place
 * @param {RunError} error
 */
function errorLine(place, error) {
  const messages = [messageOf(error), messageOf(error.cause)].filter((message) => message !== '');
  return `Failed: ${place}: ${messages.map((message) => stripVTControlCharacters(message).split('\n')[0]).join(' ')}`;
}

/** @param {unknown} error */
function messageOf(error) {
  return error instanceof Object && 'message' in error ? String(error.message) : '';
}
