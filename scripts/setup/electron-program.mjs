/** How to start the Electron runtime on this machine. */

import { join } from 'node:path';
import { readableNames } from '../../src/main/common/readable-names.mjs';
import { executableWithin } from './electron-runtime.mjs';

/**
 * @param {import('./electron-runtime.mjs').ElectronRuntime} runtime
 * @param {string[]} args
 * @returns {{ program: import('./processes.mjs').Program, env: NodeJS.ProcessEnv }}
 */
export function electronProgram(runtime, args) {
  const command = join(runtime.folder, executableWithin(process.platform));
  const env = electronEnvironment(runtime);
  return { program: { command, args: [...electronSwitches(), ...args] }, env: { ...env, ...readableNames(env) } };
}

/**
 * Chromium refuses to run sandboxed as root; for any other user the sandbox is always on.
 *
 * @param {number | undefined} uid
 * @param {NodeJS.ProcessEnv} env
 */
export function electronSwitches(uid = process.getuid?.(), env = process.env) {
  const onWaylandOnly = Boolean(env.WAYLAND_DISPLAY) && !env.DISPLAY;
  return [...(uid === 0 ? ['--no-sandbox'] : []), ...(onWaylandOnly ? ['--ozone-platform-hint=auto'] : [])];
}

/**
 * For tools that start Electron themselves: the electron package, Playwright and electron-vite all follow it.
 *
 * @param {import('./electron-runtime.mjs').ElectronRuntime} runtime
 * @returns {NodeJS.ProcessEnv}
 */
export function electronEnvironment(runtime) {
  return { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: runtime.folder };
}
