/** The official Electron release, straight into the cache folder. */

import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { longStep } from './report.mjs';
import { createFolderAtomically } from './staging.mjs';

/** @typedef {{ transferred: number, total: number | null }} Transfer */

const FIRST_BYTES_WITHIN_MS = 6_000;
const STALLED_AFTER_MS = 30_000;

/**
 * Fetches, verifies and unpacks a release. The ways in which a host cannot be reached (no route, a silent firewall, a
 * proxy's error page) are all one to us: the reason comes back as text, and the caller has another way or none.
 *
 * @param {string} version
 * @param {string} folder
 * @returns {Promise<string | undefined>} why it failed
 */
export async function fetchOfficialElectron(version, folder) {
  try {
    await longStep(`Fetching Electron ${version} from its release host`, (update) =>
      createFolderAtomically(folder, async (staging) => {
        const zip = await download(version, update);
        update('unpacking');
        const { extract } = await import('@electron-internal/extract-zip');
        await extract(zip, { dir: staging });
        await rm(dirname(zip), { recursive: true, force: true });
      }),
    );
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

/**
 * Lets @electron/get choose the address (it knows mirrors and proxies) and check the published checksum. The zip lands
 * in a temporary folder of its own: what we keep is the unpacked runtime.
 *
 * @param {string} version
 * @param {(detail: string) => void} update
 */
async function download(version, update) {
  if (process.env.HTTPS_PROXY || process.env.https_proxy) process.env.ELECTRON_GET_USE_PROXY ??= '1';
  const [{ downloadArtifact, ElectronDownloadCacheMode }, { default: checksums }] = await Promise.all([
    import('@electron/get'),
    import('electron/checksums.json', { with: { type: 'json' } }),
  ]);
  const watchdog = createWatchdog();
  try {
    return await downloadArtifact({
      version,
      artifactName: 'electron',
      platform: process.platform,
      arch: process.arch,
      checksums,
      cacheMode: ElectronDownloadCacheMode.ReadOnly,
      downloadOptions: {
        quiet: true,
        signal: watchdog.signal,
        getProgressCallback: async (/** @type {Transfer} */ { transferred, total }) => {
          watchdog.sawProgress();
          update(`${megabytes(transferred)} of ${total ? megabytes(total) : '?'} MB`);
        },
      },
    });
  } finally {
    watchdog.stop();
  }
}

/** Gives up soon on a host that does not answer, later on one that did and then fell silent. */
function createWatchdog() {
  const controller = new AbortController();
  const giveUp = () => controller.abort(new Error('it does not answer'));
  let timer = setTimeout(giveUp, FIRST_BYTES_WITHIN_MS);
  return {
    signal: controller.signal,
    sawProgress() {
      clearTimeout(timer);
      timer = setTimeout(giveUp, STALLED_AFTER_MS);
    },
    stop: () => clearTimeout(timer),
  };
}

/** @param {unknown} error */
function reasonOf(error) {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? error.cause : error;
  return cause.message || ('code' in cause ? String(cause.code) : 'unknown reason');
}

/** @param {number} bytes */
function megabytes(bytes) {
  return Math.round(bytes / 1e6);
}
