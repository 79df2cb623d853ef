/**
 * Makes a fresh clone ready to run, reporting what it does: `node scripts/setup.mjs`. Every other command runs its part
 * of this first, so nobody needs to call it. It can be run at any time and leaves alone what is ready.
 */

import { pathToFileURL } from 'node:url';
import { runCommand } from './setup/command.mjs';
import { continueOnPinnedNode, ensureDependencies } from './setup/dependencies.mjs';
import { hasDisplay } from './setup/display.mjs';
import { ensureElectronRuntime } from './setup/electron-runtime.mjs';
import { projectRoot } from './setup/paths.mjs';
import { patchPdfjs } from './setup/pdfjs-patch.mjs';
import { ensureSqliteAddon, needsAddonBuild } from './setup/sqlite-addon.mjs';
import { ensureSystem } from './setup/system-packages.mjs';

/** Sets up what every command needs: the dependencies, and the Node they run on. */
export async function setUpNode() {
  await ensureDependencies(projectRoot);
  patchPdfjs();
  await continueOnPinnedNode();
}

/**
 * Sets up what a command that starts Electron needs.
 *
 * @param {{ virtualDisplay: boolean, watch?: boolean }} options whether to replace a missing display, and whether
 *   to watch what leaves the machine
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
