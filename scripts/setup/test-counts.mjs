/**
 * Totals the reports of both test runners. The counts must not flatter: a file that could not be loaded, an error
 * outside any test, and a runner that found no tests each count as a failure.
 */

/** @typedef {{ passed: number, failed: number, problems: string[] }} Counts */

/**
 * @param {string | undefined} report vitest's JSON report
 * @param {number} exitCode
 * @param {readonly string[]} [repeated] files that are counted when they have run once more
 * @returns {Counts}
 */
export function countVitest(report, exitCode, repeated = []) {
  /** @type {{ name: string, status: string, assertionResults: { status: string }[] }[]} */
  const all = parseReport(report).testResults ?? [];
  const files = all.filter(({ name }) => !repeated.includes(name));
  const passed = count(files, 'passed');
  const unloadable = files.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  const failed = count(files, 'failed') + unloadable;
  if (repeated.length > 0) return { passed, failed, problems: [] };
  return judge('vitest', { passed, failed }, exitCode);
}

/**
 * @param {{ assertionResults: { status: string }[] }[]} files
 * @param {string} status
 */
function count(files, status) {
  return files.flatMap((file) => file.assertionResults.filter((result) => result.status === status)).length;
}

/**
 * A test that only passes on a retry has not passed.
 *
 * @param {string | undefined} report Playwright's JSON report
 * @param {number} exitCode
 * @returns {Counts}
 */
export function countPlaywright(report, exitCode) {
  const { stats = {}, errors = [] } = parseReport(report);
  const { expected: passed = 0, unexpected = 0, flaky = 0 } = stats;
  const failed = unexpected + flaky;
  return judge('playwright', { passed, failed: failed === 0 ? errors.length : failed }, exitCode);
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
 * @returns {Counts}
 */
function judge(runner, { passed, failed }, exitCode) {
  if (failed > 0) return { passed, failed, problems: [] };
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
