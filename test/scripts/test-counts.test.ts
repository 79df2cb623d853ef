import { describe, expect, test } from 'vitest';
import { countPlaywright, countVitest, totalOf } from '../../scripts/setup/test-counts.mjs';

const vitestReport = (passed: number, failed: number, files: object[] = []) =>
  JSON.stringify({ numPassedTests: passed, numFailedTests: failed, testResults: files });
const playwrightReport = (stats: object, errors: object[] = []) => JSON.stringify({ stats, errors });

describe('counting vitest', () => {
  test('takes its numbers', () => {
    expect(countVitest(vitestReport(7, 0), 0)).toEqual({ passed: 7, failed: 0, problems: [] });
    expect(countVitest(vitestReport(7, 2), 1)).toMatchObject({ passed: 7, failed: 2 });
  });

  test('counts a file that could not be loaded as a failure', () => {
    const files = [
      { status: 'failed', assertionResults: [] },
      { status: 'passed', assertionResults: [{}] },
    ];
    expect(countVitest(vitestReport(1, 0, files), 1)).toMatchObject({ passed: 1, failed: 1 });
  });

  test('counts an error outside every test as a failure', () => {
    expect(countVitest(vitestReport(7, 0), 1)).toMatchObject({ passed: 7, failed: 1 });
  });

  test('counts no test at all, or no report, as a failure', () => {
    expect(countVitest(vitestReport(0, 0), 0).failed).toBe(1);
    expect(countVitest(undefined, 0).failed).toBe(1);
    expect(countVitest('not json', 1).failed).toBe(1);
  });
});

describe('counting playwright', () => {
  test('takes its numbers, and a flaky test is a failed one', () => {
    expect(countPlaywright(playwrightReport({ expected: 4, unexpected: 1, flaky: 1 }), 1)).toMatchObject({
      passed: 4,
      failed: 2,
    });
  });

  test('counts errors outside every test, such as a file that does not load', () => {
    const report = playwrightReport({ expected: 0, unexpected: 0, flaky: 0 }, [{ message: 'SyntaxError' }]);
    expect(countPlaywright(report, 1)).toMatchObject({ passed: 0, failed: 1 });
  });

  test('counts only skipped tests as a failure', () => {
    expect(countPlaywright(playwrightReport({ expected: 0, skipped: 3 }), 0).failed).toBe(1);
  });
});

test('the total adds both runners', () => {
  const total = totalOf([
    { passed: 3, failed: 0, problems: [] },
    { passed: 0, failed: 1, problems: ['playwright ran no test'] },
  ]);
  expect(total).toEqual({ passed: 3, failed: 1, problems: ['playwright ran no test'] });
});
