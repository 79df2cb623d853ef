import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { reportErrorsOutside } from './scripts/setup/errors-outside-tests.mjs';

/** Generous, because a slow machine is no defect: what hangs is found all the same. */
const PATIENT_MS = 120_000;

// Numbers and dates are written as the reader's language does; the tests read English. Workers inherit it.
process.env.LC_ALL = 'en_US.UTF-8';

/*
 * Tests start hundreds of processes and threads, each of which would strip and compile the app's sources anew: that took
 * half of the tests' time.
 */
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules', '.cache', 'compiled');

/** Folder that `npm test` reads what happened from. */
const reports = process.env.DOCKET_TEST_REPORTS;

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/e2e/**', '**/node_modules/**'],
    environment: 'node',
    reporters:
      reports === undefined
        ? ['default']
        : [
            'default',
            ['json', { outputFile: join(reports, 'vitest.json') }],
            reportErrorsOutside(join(reports, 'errors-outside.json')),
          ],
    pool: 'forks',
    // By default one processor is left free, which on a machine with two is half of them; tests wait much anyway.
    maxWorkers: '100%',
    testTimeout: PATIENT_MS,
    hookTimeout: PATIENT_MS,
    expect: { poll: { timeout: PATIENT_MS, interval: 10 } },
  },
});
