import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sentenceFor } from '../../scripts/setup/command.mjs';
import { npmErrors } from '../../scripts/setup/processes.mjs';
import { SetupProblem } from '../../scripts/setup/report.mjs';
import { createFolderAtomically } from '../../scripts/setup/staging.mjs';
import { askForRoot } from '../../scripts/setup/system-packages.mjs';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'docket-setup-'));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

test('a folder appears only when it is complete', async () => {
  const target = join(root, 'runtime');
  await createFolderAtomically(target, async (staging) => {
    writeFileSync(join(staging, 'version'), '1');
    expect(existsSync(target)).toBe(false);
  });
  expect(readFileSync(join(target, 'version'), 'utf8')).toBe('1');
  expect(readdirSync(root)).toEqual(['runtime']);
});

test('an interrupted step leaves nothing behind', async () => {
  const step = createFolderAtomically(join(root, 'runtime'), async (staging) => {
    writeFileSync(join(staging, 'half'), '');
    throw new Error('cut');
  });
  await expect(step).rejects.toThrow('cut');
  expect(readdirSync(root)).toEqual([]);
});

test('if two set-ups run at once, the first wins and the second accepts its result', async () => {
  const target = join(root, 'runtime');
  const finish = (name: string) =>
    createFolderAtomically(target, async (staging) => writeFileSync(join(staging, name), ''));
  await Promise.all([finish('first'), finish('second')]);
  expect(readdirSync(root)).toEqual(['runtime']);
  expect(readdirSync(target)).toHaveLength(1);
});

test('a problem is reported as a sentence, an unwritable folder with a way out, and never as a stack trace', () => {
  expect(sentenceFor(new SetupProblem('Do this.'))).toBe('Do this.');
  const denied = Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES', path: '/cache/docket' });
  expect(sentenceFor(denied)).toContain('/cache/docket cannot be written');
  expect(sentenceFor(new Error('odd'))).not.toContain('    at ');
});

test('npm is quoted with the cause it gives, not the help that follows', () => {
  const output = 'npm warn old lockfile\nnpm error code ENOTFOUND\nnpm error\nnpm error network request failed\n';
  expect(npmErrors(output)).toBe('npm error code ENOTFOUND\nnpm error network request failed');
});

test('a user who is not root gets one command for everything', () => {
  const text = askForRoot([{ what: 'xvfb-run', debianPackage: 'xvfb' }], ['sudo one', 'sudo two']);
  expect(text).toContain('xvfb-run');
  expect(text).toContain('\n  sudo one && sudo two\n');
});
