/**
 * `npm run package`: builds installers for this platform in dist/. They are only made with the official Electron. Where
 * it is unavailable, the result is an unpacked folder for local use only, as its name says.
 */

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from './setup/app-build.mjs';
import { runCommand } from './setup/command.mjs';
import { pinnedNode } from './setup/dependencies.mjs';
import { nodeModules, projectRoot } from './setup/paths.mjs';
import { runInTerminal } from './setup/processes.mjs';
import { say } from './setup/report.mjs';
import { setUpElectron, setUpNode } from './setup.mjs';

const LOCAL_ONLY_FOLDER = 'dist/local-only-not-for-release';

await runCommand(async () => {
  await setUpNode();
  const runtime = await setUpElectron({ virtualDisplay: false });
  await ensureBuilt();
  const isReleasable = runtime.source === 'official';
  const code = await runElectronBuilder(isReleasable ? [] : localOnlyOptions(runtime));
  if (!isReleasable) {
    removeDefaultApp();
    say(
      `Not for release: ${LOCAL_ONLY_FOLDER} runs on Electron ${runtime.version}, which is not the official current one.`,
    );
  }
  return code;
});

/** @param {string[]} options */
function runElectronBuilder(options) {
  const electronBuilder = join(nodeModules, 'electron-builder', 'cli.js');
  const args = [electronBuilder, '--publish=never', ...options, ...process.argv.slice(2)];
  return runInTerminal({ command: pinnedNode(), args }, { cwd: projectRoot });
}

/**
 * A release uses electron-builder's own download, which is verified for each architecture; this is for anything else.
 *
 * @param {import('./setup/electron-runtime.mjs').ElectronRuntime} runtime
 */
function localOnlyOptions(runtime) {
  return [
    '--dir',
    `-c.electronDist=${runtime.folder}`,
    `-c.electronVersion=${runtime.version}`,
    `-c.directories.output=${LOCAL_ONLY_FOLDER}`,
  ];
}

/** electron-builder leaves a given runtime unchanged, including its loader for other apps. */
function removeDefaultApp() {
  const resources = join(projectRoot, LOCAL_ONLY_FOLDER, 'linux-unpacked', 'resources');
  rmSync(join(resources, 'default_app.asar'), { force: true });
}
