import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface LockedPackage {
  version?: string;
  integrity?: string;
  hasInstallScript?: boolean;
  optionalDependencies?: Record<string, string>;
}

const lockText = readFileSync('package-lock.json', 'utf8');
const packages: Record<string, LockedPackage> = JSON.parse(lockText).packages;
const installed = Object.entries(packages).filter(([path]) => path !== '');

/** Node's own lookup: the nearest node_modules that has the package. */
function isLocked(name: string, from: string): boolean {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (packages[`${folder === '' ? '' : `${folder}/`}node_modules/${name}`]) return true;
    if (folder === '') return false;
  }
}

// npm leaves out what it could not fetch while it wrote the lockfile, and `npm ci` then refuses everywhere.
test('the lockfile contains the packages for every platform', () => {
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => !isLocked(name, path)),
  );
  expect(missing).toEqual([]);
});

test('the lockfile pins the content of every package and names no registry', () => {
  expect(installed.filter(([, { integrity }]) => !integrity).map(([path]) => path)).toEqual([]);
  expect(lockText).not.toContain('"resolved"');
});
