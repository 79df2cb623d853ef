import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sourceStamp } from '../../scripts/setup/app-build.mjs';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'docket-build-'));
  mkdirSync(join(root, 'src', 'main'), { recursive: true });
  writeFileSync(join(root, 'src', 'main', 'index.ts'), 'one');
  writeFileSync(join(root, 'package-lock.json'), '{}');
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

test('unchanged sources need no new build, whatever their timestamps', () => {
  const before = sourceStamp(root);
  writeFileSync(join(root, 'src', 'main', 'index.ts'), 'one');
  writeFileSync(join(root, 'README.md'), 'not a source');
  expect(sourceStamp(root)).toBe(before);
});

test('an edited, new or renamed source and a new dependency do', () => {
  const stamps = new Set([sourceStamp(root)]);
  writeFileSync(join(root, 'src', 'main', 'index.ts'), 'two');
  stamps.add(sourceStamp(root));
  writeFileSync(join(root, 'src', 'main', 'other.ts'), '');
  stamps.add(sourceStamp(root));
  rmSync(join(root, 'src', 'main', 'other.ts'));
  writeFileSync(join(root, 'src', 'main', 'renamed.ts'), '');
  stamps.add(sourceStamp(root));
  writeFileSync(join(root, 'package-lock.json'), '{"new":1}');
  stamps.add(sourceStamp(root));
  expect(stamps.size).toBe(5);
});
