import { describe, expect, test } from 'vitest';
import { deathsIn, filesToRepeat } from '../../scripts/setup/dead-workers.mjs';
import { countPlaywright, countVitest, totalOf } from '../../scripts/setup/test-counts.mjs';

const results = (passed: number, failed: number) => [
  ...Array.from({ length: passed }, () => ({ status: 'passed' })),
  ...Array.from({ length: failed }, () => ({ status: 'failed' })),
];
const vitestReport = (passed: number, failed: number, files: object[] = []) =>
  JSON.stringify({
    testResults: [
      { name: 'a.test.ts', status: failed > 0 ? 'failed' : 'passed', assertionResults: results(passed, failed) },
      ...files,
    ],
  });
const playwrightReport = (stats: object, errors: object[] = []) => JSON.stringify({ stats, errors });

describe('counting vitest', () => {
  test('takes its numbers', () => {
    expect(countVitest(vitestReport(7, 0), 0)).toEqual({ passed: 7, failed: 0, problems: [] });
    expect(countVitest(vitestReport(7, 2), 1)).toMatchObject({ passed: 7, failed: 2 });
  });

  test('counts a file that could not be loaded as a failure', () => {
    const files = [
      { status: 'failed', assertionResults: [] },
      { status: 'passed', assertionResults: results(2, 0) },
    ];
    expect(countVitest(vitestReport(1, 0, files), 1)).toMatchObject({ passed: 3, failed: 1 });
  });

  test('names what failed, for a log that is kept only in part', () => {
    const failed = {
      name: 'b.test.ts',
      status: 'failed',
      assertionResults: [
        { status: 'failed', fullName: 'adds', failureMessages: ['Error: 3 is not 2\n  at b.test.ts'] },
      ],
    };
    const unloadable = { name: 'c.test.ts', status: 'failed', message: 'SyntaxError', assertionResults: [] };
    expect(countVitest(vitestReport(1, 0, [failed, unloadable]), 1).problems).toEqual([
      'Failed: b.test.ts › adds: Error: 3 is not 2',
      'Failed: c.test.ts: SyntaxError',
    ]);
  });

  test('counts an error outside every test as a failure', () => {
    expect(countVitest(vitestReport(7, 0), 1)).toMatchObject({ passed: 7, failed: 1 });
  });

  test('leaves a file that is run once more to its second run, and counts the others', () => {
    const died = [
      { name: 'died.test.ts', status: 'failed', assertionResults: [{ status: 'passed' }, { status: 'pending' }] },
    ];
    expect(countVitest(vitestReport(7, 0, died), 1, ['died.test.ts'])).toMatchObject({ passed: 7, failed: 0 });
    expect(countVitest(vitestReport(7, 2, died), 1, ['died.test.ts'])).toMatchObject({ passed: 7, failed: 2 });
  });

  test('counts no test at all, or no report, as a failure', () => {
    expect(countVitest(vitestReport(0, 0), 0).failed).toBe(1);
    expect(countVitest(undefined, 0).failed).toBe(1);
    expect(countVitest('not json', 1).failed).toBe(1);
  });
});

describe('a file whose process died', () => {
  const died = (signal: string) => ({
    message: '[vitest-pool]: Worker forks emitted error.',
    cause: new Error(
      `Worker exited unexpectedly with signal ${signal} during started state while running test file /a/b c.test.ts`,
    ),
  });

  test('is run once more if V8 ended it', () => {
    expect(filesToRepeat(JSON.stringify(deathsIn([died('SIGTRAP')])))).toEqual(['/a/b c.test.ts']);
  });

  test('is not if anything else happened', () => {
    expect(filesToRepeat(JSON.stringify(deathsIn([died('SIGSEGV')])))).toEqual([]);
    expect(filesToRepeat(JSON.stringify(deathsIn([died('SIGTRAP'), died('SIGABRT')])))).toEqual([]);
    expect(filesToRepeat(JSON.stringify(deathsIn([died('SIGTRAP'), { message: 'Unhandled rejection' }])))).toEqual([]);
    expect(filesToRepeat(undefined)).toEqual([]);
  });
});

describe('counting playwright', () => {
  test('takes its numbers, and a flaky test is a failed one', () => {
    expect(countPlaywright(playwrightReport({ expected: 4, unexpected: 1, flaky: 1 }), 1)).toMatchObject({
      passed: 4,
      failed: 2,
    });
  });

  test('names what failed, in groups too', () => {
    const spec = (title: string, ok: boolean) => ({
      file: 'chat.spec.ts',
      title,
      ok,
      tests: [{ results: [{ error: { message: '\u001b[31mError: cut off\u001b[39m\n\n  27 |' } }] }],
    });
    const suites = [{ specs: [spec('sends', true)], suites: [{ specs: [spec('answers', false)] }] }];
    const report = JSON.stringify({ stats: { expected: 1, unexpected: 1, flaky: 0 }, suites });
    expect(countPlaywright(report, 1).problems).toEqual(['Failed: chat.spec.ts › answers: Error: cut off']);
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
