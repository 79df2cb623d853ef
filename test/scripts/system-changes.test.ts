import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { chosenTests } from '../../scripts/setup/chosen-tests.mjs';

const script = fileURLToPath(new URL('../../scripts/setup/system-packages.mjs', import.meta.url));

/** Requests a sandbox helper in a separate process, as every set-up does. */
function ensureSandbox(folder: string, env: NodeJS.ProcessEnv) {
  const code = `await (await import(${JSON.stringify(script)})).ensureSystem({ electronFolder: ${JSON.stringify(folder)} })`;
  const args = ['--input-type=module', '-e', code];
  return spawnSync(process.execPath, args, { encoding: 'utf8', env: { ...process.env, ...env } });
}

test.runIf(process.platform === 'linux' && process.getuid?.() === 0)(
  'what root changes in the system is said before, and can be refused',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'docket-runtime-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const helper = join(folder, 'chrome-sandbox');
    writeFileSync(helper, '', { mode: 0o755 });
    const modeOf = () => statSync(helper).mode & 0o7777;

    expect(ensureSandbox(folder, { DOCKET_NO_SYSTEM_CHANGES: '1' })).toMatchObject({ status: 0, stderr: '' });
    expect(modeOf()).toBe(0o755);

    const allowed = ensureSandbox(folder, { DOCKET_NO_SYSTEM_CHANGES: '' });
    expect(modeOf()).toBe(0o4755);
    expect(allowed.stderr).toContain(helper);
    expect(allowed.stderr).toContain('DOCKET_NO_SYSTEM_CHANGES=1');
    expect(allowed.stderr).toContain(`sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`);
  },
);

test.each([
  [[], { vitest: [], playwright: [] }],
  [['test/llm/retry.test.ts'], { vitest: ['test/llm/retry.test.ts'], playwright: null }],
  [['test/e2e/chat.spec.ts', '-t', 'sends'], { vitest: null, playwright: ['test/e2e/chat.spec.ts', '-g', 'sends'] }],
  [['-t', 'sends'], { vitest: ['-t', 'sends'], playwright: ['-g', 'sends'] }],
])('npm test -- %j runs what it names', (args, chosen) => {
  expect(chosenTests(args)).toEqual(chosen);
});
