/** The two README commands, run where and as other people would. */
import { describe, expect, it } from 'vitest';
import { type Clone, cloneProject } from './clone.ts';

/** Each starts the app's tools anew. */
const SLOW_MS = 400_000;
const isRoot = process.getuid?.() === 0;

/** Tests that run something as another user, and one that opens the window. */
const TELLING = ['test/store/open.test.ts', 'test/documents/walk.test.ts', 'test/e2e/unprivileged.spec.ts'];

async function bothCommands({ folder, npm }: Clone): Promise<void> {
  const batch = await npm([
    'start',
    '-s',
    '--',
    'batch',
    `${folder}/resources/Sample documents`,
    '--data-dir',
    `${folder}/data`,
  ]);
  expect(batch.output).toContain('10 of 10 files finished, 0 failed');
  expect(batch.stdout.split('\r\n').filter((line) => line !== '')).toHaveLength(11);
  expect(batch.code).toBe(0);
  const tests = await npm(['test', '--', ...TELLING]);
  expect(tests.output).toMatch(/^[1-9]\d* passed, 0 failed$/m);
  expect(tests.code).toBe(0);
}

describe.runIf(process.platform !== 'win32')('both README commands', () => {
  it(
    'work in a folder that nobody else may enter, with blanks and letters beyond ASCII in its name',
    async () => {
      await bothCommands(cloneProject({ name: 'Müller & Söhne’s 文書 (1)', mode: 0o700 }));
    },
    SLOW_MS,
  );

  it(
    'work for who is not root',
    async () => {
      await bothCommands(cloneProject({ name: 'docket', mode: 0o755, ofNobody: isRoot }));
    },
    SLOW_MS,
  );
});
