import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sentenceFor } from '../../scripts/setup/command.mjs';
import { ensureDependencies } from '../../scripts/setup/dependencies.mjs';
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

test('set-up writes nothing through a node_modules that is hard-linked from another clone', async () => {
  const [first, second] = [join(root, 'first'), join(root, 'second')];
  const stampOf = (folder: string) => join(folder, 'node_modules', '.docket-setup');
  const setUp = async (folder: string, lock: object) => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'docket' }));
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
    await ensureDependencies(folder);
    return readFileSync(stampOf(folder), 'utf8');
  };
  const stamp = await setUp(first, { name: 'first' });
  mkdirSync(dirname(stampOf(second)), { recursive: true });
  linkSync(stampOf(first), stampOf(second));
  expect(await setUp(second, { name: 'second' })).not.toBe(stamp);
  expect(readFileSync(stampOf(first), 'utf8')).toBe(stamp);
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
