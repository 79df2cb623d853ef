import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { openDocket } from '../support/docket.ts';
import { text } from '../support/model-server-replies.ts';
import { folderOf, server, tempFolder } from '../support/workspace.ts';
import { pressCtrlC, type RunningCli, runCli, startCli } from './run-cli.ts';

const namesIn = (csv: string) =>
  Papa.parse<Record<string, string>>(csv.slice(1), { header: true, skipEmptyLines: true }).data.map(
    ({ File, Status }) => `${File} ${Status}`,
  );

/** Resolves when the command has told this on stderr. */
function told({ child, result }: RunningCli, words: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let all = '';
    child.stderr?.on('data', (piece: Buffer) => {
      all += piece.toString('utf8');
      if (all.includes(words)) resolve(all);
    });
    void result.then(({ stderr }) => reject(new Error(`It ended without saying “${words}”:\n${stderr}`)));
  });
}

describe('docket batch --watch', () => {
  it('asks what comes until Ctrl+C, tells it, keeps the results written, and exits 0 if all finished', async () => {
    const folder = await folderOf({ 'a.txt': 'One.' });
    const out = join(await tempFolder(), 'results.csv');
    const dataDir = await tempFolder();
    const args = ['batch', folder, '--watch', '--out', out, '--data-dir', dataDir];
    const running = await startCli(args);
    await told(running, 'Watching, without a limit. Ctrl+C ends it.\n');
    const asked = told(running, ' 1 file asked\n');
    await mkdir(join(folder, 'March'));
    await writeFile(join(folder, 'March', 'b.txt'), 'Two.');
    expect(await asked).toMatch(/^\S.* 1 new file: March\/b\.txt\n/m);
    pressCtrlC(running);
    const { code, stderr, stdout } = await running.result;
    expect(stderr).toMatch(/Stopping\.[\s\S]*2 of 2 files finished, 0 failed\.\nResults are in .*results\.csv\.\n$/);
    expect(stdout).toBe('');
    expect(code).toBe(0);
    expect(namesIn(await readFile(out, 'utf8'))).toEqual(['papers/a.txt done', 'papers/March/b.txt done']);

    // Whoever opens the window has nothing watched that nobody asked for there.
    const docket = await openDocket({ dataDir });
    expect(await docket.store.read.watchedBatches()).toEqual([]);
    await docket.close();
  });

  it('goes on with the batch of the same command, and asks only what came meanwhile', async () => {
    const model = await server();
    model.respond(() => text('calm'));
    const env = { OPENAI_API_KEY: 'sk-cli-watch', OPENAI_BASE_URL: model.url };
    const folder = await folderOf({ 'a.txt': 'One.' });
    const args = ['batch', folder, '--ask', 'How?', '--data-dir', await tempFolder()];
    await runCli(args, { env });
    await writeFile(join(folder, 'b.txt'), 'Two.');
    model.reset();
    model.respond(() => text('calm'));

    const running = await startCli([...args, '--watch', '--files-per-day', '1'], { env });
    const asked = await told(running, ' 1 file asked');
    expect(asked).toMatch(
      /^Kept from the batch that ended .*: 1 of 1 files\. Only files that came or were edited are asked\.$/m,
    );
    expect(model.chatRequests.every(({ prompt }) => prompt.includes('Two.'))).toBe(true);
    const held = told(running, 'New files wait: The watched folder has reached its limit of 1 file a day.\n');
    await writeFile(join(folder, 'c.txt'), 'Three.');
    await held;
    pressCtrlC(running);
    const { code, stdout } = await running.result;
    expect(namesIn(stdout)).toEqual(['papers/a.txt done', 'papers/b.txt done', 'papers/c.txt queued']);
    expect(code).toBe(130);
  });

  it('ends by itself, and not as if all were well, when nothing can be recorded any more', async () => {
    const folder = await folderOf({ 'a.txt': 'One.' });
    const dataDir = await tempFolder();
    const running = await startCli(['batch', folder, '--watch', '--data-dir', dataDir]);
    await told(running, 'Watching, without a limit.');
    await rm(dataDir, { recursive: true });
    const { code, stderr } = await running.result;
    expect(stderr).toContain('The data folder was removed, moved or replaced. Nothing more is sent');
    expect(code).toBe(1);
  });

  it('needs a folder, and sends nothing without one', async () => {
    const folder = await folderOf({ 'a.txt': 'One.' });
    const { code, stderr } = await runCli([
      'batch',
      join(folder, 'a.txt'),
      '--watch',
      '--data-dir',
      await tempFolder(),
    ]);
    expect([code, stderr]).toEqual([2, '--watch needs a folder, and none of the paths is one. Nothing was sent.\n']);
  });
});
