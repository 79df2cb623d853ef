/**
 * `npm test`: every test, including those in real Electron. `npm test -- FILE…` runs only the given files, and
 * `-t WORDS` only tests whose title contains the words. The last line of output totals both runners.
 */

import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from './setup/app-build.mjs';
import { chosenTests } from './setup/chosen-tests.mjs';
import { runCommand } from './setup/command.mjs';
import { pinnedNode, readIfPresent } from './setup/dependencies.mjs';
import { withDisplay } from './setup/display.mjs';
import { electronEnvironment } from './setup/electron-program.mjs';
import { filesToRepeat, parseErrorsOutside } from './setup/errors-outside-tests.mjs';
import { nodeModules, projectRoot } from './setup/paths.mjs';
import { runInTerminal } from './setup/processes.mjs';
import { countPlaywright, countVitest, totalOf } from './setup/test-counts.mjs';
import { setUpElectron, setUpNode } from './setup.mjs';

const reports = join(projectRoot, 'test-results');
const vitestReport = join(reports, 'vitest.json');
const errorsOutsideReport = join(reports, 'errors-outside.json');
const playwrightReport = join(reports, 'playwright.json');

await runCommand(async () => {
  await setUpNode();
  const runtime = await setUpElectron({ virtualDisplay: true, watch: true });
  await ensureBuilt();
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const env = { ...electronEnvironment(runtime), PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport };

  const { vitest, playwright } = chosenTests(process.argv.slice(2));
  const counts = [];
  if (vitest !== null) {
    counts.push(...(await runVitest(env, vitest)));
  }
  if (playwright !== null) {
    const code = await runOnNode(env, ['@playwright/test/cli.js', 'test', '--reporter=list,json', ...playwright]);
    counts.push(countPlaywright(readIfPresent(playwrightReport), code));
  }
  const total = totalOf(counts);
  for (const problem of total.problems) process.stdout.write(`${problem}\n`);
  process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
  return total.failed === 0 ? 0 : 1;
});

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {string[]} args
 * @returns {Promise<import('./setup/test-counts.mjs').Counts[]>}
 */
async function runVitest(env, args) {
  const run = async (/** @type {string[]} */ chosen) => {
    for (const report of [vitestReport, errorsOutsideReport]) rmSync(report, { force: true });
    const code = await runOnNode({ ...env, DOCKET_TEST_REPORTS: reports }, ['vitest/vitest.mjs', 'run', ...chosen]);
    const outside = parseErrorsOutside(readIfPresent(errorsOutsideReport));
    return { report: readIfPresent(vitestReport), code, outside };
  };
  const first = await run(args);
  const repeated = filesToRepeat(first.outside);
  if (repeated.length === 0) return [countVitest(first)];
  process.stdout.write(
    `Processes crashed, as V8 at times lets them (nodejs/node#64500). Run once more: ${repeated.join(', ')}\n`,
  );
  return [countVitest(first, repeated), countVitest(await run(repeated))];
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {string[]} args the first is a script in node_modules
 */
function runOnNode(env, [script = '', ...args]) {
  const program = { command: pinnedNode(), args: [join(nodeModules, script), ...args] };
  return runInTerminal(withDisplay(program), { cwd: projectRoot, env });
}
