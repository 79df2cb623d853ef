/** `npm run check`: types, lint, format and dead code. All of them run, so that one failure does not hide another. */

import { join } from 'node:path';
import { runCommand } from './setup/command.mjs';
import { pinnedNode } from './setup/dependencies.mjs';
import { nodeModules, projectRoot } from './setup/paths.mjs';
import { runInTerminal } from './setup/processes.mjs';
import { setUpNode } from './setup.mjs';

const CHECKS = [
  { name: 'Types', script: 'typescript/bin/tsc', args: ['-b'] },
  { name: 'Lint and format', script: '@biomejs/biome/bin/biome', args: ['ci', '--error-on-warnings'] },
  { name: 'Dead code', script: 'knip/bin/knip.js', args: [] },
];

await runCommand(async () => {
  await setUpNode();
  const failed = [];
  for (const { name, script, args } of CHECKS) {
    const startedAt = Date.now();
    const program = { command: pinnedNode(), args: [join(nodeModules, script), ...args] };
    const code = await runInTerminal(program, { cwd: projectRoot });
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
    process.stdout.write(`${name}: ${code === 0 ? 'good' : 'FAILED'} (${seconds} s)\n`);
    if (code !== 0) failed.push(name);
  }
  return failed.length === 0 ? 0 : 1;
});
