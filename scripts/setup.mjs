/**
 * Makes a fresh clone ready to run, and says what it does: `node scripts/setup.mjs`. Every other command does its part
 * of this first, so nobody has to call it. It can be run at any time; what is ready is left alone.
 */

import { pathToFileURL } from 'node:url';
import { runCommand } from './setup/command.mjs';
import { continueOnPinnedNode, ensureDependencies } from './setup/dependencies.mjs';
import { hasDisplay } from './setup/display.mjs';
import { ensureElectronRuntime } from './setup/electron-runtime.mjs';
import { projectRoot } from './setup/paths.mjs';
import { ensureSqliteAddon, needsAddonBuild } from './setup/sqlite-addon.mjs';
import { ensureSystem } from './setup/system-packages.mjs';

/** What every command needs: the dependencies, and the Node they run on. */
export async function setUpNode() {
  await ensureDependencies(projectRoot);
  await continueOnPinnedNode();
}

/**
 * What a command needs that starts Electron.
 *
 * @param {{ virtualDisplay: boolean, watch?: boolean }} options whether a missing display is to be replaced, and
 *   whether what leaves the machine is to be watched
 */
export async function setUpElectron({ virtualDisplay, watch = false }) {
  const runtime = await ensureElectronRuntime();
  await ensureSystem({
    electronFolder: runtime.folder,
    virtualDisplay: virtualDisplay && !hasDisplay(),
    watch,
    compiler: needsAddonBuild(runtime.nodeApi),
  });
  await ensureSqliteAddon(runtime.nodeApi);
  return runtime;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await runCommand(async () => {
    await setUpNode();
    await setUpElectron({ virtualDisplay: true, watch: true });
  });
}
