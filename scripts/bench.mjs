/** `npm run bench`: the benchmarks. The programs they compare with are installed on first use, apart from the app. */

import { join } from 'node:path';
import { ensureBuilt } from './setup/app-build.mjs';
import { runCommand } from './setup/command.mjs';
import { ensureDependencies, pinnedNode } from './setup/dependencies.mjs';
import { withDisplay } from './setup/display.mjs';
import { electronEnvironment } from './setup/electron-program.mjs';
import { projectRoot } from './setup/paths.mjs';
import { runInTerminal } from './setup/processes.mjs';
import { setUpElectron, setUpNode } from './setup.mjs';

await runCommand(async () => {
  await setUpNode();
  const runtime = await setUpElectron({ virtualDisplay: true });
  await ensureDependencies(join(projectRoot, 'bench'));
  await ensureBuilt();
  const program = { command: pinnedNode(), args: [join(projectRoot, 'bench', 'run.ts'), ...process.argv.slice(2)] };
  return runInTerminal(withDisplay(program), { cwd: projectRoot, env: electronEnvironment(runtime) });
});
