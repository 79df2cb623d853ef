/** `npm run screenshots`: takes the README's screenshots, on a virtual display if there is no real one. */

import { join } from 'node:path';
import { ensureBuilt } from './setup/app-build.mjs';
import { runCommand } from './setup/command.mjs';
import { pinnedNode } from './setup/dependencies.mjs';
import { withDisplay } from './setup/display.mjs';
import { electronEnvironment } from './setup/electron-program.mjs';
import { projectRoot } from './setup/paths.mjs';
import { runInTerminal } from './setup/processes.mjs';
import { setUpElectron, setUpNode } from './setup.mjs';

await runCommand(async () => {
  await setUpNode();
  const runtime = await setUpElectron({ virtualDisplay: true });
  await ensureBuilt();
  const program = { command: pinnedNode(), args: [join(projectRoot, 'scripts', 'take-screenshots.ts')] };
  return runInTerminal(withDisplay(program), { cwd: projectRoot, env: electronEnvironment(runtime) });
});
