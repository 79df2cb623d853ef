/**
 * Downloads the official Electron release into the cache folder.
 *
 * The download runs in a separate process (this same file): whatever a half-open connection or a proxy's broken
 * response does to it, even a crash inside Node, then only triggers the fallback.
 */

import { spawn } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { longStep } from './report.mjs';
import { createFolderAtomically } from './staging.mjs';

/** @typedef {{ transferred: number, total: number | null }} Transfer */

const FIRST_BYTES_WITHIN_MS = 6_000;
const STALLED_AFTER_MS = 30_000;
const thisFile = fileURLToPath(import.meta.url);

/**
 * Fetches, verifies and unpacks a release.
 *
 * @param {string} version
 * @param {string} folder
 * @returns {Promise<string | undefined>} why it failed
 */
export function fetchOfficialElectron(version, folder) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [thisFile, version, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    let reason = '';
    child.stdout.on('data', (chunk) => {
      reason += chunk;
    });
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code) => resolve(code === 0 ? undefined : reason.trim() || 'the download ended early'));
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [version = '', folder = ''] = process.argv.slice(2);
  process.on('uncaughtException', fail);
  await fetchAndUnpack(version, folder).catch(fail);
}

/** @param {unknown} error */
function fail(error) {
  process.stdout.write(reasonOf(error), () => process.exit(1));
}

/**
 * @param {string} version
 * @param {string} folder
 */
async function fetchAndUnpack(version, folder) {
  await longStep(`Fetching Electron ${version} from its release host`, (update) =>
    createFolderAtomically(folder, async (staging) => {
      const downloads = join(staging, 'download');
      await mkdir(downloads);
      const zip = await download(version, downloads, update);
      update('unpacking');
      const { extract } = await import('@electron-internal/extract-zip');
      await extract(zip, { dir: staging });
      await rm(downloads, { recursive: true });
    }),
  );
}

/**
 * Lets @electron/get choose the address (it knows mirrors and proxies) and verify the published checksum. Only the
 * unpacked runtime is kept, so the zip stays out of its cache.
 *
 * @param {string} version
 * @param {string} tempDirectory
 * @param {(detail: string) => void} update
 */
async function download(version, tempDirectory, update) {
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
      tempDirectory,
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

/** Gives up quickly on a host that does not respond, more slowly on one that responded and then stalled. */
function createWatchdog() {
  const controller = new AbortController();
  const giveUp = () => controller.abort(new Error('the host does not respond'));
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
  const code = 'code' in cause ? String(cause.code) : 'unknown reason';
  return cause.message.split('\n')[0] || code;
}

/** @param {number} bytes */
function megabytes(bytes) {
  return Math.round(bytes / 1e6);
}
