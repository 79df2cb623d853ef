/** `npm run dev`: the app with hot reload. */

import { join } from 'node:path';
import { runCommand } from './setup/command.mjs';
import { pinnedNode } from './setup/dependencies.mjs';
import { requireDisplay } from './setup/display.mjs';
import { electronProgram, electronSwitches } from './setup/electron-program.mjs';
import { nodeModules, projectRoot } from './setup/paths.mjs';
import { runInTerminal } from './setup/processes.mjs';
import { setUpElectron, setUpNode } from './setup.mjs';

await runCommand(async () => {
  requireDisplay();
  await setUpNode();
  const runtime = await setUpElectron({ virtualDisplay: false });
  const { program, env } = electronProgram(runtime, []);
  const electronVite = join(nodeModules, 'electron-vite', 'bin', 'electron-vite.js');
  return runInTerminal(
    { command: pinnedNode(), args: [electronVite, 'dev', '--', ...electronSwitches(), ...process.argv.slice(2)] },
    { cwd: projectRoot, env: { ...env, ELECTRON_EXEC_PATH: program.command } },
  );
});
