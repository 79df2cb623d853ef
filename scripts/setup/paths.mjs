/** Where set-up reads and writes. */

import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectRoot = resolve(fileURLToPath(import.meta.url), '..', '..', '..');
export const nodeModules = join(projectRoot, 'node_modules');

/**
 * The folder for what is too expensive to fetch or build twice. It is outside the repository, so that it survives a new
 * clone or a deleted node_modules.
 *
 * @param {NodeJS.Platform} platform
 * @param {NodeJS.ProcessEnv} env
 * @param {string} home
 */
export function cacheFolder(platform = process.platform, env = process.env, home = homedir()) {
  if (env.DOCKET_CACHE) return resolve(env.DOCKET_CACHE);
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'docket');
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'docket', 'cache');
  return join(env.XDG_CACHE_HOME || join(home, '.cache'), 'docket');
}
