/**
 * What the Linux system itself must provide: the libraries that Electron loads, a virtual display for the tests, a
 * compiler when native code has to be built, and a sandbox that Chromium can use. As root, this installs what is
 * missing; any other user gets the one command that does.
 */

import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isInstalled, lastLines, runQuietly } from './processes.mjs';
import { longStep, SetupProblem, say } from './report.mjs';

/** @typedef {{ what: string, debianPackage: string }} Missing */

/** Shared libraries that Electron needs, some loaded only at run time, and the packages that contain them. */
const LIBRARIES = {
  'libgtk-3.so.0': 'libgtk-3-0',
  'libnss3.so': 'libnss3',
  'libasound.so.2': 'libasound2',
  'libgbm.so.1': 'libgbm1',
  'libatk-bridge-2.0.so.0': 'libatk-bridge2.0-0',
  'libXss.so.1': 'libxss1',
  'libnotify.so.4': 'libnotify4',
  'libXtst.so.6': 'libxtst6',
};
const NO_SYSTEM_CHANGES = 'DOCKET_NO_SYSTEM_CHANGES';
const DISPLAY_PROGRAMS = { 'xvfb-run': 'xvfb', xauth: 'xauth' };
/** Used by the test that watches what leaves the machine. */
const WATCH_PROGRAMS = { strace: 'strace', ip: 'iproute2', unshare: 'util-linux' };
const BUILD_PROGRAMS = { 'g++': 'g++', make: 'make', python3: 'python3' };

/**
 * @typedef {{ electronFolder?: string, virtualDisplay?: boolean, watch?: boolean, compiler?: boolean }} SystemNeeds
 * @param {SystemNeeds} needs
 */
export async function ensureSystem({ electronFolder, virtualDisplay = false, watch = false, compiler = false }) {
  if (process.platform !== 'linux') return;
  const missing = [
    ...(electronFolder ? missingLibraries() : []),
    ...(virtualDisplay ? missingPrograms(DISPLAY_PROGRAMS) : []),
    ...(watch ? missingPrograms(WATCH_PROGRAMS) : []),
    ...(compiler ? missingPrograms(BUILD_PROGRAMS) : []),
  ];
  const isRoot = process.getuid?.() === 0;
  if (isRoot && !refusesSystemChanges()) {
    if (missing.length > 0) await installWithApt(missing);
    if (electronFolder) allowSandboxForOthers(electronFolder);
    return;
  }
  // Chromium does not sandbox root at all.
  const needsSandbox = electronFolder !== undefined && !isRoot && !canSandbox(electronFolder);
  const commands = [
    ...(missing.length > 0 ? [installCommand(missing)] : []),
    ...(needsSandbox ? [sandboxCommand(electronFolder)] : []),
  ];
  if (commands.length > 0) throw new SetupProblem(askForRoot(missing, commands));
}

/** For users who are root but want to change the system themselves. */
function refusesSystemChanges(env = process.env) {
  return Boolean(env[NO_SYSTEM_CHANGES]) && env[NO_SYSTEM_CHANGES] !== '0';
}

/**
 * @param {Missing[]} missing
 * @param {string[]} commands
 */
export function askForRoot(missing, commands) {
  const lacks = missing.map(({ what }) => what);
  const reason = lacks.length > 0 ? `this system lacks ${lacks.join(', ')}` : "Chromium's sandbox is not set up";
  return `Before Docket can run here, an administrator has to prepare the system once (${reason}). Run this (as root without the sudo), then the same command again:\n\n  ${commands.join(' && ')}\n`;
}

/** @returns {Missing[]} */
function missingLibraries() {
  const known = knownLibraries();
  if (known === undefined) return []; // no loader cache to query (musl, NixOS): Electron will report what is missing
  return Object.entries(LIBRARIES)
    .filter(([library]) => !known.includes(`\t${library} `))
    .map(([what, debianPackage]) => ({ what, debianPackage }));
}

function knownLibraries() {
  for (const ldconfig of ['ldconfig', '/sbin/ldconfig']) {
    const { status, stdout } = spawnSync(ldconfig, ['-p'], { encoding: 'utf8', maxBuffer: 16e6 });
    if (status === 0) return stdout;
  }
  return undefined;
}

/**
 * @param {Record<string, string>} programs
 * @returns {Missing[]}
 */
function missingPrograms(programs) {
  return Object.entries(programs)
    .filter(([program]) => !isInstalled(program))
    .map(([what, debianPackage]) => ({ what, debianPackage }));
}

/** @param {Missing[]} missing */
async function installWithApt(missing) {
  if (!isInstalled('apt-get')) throw new SetupProblem(installCommand(missing));
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const waitForLock = ['-o', 'DPkg::Lock::Timeout=120'];
  const names = missing.map(({ debianPackage }) => debianPackage);
  say(`This system lacks packages that Docket needs: ${names.join(' ')}. Installing them now with apt-get, as root.`);
  say(howToRefuse(installCommand(missing)));
  await longStep('Installing them with apt-get', async (update) => {
    update('package lists');
    await runQuietly({ command: 'apt-get', args: [...waitForLock, 'update'] }, { env });
    update('packages');
    const packages = names.map(currentName);
    const args = [...waitForLock, 'install', '-y', '--no-install-recommends', ...packages];
    const { code, output } = await runQuietly({ command: 'apt-get', args }, { env });
    if (code === 0) return;
    throw new SetupProblem(
      `apt-get could not install ${packages.join(' ')}. Fix that, then run the same command again. It said:\n${lastLines(output)}`,
    );
  });
}

/** @param {string} command does the same by hand */
function howToRefuse(command) {
  return `To do it yourself instead, stop this and rerun it with ${NO_SYSTEM_CHANGES}=1. The command is: ${command}`;
}

/** @param {Missing[]} missing */
function installCommand(missing) {
  if (!isInstalled('apt-get')) {
    const what = missing.map((each) => each.what).join(', ');
    throw new SetupProblem(
      `This system lacks ${what}: install them with its package manager, then run the same command again.`,
    );
  }
  const packages = missing.map(({ debianPackage }) => currentName(debianPackage));
  return `sudo apt-get update && sudo apt-get install -y ${packages.join(' ')}`;
}

/**
 * Newer Debian and Ubuntu releases renamed some libraries in the transition to 64-bit time.
 *
 * @param {string} name
 */
function currentName(name) {
  const renamed = `${name}t64`;
  const { status, stdout } = spawnSync('apt-cache', ['show', renamed], { encoding: 'utf8' });
  return status === 0 && stdout.includes('Package:') ? renamed : name;
}

/** @param {string} electronFolder */
const sandboxHelper = (electronFolder) => join(electronFolder, 'chrome-sandbox');

/** @param {string} electronFolder */
function sandboxCommand(electronFolder) {
  const helper = sandboxHelper(electronFolder);
  return `sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`;
}

/**
 * Chromium sandboxes its processes with user namespaces if the kernel allows them, otherwise with a set-uid root
 * helper.
 *
 * @param {string} electronFolder
 */
function canSandbox(electronFolder) {
  if (isSandboxHelperReady(electronFolder)) return true;
  return spawnSync('unshare', ['--user', '--map-root-user', 'true'], { stdio: 'ignore' }).status === 0;
}

/** @param {string} electronFolder */
function isSandboxHelperReady(electronFolder) {
  const helper = statSync(sandboxHelper(electronFolder), { throwIfNoEntry: false });
  return helper !== undefined && helper.uid === 0 && (helper.mode & 0o7777) === 0o4755;
}

/**
 * Root itself runs without the sandbox, but other users may share this runtime.
 *
 * @param {string} electronFolder
 */
function allowSandboxForOthers(electronFolder) {
  if (isSandboxHelperReady(electronFolder)) return;
  const helper = sandboxHelper(electronFolder);
  if (!statSync(helper, { throwIfNoEntry: false })) return;
  say(`Making Chromium's sandbox helper set-uid root, so that other users can run this Electron: ${helper}`);
  say(howToRefuse(sandboxCommand(electronFolder)));
  chownSync(helper, 0, 0);
  chmodSync(helper, 0o4755);
}
