import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { firstFiles } from '../support/first-files.ts';
import { hangBeforeHeaders } from '../support/model-server-replies.ts';
import { folderOfNotes, server, tempFolder } from '../support/workspace.ts';
import { runCli, startCli } from './run-cli.ts';

const faults = {
  exception: "throw new Error('injected for this test')",
  rejection: "Promise.reject(new Error('injected for this test'))",
} as const;

/** A module that the process loads first, and that throws on a signal. */
async function injection(fault: string): Promise<string> {
  const file = join(await tempFolder(), 'inject.mjs');
  await writeFile(file, `process.on('SIGUSR2', () => { ${fault}; });`);
  return `--import=${file}`;
}

describe('a fault that nothing caught', () => {
  it.each(Object.entries(faults))('ends a batch with a sentence, resumable (%s)', async (_kind, fault) => {
    const model = await server();
    const isAnswered = firstFiles(2);
    model.respond((request) => (isAnswered(request) ? undefined : hangBeforeHeaders()));
    const args = ['batch', await folderOfNotes(6), '--data-dir', await tempFolder()];
    const env = { OPENAI_BASE_URL: model.url, OPENAI_API_KEY: 'sk-x' };
    const running = await startCli(args, { env: { ...env, NODE_OPTIONS: await injection(fault) } });
    await model.waitUntil(() => model.chatRequests.filter(isAnswered).length === 6 && model.hanging > 0);
    running.child.kill('SIGUSR2');

    const { code, stdout, stderr } = await running.result;
    expect(stderr).toContain('\nA fault in Docket: injected for this test\n');
    expect(stderr).toContain('Finished files are kept. Run the same command again to continue from there.');
    expect(stderr.match(/injected for this test/g)).toHaveLength(2);
    expect([code, stdout]).toEqual([5, '']);

    model.respond([]);
    const again = await runCli(args, { env });
    expect(again.stderr).toMatch(/^Resuming: \d of 6 files are already finished\.$/m);
    expect(again.stderr).toContain('6 of 6 files finished, 0 failed.');
    expect(again.code).toBe(0);
    const { stdout: history } = await runCli(['history', '--json', '--limit', '100', '--data-dir', args[3] ?? '']);
    const statuses = history
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).status);
    expect(statuses.filter((status) => status === 'in_doubt' || status === 'open')).toEqual([]);
  });
});
