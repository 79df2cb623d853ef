/**
 * The native part of better-sqlite3. Its prebuilt file needs Node-API 10 and crashes an older runtime without a
 * message. For such a runtime it is built here once, from the same unmodified source, and kept in the cache folder.
 */

import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { copyFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pinnedNode, pinnedNodeFolder } from './dependencies.mjs';
import { cacheFolder, nodeModules } from './paths.mjs';
import { lastLines, runQuietly } from './processes.mjs';
import { longStep, SetupProblem } from './report.mjs';
import { createFolderAtomically } from './staging.mjs';

const PREBUILT_NODE_API = 10;
const ADDON = 'better_sqlite3.node';
const packageFolder = join(nodeModules, 'better-sqlite3');
/** better-sqlite3 prefers a file here to its prebuilt one. */
const builtAddon = join(packageFolder, 'build', 'Release', ADDON);

/** @param {number} nodeApi the Node-API version of the Electron runtime */
export function needsAddonBuild(nodeApi) {
  return nodeApi < PREBUILT_NODE_API && !existsSync(cachedAddon(nodeApi));
}

/** @param {number} nodeApi */
export async function ensureSqliteAddon(nodeApi) {
  if (nodeApi >= PREBUILT_NODE_API) {
    rmSync(join(packageFolder, 'build'), { recursive: true, force: true });
    return;
  }
  if (needsAddonBuild(nodeApi)) await build(nodeApi);
  if (!isSameFile(cachedAddon(nodeApi), builtAddon)) await putInPlace(cachedAddon(nodeApi));
}

/** @param {number} nodeApi */
function cachedAddon(nodeApi) {
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
  const name = `better-sqlite3-${version}-napi${nodeApi}-${process.platform}-${process.arch}`;
  return join(cacheFolder(), name, ADDON);
}

/** @param {number} nodeApi */
async function build(nodeApi) {
  await longStep('Building better-sqlite3 for this Electron, which takes one to two minutes', () =>
    createFolderAtomically(join(cachedAddon(nodeApi), '..'), async (staging) => {
      const source = join(staging, 'source');
      cpSync(packageFolder, source, { recursive: true });
      cpSync(join(nodeModules, 'node-addon-api'), join(source, 'node_modules', 'node-addon-api'), { recursive: true });
      rmSync(join(source, 'build'), { recursive: true, force: true });
      await compile(source);
      await rename(join(source, 'build', 'Release', ADDON), join(staging, ADDON));
      await rm(source, { recursive: true });
      await tryOut(join(staging, ADDON));
    }),
  );
}

/**
 * Only the package's build settings require Node-API 10. The three defines undo that and let the code detect what is
 * available at run time. The result also runs on newer runtimes, including the pinned Node.
 *
 * @param {string} source
 */
async function compile(source) {
  const nodeGyp = join(nodeModules, 'node-gyp', 'bin', 'node-gyp.js');
  const args = [nodeGyp, 'rebuild', '--release', '--force_build=1', `--nodedir=${pinnedNodeFolder()}`];
  const { code, output } = await runQuietly(
    { command: pinnedNode(), args },
    {
      cwd: source,
      env: {
        ...process.env,
        JOBS: 'max',
        CFLAGS: '-O2', // as SQLite's authors build it; -O3 takes 50 % longer
        CXXFLAGS: '-UNAPI_VERSION -DNAPI_VERSION=2147483647 -DNAPI_EXPERIMENTAL',
      },
    },
  );
  if (code === 0) return;
  throw new SetupProblem(
    `better-sqlite3 could not be built. It needs g++, make and python3 and about 1 GB of memory. The compiler said:\n${lastLines(output)}`,
  );
}

/**
 * Tests the build in a separate process, because a bad one would crash rather than throw.
 *
 * @param {string} addon
 */
async function tryOut(addon) {
  const program = `
    const Database = require(${JSON.stringify(packageFolder)});
    const db = new Database(':memory:', { nativeBinding: ${JSON.stringify(addon)} });
    db.exec("create virtual table t using fts5(a); insert into t values ('kept')");
    if (db.prepare("select a from t where t match 'kept'").pluck().get() !== 'kept') process.exit(1);
  `;
  const { code, output } = await runQuietly({ command: pinnedNode(), args: ['-e', program] });
  if (code === 0) return;
  throw new SetupProblem(`The built better-sqlite3 does not work on this machine. ${lastLines(output, 3)}`);
}

/**
 * Copies, then renames, so that a running app keeps the file it has open.
 *
 * @param {string} addon
 */
async function putInPlace(addon) {
  mkdirSync(join(builtAddon, '..'), { recursive: true });
  const incoming = `${builtAddon}.${process.pid}.tmp`;
  await copyFile(addon, incoming);
  await rename(incoming, builtAddon);
}

/**
 * @param {string} a
 * @param {string} b
 */
function isSameFile(a, b) {
  const [first, second] = [a, b].map((path) => statSync(path, { throwIfNoEntry: false }));
  return first !== undefined && second !== undefined && first.size === second.size && second.mtimeMs >= first.mtimeMs;
}
