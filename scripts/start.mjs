/**
 * `npm start`: the app, or one of its commands without a window (`npm start -- batch PATH`, `npm start -- history`,
 * `npm start -- --help`). The latter need no Electron and no display, and their stdout contains only results.
 */

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt } from './setup/app-build.mjs';
import { runCommand } from './setup/command.mjs';
import { requireDisplay } from './setup/display.mjs';
import { electronProgram } from './setup/electron-program.mjs';
import { projectRoot } from './setup/paths.mjs';
import { endWithNpm, runWindow } from './setup/processes.mjs';
import { isWindowless } from './setup/start-arguments.mjs';
import { setUpElectron, setUpNode } from './setup.mjs';

const args = process.argv.slice(2);
/** npm runs this in the project's folder, but paths on the command line are relative to the user's folder. */
const cwd = process.env.INIT_CWD ?? process.cwd();

endWithNpm();
if (isWindowless(args)) {
  const isReady = await runCommand(async () => {
    await setUpNode();
    await ensureBuilt();
  });
  if (isReady) await runWithoutWindow();
} else {
  await runCommand(startWindow);
}

/** Runs in this process, so that signals and the exit code are the command's own. */
async function runWithoutWindow() {
  const cli = join(projectRoot, 'out', 'main', 'cli.js');
  process.argv = [process.execPath, cli, ...args];
  process.chdir(cwd);
  await import(pathToFileURL(cli).href);
}

async function startWindow() {
  requireDisplay();
  await setUpNode();
  const runtime = await setUpElectron({ virtualDisplay: false });
  await ensureBuilt();
  const { program, env } = electronProgram(runtime, [projectRoot, ...args]);
  return runWindow(program, { cwd, env });
}
