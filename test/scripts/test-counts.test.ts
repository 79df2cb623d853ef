import { describe, expect, test } from 'vitest';
import { errorsOutside, filesToRepeat, NO_ERRORS } from '../../scripts/setup/errors-outside-tests.mjs';
import { countPlaywright, countVitest, totalOf } from '../../scripts/setup/test-counts.mjs';

const results = (passed: number, failed: number) => [
  ...Array.from({ length: passed }, () => ({ status: 'passed' })),
  ...Array.from({ length: failed }, () => ({ status: 'failed' })),
];
const vitestRun = (passed: number, failed: number, code: number, files: object[] = []) => ({
  report: JSON.stringify({ testResults: [{ name: 'a.test.ts', assertionResults: results(passed, failed) }, ...files] }),
  code,
  outside: NO_ERRORS,
});
const suitesOf = <T>(...suites: T[]) => ({ allSuites: () => suites });
const playwrightReport = (stats: object, errors: object[] = []) => JSON.stringify({ stats, errors });

describe('counting vitest', () => {
  test('takes its numbers', () => {
    expect(countVitest(vitestRun(7, 0, 0))).toEqual({ passed: 7, failed: 0, problems: [] });
    expect(countVitest(vitestRun(7, 2, 1))).toMatchObject({ passed: 7, failed: 2 });
  });

  test('names what failed, for a log that is kept only in part', () => {
    const failed = {
      name: 'b.test.ts',
      assertionResults: [
        { status: 'failed', fullName: 'adds', failureMessages: ['Error: 3 is not 2\n  at b.test.ts'] },
      ],
    };
    const { problems } = countVitest(vitestRun(1, 0, 1, [failed]));
    expect(problems).toEqual(['Failed: b.test.ts › adds: Error: 3 is not 2']);
  });

  test('counts and names what went wrong outside of tests', () => {
    const outside = { crashed: [], errors: ['Failed: c.test.ts: SyntaxError'] };
    const run = { ...vitestRun(7, 0, 1), outside };
    expect(countVitest(run)).toEqual({ passed: 7, failed: 1, problems: outside.errors });
  });

  test('counts an exit that nothing explains as a failure', () => {
    expect(countVitest(vitestRun(7, 0, 1))).toMatchObject({ passed: 7, failed: 1 });
  });

  test('leaves a file that is run once more to its second run, and counts the others', () => {
    const died = [{ name: 'died.test.ts', assertionResults: [{ status: 'passed' }, { status: 'pending' }] }];
    const outside = { crashed: ['died.test.ts'], errors: [] };
    const run = (failed: number) => ({ ...vitestRun(7, failed, 1, died), outside });
    expect(countVitest(run(0), ['died.test.ts'])).toMatchObject({ passed: 7, failed: 0 });
    expect(countVitest(run(2), ['died.test.ts'])).toMatchObject({ passed: 7, failed: 2 });
  });

  test('names a file whose process crashed again', () => {
    const run = { ...vitestRun(0, 0, 1), outside: { crashed: ['/a/died.test.ts'], errors: [] } };
    expect(countVitest(run)).toMatchObject({
      failed: 1,
      problems: [expect.stringContaining('/a/died.test.ts: its process crashed')],
    });
  });

  test('counts no test at all, or no report, as a failure', () => {
    const without = (report: string | undefined, code: number) => ({ report, code, outside: NO_ERRORS });
    expect(countVitest(vitestRun(0, 0, 0)).failed).toBe(1);
    expect(countVitest(without(undefined, 0)).failed).toBe(1);
    expect(countVitest(without('not json', 1)).failed).toBe(1);
  });
});

describe('what goes wrong outside of tests', () => {
  const died = (signal: string) => ({
    message: '[vitest-pool]: Worker forks emitted error.',
    cause: new Error(
      `Worker exited unexpectedly with signal ${signal} during started state while running test file /a/b c.test.ts`,
    ),
  });
  const repeated = (errors: { message: string; cause?: unknown }[]) => filesToRepeat(errorsOutside([], errors));

  test('is told in a line each: files that do not load, hooks that throw, processes that die', () => {
    const suite = { fullName: 'a group', errors: () => [{ message: 'no server\n  at b.test.ts' }] };
    const file = { moduleId: '/a/b.test.ts', errors: () => [{ message: 'SyntaxError' }], children: suitesOf(suite) };
    expect(errorsOutside([file], [died('SIGABRT'), { message: 'nobody waited' }]).errors).toEqual([
      'Failed: /a/b.test.ts: SyntaxError',
      'Failed: /a/b.test.ts › a group: no server',
      expect.stringMatching(/^Failed: outside of every test: .* signal SIGABRT .* \/a\/b c\.test\.ts$/),
      'Failed: outside of every test: nobody waited',
    ]);
  });

  test('lets a file run once more if V8 ended its process', () => {
    expect(repeated([died('SIGTRAP')])).toEqual(['/a/b c.test.ts']);
    expect(repeated([died('SIGSEGV')])).toEqual(['/a/b c.test.ts']);
  });

  test('lets none run once more if anything else happened', () => {
    expect(repeated([died('SIGABRT')])).toEqual([]);
    expect(repeated([died('SIGTRAP'), died('SIGABRT')])).toEqual([]);
    expect(repeated([died('SIGTRAP'), { message: 'Unhandled rejection' }])).toEqual([]);
    expect(repeated([])).toEqual([]);
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
