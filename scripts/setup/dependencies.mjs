/** node_modules, and the Node version that the project's tools run on. */

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { nodeModules, projectRoot } from './paths.mjs';
import { npm, npmErrors, runInTerminal, runQuietly } from './processes.mjs';
import { longStep, SetupProblem } from './report.mjs';
import { replaceFile } from './staging.mjs';

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, link?: boolean }} LockedPackage
 * @typedef {{ packages?: Record<string, LockedPackage> }} Lockfile
 */

/** The first Node whose Node-API (10) loads the prebuilt better-sqlite3; all tools run on it too. */
const OLDEST_USABLE_NODE = '22.14.0';

/**
 * Installs what a folder's package-lock.json specifies, unless its node_modules already matches.
 *
 * @param {string} folder
 */
export async function ensureDependencies(folder) {
  const lockText = readFileSync(join(folder, 'package-lock.json'), 'utf8');
  const stamp = dependencyStamp(readFileSync(join(folder, 'package.json'), 'utf8'), lockText);
  const modules = join(folder, 'node_modules');
  const stampFile = join(modules, '.docket-setup');
  if (readIfPresent(stampFile) === stamp) return;
  if (!holdsLockedPackages(parseLockfile(lockText), installedPackages(modules))) await install(folder);
  mkdirSync(modules, { recursive: true });
  replaceFile(stampFile, stamp);
}

/**
 * A hash of what node_modules was installed from. Only the dependency lists of package.json count, so that editing a
 * script entry does not reinstall anything.
 *
 * @param {string} manifestText
 * @param {string} lockText
 */
export function dependencyStamp(manifestText, lockText) {
  const { dependencies, devDependencies, optionalDependencies, overrides } = JSON.parse(manifestText);
  return createHash('sha256')
    .update(JSON.stringify([dependencies, devDependencies, optionalDependencies, overrides]))
    .update(lockText)
    .digest('hex');
}

/**
 * Whether an install not made by set-up (a user's own `npm install`) matches the lockfile. Optional packages are
 * ignored: which of them are present depends on the platform.
 *
 * @param {Lockfile} wanted
 * @param {Lockfile} installed npm's own record in node_modules
 */
export function holdsLockedPackages(wanted, installed) {
  const present = installed.packages ?? {};
  return Object.entries(wanted.packages ?? {}).every(([path, locked]) => {
    if (path === '' || locked.optional || locked.link) return true;
    const found = present[path];
    return found?.version === locked.version && found?.integrity === locked.integrity;
  });
}

/**
 * @param {string} modules
 * @returns {Lockfile}
 */
function installedPackages(modules) {
  return parseLockfile(readIfPresent(join(modules, '.package-lock.json')) ?? '{}');
}

/**
 * @param {string} text
 * @returns {Lockfile}
 */
function parseLockfile(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/**
 * Install scripts are not run, because no dependency needs one: prebuilt binaries come as packages, and set-up itself
 * builds anything else.
 *
 * @param {string} folder
 */
async function install(folder) {
  const args = [
    installCommand(),
    '--ignore-scripts',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const which = relative(projectRoot, folder) || 'the';
  await longStep(`Installing ${which} dependencies with npm`, async () => {
    const { code, output } = await runQuietly(npm(args), { cwd: folder });
    if (code === 0) return;
    throw new SetupProblem(
      `npm could not install the dependencies. Check the network and the npm registry setting, then run the same command again. npm said:\n${npmErrors(output)}`,
    );
  });
}

/** Windows cannot delete the Node that is running this file, and `npm ci` would: there, `npm install` changes less. */
function installCommand() {
  const runsFromNodeModules = process.execPath.startsWith(nodeModules + sep);
  return process.platform === 'win32' && runsFromNodeModules ? 'install' : 'ci';
}

/**
 * Reruns the current script on the pinned Node: the machine's own Node only has to be able to start set-up. This
 * process then exits with the other's exit code.
 */
export async function continueOnPinnedNode() {
  const pinned = pinnedNode();
  if (realpathSync(process.execPath) === realpathSync(pinned)) return;
  process.exit(await runInTerminal({ command: pinned, args: process.argv.slice(1) }));
}

/** The Node for the project's tools and for the commands without a window. */
export function pinnedNode() {
  const path = join(nodeModules, pinnedNodePackage(), 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(path)) return path;
  if (isAtLeast(process.versions.node, OLDEST_USABLE_NODE)) return process.execPath;
  throw new SetupProblem(
    `Docket needs Node ${OLDEST_USABLE_NODE} or newer here, but this is ${process.versions.node}. No pinned Node is published for ${process.platform}-${process.arch}: install a current one from nodejs.org.`,
  );
}

/** The folder of the pinned Node; it brings the headers that native code is built with. */
export function pinnedNodeFolder() {
  return join(nodeModules, pinnedNodePackage());
}

/**
 * @param {NodeJS.Platform} platform
 * @param {string} arch
 */
export function pinnedNodePackage(platform = process.platform, arch = process.arch) {
  return `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
}

/**
 * @param {string} version
 * @param {string} minimum
 */
export function isAtLeast(version, minimum) {
  const [have, want] = [version, minimum].map((text) => text.split('.').map(Number));
  for (let i = 0; i < 3; i++) {
    const difference = (have?.[i] ?? 0) - (want?.[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/** @param {string} path */
export function readIfPresent(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
