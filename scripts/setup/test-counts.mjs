/**
 * Totals the reports of both test runners. The counts must not flatter: a file that could not be loaded, an error
 * outside any test, and a runner that found no tests each count as a failure. Failures are named again at the end,
 * because a log of thousands of tests is often kept only in part.
 */

import { stripVTControlCharacters } from 'node:util';

/** @typedef {{ passed: number, failed: number, problems: string[] }} Counts */
/** @typedef {{ status: string, fullName: string, failureMessages?: string[] }} VitestResult */
/** @typedef {{ name: string, assertionResults: VitestResult[] }} VitestFile */
/** @typedef {import('./errors-outside-tests.mjs').ErrorsOutside} ErrorsOutside */
/** @typedef {{ report: string | undefined, code: number, outside: ErrorsOutside }} VitestRun its JSON report, its exit code and what its tests are no part of */
/** @typedef {{ file: string, title: string, ok: boolean, tests: { results: { error?: { message?: string } }[] }[] }} PlaywrightSpec */
/** @typedef {{ specs?: PlaywrightSpec[], suites?: PlaywrightSuite[] }} PlaywrightSuite */

/**
 * @param {VitestRun} run
 * @param {readonly string[]} [repeated] files that are counted when they have run once more
 * @returns {Counts}
 */
export function countVitest({ report, code, outside }, repeated = []) {
  /** @type {VitestFile[]} */
  const all = parseReport(report).testResults ?? [];
  const files = all.filter(({ name }) => !repeated.includes(name));
  const passed = resultsOf(files, 'passed').length;
  const crashedAgain = outside.crashed
    .filter((name) => !repeated.includes(name))
    .map((name) => `Failed: ${name}: its process crashed (nodejs/node#64500, perhaps).`);
  const failures = [...resultsOf(files, 'failed'), ...outside.errors, ...crashedAgain];
  const counts = { passed, failed: failures.length };
  if (repeated.length > 0) return { ...counts, problems: failures };
  return judge('vitest', counts, code, failures);
}

/**
 * @param {readonly VitestFile[]} files
 * @param {string} status
 * @returns {string[]} a line for each test with this status
 */
function resultsOf(files, status) {
  return files.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter((result) => result.status === status)
      .map(({ fullName, failureMessages }) => failure(`${name} › ${fullName}`, failureMessages?.[0])),
  );
}

/**
 * @param {string} title
 * @param {string} [message] only its first line is told here: the runner has printed the rest
 */
function failure(title, message = '') {
  return `Failed: ${title}: ${stripVTControlCharacters(message).split('\n')[0]}`;
}

/**
 * A test that only passes on a retry has not passed.
 *
 * @param {string | undefined} report Playwright's JSON report
 * @param {number} exitCode
 * @returns {Counts}
 */
export function countPlaywright(report, exitCode) {
  const { stats = {}, errors = [], suites = [] } = parseReport(report);
  const { expected: passed = 0, unexpected = 0, flaky = 0 } = stats;
  const failed = unexpected + flaky;
  const counts = { passed, failed: failed === 0 ? errors.length : failed };
  return judge('playwright', counts, exitCode, failedSpecs(suites));
}

/**
 * @param {readonly PlaywrightSuite[]} suites
 * @returns {string[]} a line for each test that failed
 */
function failedSpecs(suites) {
  return suites.flatMap(({ specs = [], suites: inner = [] }) => [
    ...specs
      .filter(({ ok }) => !ok)
      .map(({ file, title, tests }) => failure(`${file} › ${title}`, tests[0]?.results[0]?.error?.message)),
    ...failedSpecs(inner),
  ]);
}

/** @param {Counts[]} counts */
export function totalOf(counts) {
  return {
    passed: counts.reduce((sum, each) => sum + each.passed, 0),
    failed: counts.reduce((sum, each) => sum + each.failed, 0),
    problems: counts.flatMap((each) => each.problems),
  };
}

/**
 * @param {string} runner
 * @param {{ passed: number, failed: number }} counts
 * @param {number} exitCode
 * @param {string[]} failures a line for each
 * @returns {Counts}
 */
function judge(runner, { passed, failed }, exitCode, failures) {
  if (failed > 0) return { passed, failed, problems: failures };
  if (exitCode !== 0) {
    return {
      passed,
      failed: 1,
      problems: [`${runner} exited with code ${exitCode}, which counts as one failure.`],
    };
  }
  if (passed === 0) return { passed, failed: 1, problems: [`${runner} ran no tests, which counts as one failure.`] };
  return { passed, failed, problems: [] };
}

/** @param {string | undefined} text */
function parseReport(text) {
  try {
    return JSON.parse(text ?? '{}');
  } catch {
    return {};
  }
}
