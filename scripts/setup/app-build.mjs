/** Builds the app's bundles, but only if their sources have changed. */

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pinnedNode, readIfPresent } from './dependencies.mjs';
import { nodeModules, projectRoot } from './paths.mjs';
import { lastLines, runQuietly } from './processes.mjs';
import { longStep, SetupProblem } from './report.mjs';
import { replaceFile } from './staging.mjs';

const INPUTS = ['src', 'resources', 'electron.vite.config.ts', 'package-lock.json', 'scripts/setup/pdfjs-patch.mjs'];
const OUTPUTS = ['out/main/index.js', 'out/main/cli.js'];

/** @param {string} [root] */
export async function ensureBuilt(root = projectRoot) {
  const stampFile = join(root, 'out', '.docket-build');
  const stamp = sourceStamp(root);
  if (readIfPresent(stampFile) === stamp && OUTPUTS.every((path) => existsSync(join(root, path)))) return;
  rmSync(stampFile, { force: true });
  await build(root);
  replaceFile(stampFile, stamp);
}

/**
 * A hash of the bundles' sources, by content: a checkout or copy that only changes timestamps rebuilds nothing.
 *
 * @param {string} root
 */
export function sourceStamp(root) {
  const hash = createHash('sha256');
  for (const file of INPUTS.flatMap((input) => filesUnder(join(root, input)))) {
    hash
      .update(`${relative(root, file).replaceAll('\\', '/')}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex');
}

/**
 * @param {string} path a file, a folder or nothing
 * @returns {string[]}
 */
function filesUnder(path) {
  if (!existsSync(path)) return [];
  try {
    const entries = readdirSync(path, { withFileTypes: true });
    return entries
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((entry) => (entry.isDirectory() ? filesUnder(join(path, entry.name)) : [join(path, entry.name)]));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return [path];
    throw error;
  }
}

/** @param {string} root */
async function build(root) {
  const electronVite = join(nodeModules, 'electron-vite', 'bin', 'electron-vite.js');
  await longStep('Building the app', async () => {
    const program = { command: pinnedNode(), args: [electronVite, 'build'] };
    const { code, output } = await runQuietly(program, { cwd: root });
    if (code !== 0) throw new SetupProblem(`The app could not be built:\n${lastLines(output, 40)}`);
  });
}
