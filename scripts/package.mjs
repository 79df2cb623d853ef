/**
 * `npm run package`: installers for this platform into dist/. They are made with the official Electron only: where
 * that cannot be had, the result is an unpacked folder for a look on this machine, and named so.
 */

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
  const electronBuilder = join(nodeModules, 'electron-builder', 'cli.js');
  const args = [
    electronBuilder,
    '--publish=never',
    `-c.electronDist=${runtime.folder}`,
    `-c.electronVersion=${runtime.version}`,
    ...(isReleasable ? [] : ['--dir', `-c.directories.output=${LOCAL_ONLY_FOLDER}`]),
    ...process.argv.slice(2),
  ];
  const code = await runInTerminal({ command: pinnedNode(), args }, { cwd: projectRoot });
  if (!isReleasable) {
    say(
      `Not for release: ${LOCAL_ONLY_FOLDER} runs on Electron ${runtime.version}, which is not the official current one.`,
    );
  }
  return code;
});
