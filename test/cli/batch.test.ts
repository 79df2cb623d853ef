import { execFileSync } from 'node:child_process';
import { lstat, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import Database from 'better-sqlite3';
import Papa from 'papaparse';
import readXlsx from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { storeFile } from '../../src/main/store/store.ts';
import { pdfOfPages } from '../documents/pdf/raw-pdf.ts';
import { openDocket } from '../support/docket.ts';
import { firstFiles } from '../support/first-files.ts';
import type { ModelServer } from '../support/model-server.ts';
import { hangBeforeHeaders, prompted, rateLimited, status, text } from '../support/model-server-replies.ts';
import { isShortQuestion } from '../support/model-server-requests.ts';
import { putStoreFixture } from '../support/store-fixture.ts';
import { hangAfterRefusal } from '../support/trouble-after.ts';
import { docketAt, folderOf, folderOfNotes, noteText, server, tempFolder } from '../support/workspace.ts';
import { pressCtrlC, runCli, startCli } from './run-cli.ts';

const key = 'sk-cli-4d1f0a92c77b';

function environmentOf(model: ModelServer): Record<string, string> {
  return { OPENAI_API_KEY: key, OPENAI_BASE_URL: model.url };
}

function parseCsv(csv: string): readonly Readonly<Record<string, string>>[] {
  return Papa.parse<Record<string, string>>(csv.replace('\uFEFF', ''), { header: true, skipEmptyLines: true }).data;
}

describe('docket batch', () => {
  it('writes results to stdout and everything else to stderr, and exits 0 when every file finished', async () => {
    const dataDir = await tempFolder();

    const { code, stdout, stderr } = await runCli(['batch', await folderOfNotes(3), '--data-dir', dataDir]);

    expect(stderr).toMatch(
      /^Reading folders\.\nBuilt-in text engine \(no AI model\): \S+papers\n(\d of 3 files.*\n)+3 of 3 files finished, 0 failed\.\n$/,
    );
    expect(stdout.startsWith('\uFEFFFile,Status,Extract,Word-list tone,Key terms,')).toBe(true);
    expect(parseCsv(stdout).map((row) => [row.File, row.Status, row.Tokens])).toEqual([
      ['papers/note 001.txt', 'done', 'n/a'],
      ['papers/note 002.txt', 'done', 'n/a'],
      ['papers/note 003.txt', 'done', 'n/a'],
    ]);
    expect(code).toBe(0);
  });

  it('sends pictures of the pages if that is asked for, says so, and says how if the model does not see', async () => {
    const model = await server();
    const folder = await tempFolder();
    await writeFile(join(folder, 'lease.pdf'), pdfOfPages(['The rent is due.']));
    const args = ['batch', folder, '--ask', 'What is due?', '--send', 'pages', '--data-dir', await tempFolder()];
    const env = environmentOf(model);
    const seen = await runCli(args, { env });
    expect([seen.code, seen.stderr]).toEqual([0, expect.stringContaining(', sending pictures of the pages: ')]);
    expect(JSON.stringify(model.chatRequests.at(-1)?.body.messages)).toContain('data:image/png;base64,');

    model.respond(status(400, { body: { error: { message: 'This model does not support image input.' } } }));
    const refused = await runCli([...args, '--model', 'gpt-4o'], { env });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('Choose a model that sees with --model, or send the text with --send text.');
  });

  it('reads PDFs without their damaged pages only if that is asked for, and says which are missing', async () => {
    const folder = await tempFolder();
    await writeFile(join(folder, 'lease.pdf'), pdfOfPages(['The rent is due.', null, 'Signed in May.']));
    await writeFile(join(folder, 'lost.pdf'), pdfOfPages([null, null]));
    const args = ['batch', folder, '--data-dir', await tempFolder()];

    const refused = await runCli(args);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain(
      '1 PDF has damaged pages and failed. To read the other pages, run the same command with --retry-failed --without-damaged-pages.\n',
    );
    expect(parseCsv(refused.stdout).map(({ Status }) => Status)).toEqual(['failed', 'failed']);

    const chosen = await runCli([...args, '--retry-failed', '--without-damaged-pages']);
    expect(chosen.stderr).toContain('1 PDF has damaged pages: reading the other pages.\n');
    expect(chosen.code).toBe(1);
    expect(parseCsv(chosen.stdout).map((row) => [row.Status, row['Reading notes']])).toEqual([
      ['done', 'Page 2 of 3 is missing: it is damaged, and was left out by choice.'],
      ['failed', ''],
    ]);
  });

  it('first updates a history from Docket 0.1, and says so', async () => {
    const dataDir = await tempFolder();
    putStoreFixture(1, dataDir);

    const { code, stderr } = await runCli(['batch', await folderOfNotes(1), '--data-dir', dataDir]);

    expect(stderr).toMatch(/^Updating the history to this version, after making a copy of it\.\n/);
    expect(code).toBe(0);
    const history = await runCli(['history', '--data-dir', dataDir]);
    expect(history.stdout).toContain('What is in the quarterly report?');
  });

  it('reports a damaged history before sending anything, and continues with what was kept at the next command', async () => {
    const model = await server();
    const dataDir = await tempFolder();
    const args = ['batch', await folderOfNotes(4), '--data-dir', dataDir];
    await runCli(args, { env: environmentOf(model) });
    const asked = model.chatRequests.length;
    const bytes = await readFile(join(dataDir, 'docket.db'));
    await writeFile(join(dataDir, 'docket.db'), bytes.fill(0xa5, 100));

    const told = await runCli(args, { env: environmentOf(model) });

    expect(told.code).toBe(4);
    expect(told.stderr).toMatch(
      /^The history in .* was damaged\. Nothing of it could be read\. The damaged file is kept as /m,
    );
    expect(told.stdout).toBe('');
    expect(model.chatRequests).toHaveLength(asked);
    expect((await runCli(args, { env: environmentOf(model) })).code).toBe(0);
    expect(model.chatRequests).toHaveLength(asked * 2);
  });

  it('sends nothing more when its data folder is removed, and says so', async () => {
    const model = await server();
    model.respond(hangBeforeHeaders());
    const dataDir = join(await tempFolder(), 'data');
    const args = ['batch', await folderOfNotes(30), '--data-dir', dataDir, '--concurrency', '3'];
    const cli = await startCli(args, { env: environmentOf(model) });
    await model.waitUntil(() => model.hanging === 3);
    // Docket may write a file there meanwhile.
    await rm(dataDir, { recursive: true, maxRetries: 20 });
    model.respond(text('Fine.'));
    model.release();

    const { code, stderr } = await cli.result;

    expect(code).toBe(1);
    expect(stderr).toContain('The data folder was removed, moved or replaced. Nothing more is sent');
    // Calls already released may leave; any that were not on record by then may not.
    expect(model.chatRequests.length).toBeLessThanOrEqual(3 + 1);
  });

  it('strips control characters from the model name, which may come from the server', async () => {
    const model = await server();
    const args = ['batch', await folderOfNotes(1), '--model', 'a\u001b[2Jb', '--data-dir', await tempFolder()];

    const { code, stderr } = await runCli(args, { env: environmentOf(model) });

    expect([code, stderr]).toEqual([0, expect.stringContaining(', a [2Jb: ')]);
    expect(stderr).not.toContain('\u001b');
  });

  it('uses the server and key from the environment, and the given model and concurrency', async () => {
    const model = await server({ apiKey: key, latencyMs: 60 });
    const paths = [await folderOfNotes(10), '--data-dir', await tempFolder()];

    const named = await runCli(['batch', ...paths, '--model', 'gpt-4o', '--concurrency', '2'], {
      env: environmentOf(model),
    });

    expect(named.stderr).toMatch(/^\d+ of 10 files, .* files\/s|^10 of 10 files$/m);
    expect(named.stderr).toContain('10 of 10 files finished, 0 failed.');
    expect(named.code).toBe(0);
    expect(new Set(model.chatRequests.map((request) => request.body.model))).toEqual(new Set(['gpt-4o']));
    expect(model.chatRequestCount).toBe(30);
    expect(model.maxInFlight).toBe(2);
    expect(named.stdout + named.stderr).not.toContain(key);
  });

  it('says once what it is waiting for when the server asks for a pause', async () => {
    const model = await server();
    model.respond(Array.from({ length: 3 }, () => rateLimited({ retryAfterSeconds: 2 })));

    const { code, stderr } = await runCli(['batch', await folderOfNotes(1), '--data-dir', await tempFolder()], {
      env: environmentOf(model),
    });

    const line =
      /^0 of 1 files\. Trying again (in \d s|now): \S+ asks to wait 2 s before the next call \(HTTP 429\)\.$/gm;
    expect(stderr.match(line)).toHaveLength(1);
    expect([code, stderr]).toEqual([0, expect.stringContaining('1 of 1 files finished')]);
  });

  it('waits for a server that is away, says since when, and finishes when it is back', async () => {
    const model = await server({ latencyMs: 5 });
    const args = ['batch', await folderOfNotes(60), '--data-dir', await tempFolder()];
    const { child, result } = await startCli(args, { env: environmentOf(model) });
    await model.waitForRequests(30);
    await model.goAway();
    await new Promise<void>((resolve) => {
      child.stderr?.on('data', (piece: Buffer) => {
        if (piece.includes('waiting since')) resolve();
      });
    });
    await model.comeBack();

    const { code, stderr } = await result;
    expect(stderr).toMatch(
      /of 60 files\. Trying again (now|in \d+ s) \(waiting since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\): Nothing answers at 127/,
    );
    expect(stderr).toContain('60 of 60 files finished, 0 failed.');
    expect(code).toBe(0);
  });

  it('waits as long as it is told for a server that was never there, then says what to do; the same command resumes', async () => {
    const model = await server();
    await model.goAway();
    const args = ['batch', await folderOfNotes(3), '--data-dir', await tempFolder()];

    for (const [wait, waited] of [
      ['1s', /Docket waited 1 s for it\./],
      ['0', /Docket did not wait for it\./],
    ] as const) {
      const { code, stdout, stderr } = await runCli([...args, '--wait', wait], { env: environmentOf(model) });
      expect(code).toBe(1);
      expect(parseCsv(stdout).map((row) => row.Status)).toEqual(['queued', 'queued', 'queued']);
      expect(stderr).toMatch(/0 of 3 files finished, 0 failed, 3 not run\.\nNothing answers at 127\.0\.0\.1:\d+\. /);
      expect(stderr).toMatch(waited);
      expect(stderr).toMatch(/Is the server running.* the same command continues from here.* --wait 2h/);
    }

    await model.comeBack();
    const { code, stderr } = await runCli(args, { env: environmentOf(model) });
    expect(stderr).toContain('Resuming: 0 of 3 files are already finished.');
    expect(code).toBe(0);
  });

  it('does not start again with a file that the server refuses, even after a kill', async () => {
    const model = await server();
    const isRefused = ({ prompt }: { readonly prompt: string }) => prompt.includes(noteText('note 001'));
    hangAfterRefusal(model, isRefused);
    const dataDir = await tempFolder();
    const args = ['batch', await folderOfNotes(12), '--concurrency', '1', '--data-dir', dataDir];
    const killed = await startCli(args, { env: environmentOf(model) });
    await model.waitUntil(() => model.hanging === 1);
    const store = new Database(storeFile(dataDir), { readonly: true });
    await expect.poll(() => store.prepare('SELECT name FROM items WHERE problem IS NOT NULL').all()).toHaveLength(1);
    store.close();
    killed.child.kill('SIGKILL');
    await killed.result;
    model.reset();
    model.respond((request) => (isRefused(request) ? status(403) : undefined));

    const { code, stderr } = await runCli(args, { env: environmentOf(model) });

    expect([code, stderr]).toEqual([1, expect.stringContaining('11 of 12 files finished, 1 failed.')]);
    const asked = model.chatRequests.filter((request) => !isShortQuestion(request));
    expect(asked.findIndex(isRefused)).toBeGreaterThan(asked.filter((request) => !isRefused(request)).length - 12);
  });

  it('exits 1 when a file failed, and its row says why', async () => {
    const model = await server();
    model.respond((request) => (request.prompt.includes(noteText('b')) ? status(400) : undefined));
    const folder = await folderOf({ 'a.txt': noteText('a'), 'b.txt': noteText('b'), 'c.txt': '' });

    const { code, stdout, stderr } = await runCli(
      ['batch', folder, join(folder, 'none.txt'), '--data-dir', await tempFolder()],
      { env: environmentOf(model) },
    );

    expect(code).toBe(1);
    expect(stderr).toContain('1 of 4 files finished, 3 failed.');
    expect(parseCsv(stdout).map((row) => [row.File, row.Status, row.Error?.slice(0, 22)])).toEqual([
      ['papers/a.txt', 'done', ''],
      ['papers/b.txt', 'failed', new URL(model.url).host.padEnd(22, ' refused').slice(0, 22)],
      ['papers/c.txt', 'failed', 'This file is empty (0 '],
      ['none.txt', 'failed', 'This file was moved, r'],
    ]);
  });

  it('says how many names have no row of their own, and why', async () => {
    const folder = await folderOf({ 'ok.txt': noteText('ok'), '.hidden': 'x' });
    await symlink('ok.txt', join(folder, 'also.txt'));

    const { code, stdout, stderr } = await runCli(['batch', folder, '--data-dir', await tempFolder()]);

    expect(parseCsv(stdout).map((row) => row.File)).toEqual(['papers/ok.txt']);
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(
        /1 of 1 files finished, 0 failed\.\n2 names passed over: hidden, temporary and system files, files added or linked to more than once, and files that Docket itself writes\.\n$/,
      ),
    ]);
  });

  it('says that nothing is where a path leads, instead of a batch of what is not there', async () => {
    const dataDir = join(await tempFolder(), 'data');
    const cwd = await folderOfNotes(1);

    const { code, stdout, stderr } = await runCli(['batch', '*.md', '~/papers', '--data-dir', dataDir], { cwd });

    expect([code, stdout, stderr]).toEqual([
      1,
      '',
      `There is no file or folder at ${join(cwd, '*.md')}, ${join(cwd, '~/papers')}. Nothing was sent. Check the spelling.\n`,
    ]);
  });

  it('exits 1 if there was nothing to do', async () => {
    const { code, stderr } = await runCli(['batch', await folderOf({}), '--data-dir', await tempFolder()]);

    expect(code).toBe(1);
    expect(stderr).toContain('There were no files to analyse.');
  });

  it('exits 1 with the reason when the provider refuses, and the same command continues once it accepts', async () => {
    const model = await server({ apiKey: key });
    const args = ['batch', await folderOfNotes(3), '--data-dir', await tempFolder()];

    const refused = await runCli(args, { env: { ...environmentOf(model), OPENAI_API_KEY: 'sk-wrong' } });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(
      /0 of 3 files finished, 0 failed, 3 not run\.\n127\.0\.0\.1:\d+ does not accept the API key/,
    );
    expect(refused.stdout + refused.stderr).not.toContain('sk-wrong');

    const accepted = await runCli(args, { env: environmentOf(model) });
    expect(accepted.stderr).toContain('Resuming: 0 of 3 files are already finished.');
    expect(accepted.code).toBe(0);
  });

  it.each(['csv', 'html', 'json', 'jsonl', 'md'] as const)(
    'writes %s to a file, whole, and leaves stdout empty',
    async (format) => {
      const folder = await folderOfNotes(2);
      const cwd = await tempFolder();
      const args = ['batch', folder, '--out', `results.${format}`, '--data-dir', await tempFolder()];

      const { code, stdout, stderr } = await runCli(args, { cwd, env: environmentOf(await server()) });

      expect([code, stdout]).toEqual([0, '']);
      expect(stderr).toContain(`Results are in results.${format}.`);
      expect(await readdir(cwd)).toEqual([`results.${format}`]);
      const written = await readFile(join(cwd, `results.${format}`), 'utf8');
      expect(written.match(/(?<!\/)papers\/note 00[12]\.txt/g)).toHaveLength(2);
      if (format === 'json') expect(JSON.parse(written).files).toHaveLength(2);
    },
  );

  it('writes an Excel workbook, whose own name chooses the format', async () => {
    const cwd = await tempFolder();
    const args = ['batch', await folderOfNotes(2), '--out', 'Results.XLSX', '--data-dir', await tempFolder()];

    const { code, stderr } = await runCli(args, { cwd, env: environmentOf(await server()) });

    expect(stderr).toContain('Results are in Results.XLSX.');
    expect(code).toBe(0);
    const [answers] = await readXlsx(join(cwd, 'Results.XLSX'));
    expect(answers?.data.map(([file]) => file)).toEqual(['File', 'papers/note 001.txt', 'papers/note 002.txt']);
  });

  it('does not start if the results could not be written', async () => {
    const model = await server();
    const cwd = await tempFolder();
    await mkdir(join(cwd, 'folder.csv'));
    const paths = [await folderOfNotes(1), '--data-dir', await tempFolder()];

    for (const file of ['nowhere/results.csv', 'folder.csv']) {
      const { code, stderr } = await runCli(['batch', ...paths, '--out', file], { cwd, env: environmentOf(model) });
      expect([code, stderr]).toEqual([2, expect.stringMatching(/^Results cannot be written to .*\.\n$/)]);
    }
    expect(model.chatRequestCount).toBe(0);
  });

  it('reads neither the file that it writes to nor its own data folder', async () => {
    const model = await server();
    const cwd = await folderOfNotes(2);
    const args = ['batch', '.', '--out', 'results.csv', '--data-dir', 'data'];

    for (const asked of [6, 12]) {
      const { code } = await runCli(args, { cwd, env: environmentOf(model) });
      expect(code).toBe(0);
      expect(parseCsv(await readFile(join(cwd, 'results.csv'), 'utf8'))).toHaveLength(2);
      expect(model.chatRequestCount).toBe(asked);
    }
  });

  it('does not overwrite an input file with its results', async () => {
    const model = await server();
    const cwd = await folderOf({ 'table.csv': 'Delivery,late' });
    await symlink('table.csv', join(cwd, 'link.csv'));
    const args = ['batch', 'table.csv', '--data-dir', await tempFolder(), '--out'];

    for (const out of ['table.csv', 'link.csv']) {
      const { code, stderr } = await runCli([...args, out], { cwd, env: environmentOf(model) });
      expect([code, stderr]).toEqual([
        2,
        `The results would overwrite ${out}, which is one of the inputs. Choose another file.\n`,
      ]);
    }
    expect(await readFile(join(cwd, 'table.csv'), 'utf8')).toBe('Delivery,late');
    expect(model.chatRequestCount).toBe(0);
  });

  it('neither skips nor overwrites a document if the results file is a link to it', async () => {
    const model = await server();
    const cwd = await tempFolder();
    const folder = await folderOf({ 'table.csv': 'Delivery,late', 'note.txt': noteText('note') });
    await symlink(join(folder, 'table.csv'), join(cwd, 'out.csv'));
    const args = ['batch', folder, '--data-dir', await tempFolder(), '--out', 'out.csv'];

    const { code, stderr } = await runCli(args, { cwd, env: environmentOf(model) });

    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(
        /^The results would overwrite \S+table\.csv, to which out\.csv is a link, and which is among the inputs\. Choose another file\.\n$/,
      ),
    ]);
    expect(await readFile(join(folder, 'table.csv'), 'utf8')).toBe('Delivery,late');
    expect(model.chatRequestCount).toBe(0);
  });

  it('skips the results file even if it is a link to outside the folder', async () => {
    const model = await server();
    const cwd = await folderOfNotes(1);
    const share = await tempFolder();
    await writeFile(join(share, 'latest.csv'), 'old');
    await symlink(join(share, 'latest.csv'), join(cwd, 'out.csv'));

    const { code, stderr } = await runCli(
      ['batch', '.', '--out', 'out.csv', '--data-dir', join(await tempFolder(), 'data')],
      { cwd, env: environmentOf(model) },
    );

    expect([code, stderr]).toEqual([0, expect.stringContaining('1 of 1 files finished, 0 failed.')]);
    expect(parseCsv(await readFile(join(share, 'latest.csv'), 'utf8'))).toHaveLength(1);
  });

  it('writes through a link to its target, and never replaces a pipe', async () => {
    const model = await server();
    const cwd = await tempFolder();
    await mkdir(join(cwd, 'share'));
    await writeFile(join(cwd, 'share', 'latest.csv'), 'old');
    await symlink(join('share', 'latest.csv'), join(cwd, 'out.csv'));
    execFileSync('mkfifo', [join(cwd, 'pipe.csv')]);
    const args = ['batch', await folderOfNotes(1), '--data-dir', await tempFolder(), '--out'];

    expect((await runCli([...args, 'out.csv'], { cwd, env: environmentOf(model) })).code).toBe(0);
    expect(parseCsv(await readFile(join(cwd, 'share', 'latest.csv'), 'utf8'))).toHaveLength(1);
    expect((await lstat(join(cwd, 'out.csv'))).isSymbolicLink()).toBe(true);

    const piped = await runCli([...args, 'pipe.csv'], { cwd, env: environmentOf(model) });
    expect([piped.code, piped.stderr]).toEqual([2, 'Results cannot be written to pipe.csv: it is not a file.\n']);
    expect((await lstat(join(cwd, 'pipe.csv'))).isFIFO()).toBe(true);
  });

  it('sends nothing to OpenAI when the address in the environment is invalid', async () => {
    const env = { OPENAI_API_KEY: key, OPENAI_BASE_URL: 'localhost:11434/v1' };

    const { code, stderr } = await runCli(['batch', await folderOfNotes(1), '--data-dir', await tempFolder()], { env });

    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/^OPENAI_BASE_URL cannot be used\. Enter an address .* Nothing was sent\.\n$/),
    ]);
  });

  it('warns of an address without encryption, but not on this machine', async () => {
    const model = await server();
    const args = ['batch', await folderOfNotes(1), '--data-dir', await tempFolder()];
    // This machine, by a name that does not reveal it.
    const elsewhere = model.url.replace('127.0.0.1', '[::ffff:127.0.0.1]');

    const warned = await runCli(args, { env: { OPENAI_BASE_URL: elsewhere } });
    const silent = await runCli(args, { env: environmentOf(model) });

    expect([warned.code, silent.code]).toEqual([0, 0]);
    expect(warned.stderr).toContain('Warning: the address starts with http://');
    expect(silent.stderr).not.toContain('Warning');
  });

  it('stops on Ctrl+C, and the same command resumes without sending anything twice', async () => {
    const model = await server();
    const env = environmentOf(model);
    const folder = await folderOfNotes(10);
    const args = ['batch', folder, '--data-dir', await tempFolder()];
    const isEarly = firstFiles(4);
    model.respond((request) => (isEarly(request) ? undefined : hangBeforeHeaders()));
    const running = await startCli(args, { env });
    await model.waitUntil(() => model.hanging === 5 && model.chatRequestCount === 17);

    pressCtrlC(running);
    const stopped = await running.result;

    expect(stopped.code).toBe(130);
    expect(stopped.stderr).toContain('Stopping. Run the same command again to continue from here.');
    const { done, open } =
      /(?<done>\d+) of 10 files finished, 0 failed, (?<open>\d+) not run\./.exec(stopped.stderr)?.groups ?? {};
    expect([done, open]).toEqual(['4', '6']);
    expect(parseCsv(stopped.stdout).filter((row) => row.Status === 'done')).toHaveLength(4);
    const answered = model.chatRequests
      .filter((request) => request.outcome === 'answered')
      .map((request) => request.bodySha256);
    model.reset();
    model.respond(prompted());

    const resumed = await runCli(args, { env });

    expect(resumed.stderr).toContain('Resuming: 4 of 10 files are already finished.');
    expect(resumed.code).toBe(0);
    expect(parseCsv(resumed.stdout).filter((row) => row.Status === 'done')).toHaveLength(10);
    expect(model.chatRequests.filter((request) => answered.includes(request.bodySha256))).toEqual([]);
    expect(model.chatRequestCount).toBe(30 - answered.length);
  });

  it.each(['SIGINT', 'SIGHUP'] as const)('stops cleanly on %s, even if it comes twice', async (signal) => {
    const model = await server();
    model.respond(hangBeforeHeaders());
    const dataDir = await tempFolder();
    const running = await startCli(['batch', await folderOfNotes(3), '--data-dir', dataDir], {
      env: environmentOf(model),
    });
    await model.waitUntil(() => model.hanging === 5);

    running.child.kill(signal);
    await new Promise<void>((resolve) =>
      running.child.stderr?.on('data', (data) => /Stopping/.test(String(data)) && resolve()),
    );
    running.child.kill(signal);
    const stopped = await running.result;

    expect(stopped.code).toBe(130);
    expect(stopped.stderr).toContain('0 of 3 files finished, 0 failed, 3 not run.');
    expect((await docketAt({ dataDir })).recovery.callsInDoubt).toBe(0);
  });

  it('continues after a sleep longer than its timeout for a reply', async () => {
    const model = await server();
    const dataDir = await tempFolder();
    const before = await openDocket({ dataDir, settings: { firstTokenTimeoutMs: 1_000 } });
    await before.close();
    model.respond(hangBeforeHeaders());
    const args = ['batch', await folderOfNotes(1), '--data-dir', dataDir];
    const running = await startCli(args, { env: environmentOf(model) });
    await model.waitUntil(() => model.hanging === 3);

    running.child.kill('SIGSTOP');
    // Time itself is what is tested here.
    await setTimeout(4_000);
    model.release();
    running.child.kill('SIGCONT');

    expect((await running.result).code).toBe(0);
    expect(model.chatRequestCount).toBe(3);
  });

  it('says that it repeats a finished batch, and retries only what failed on request', async () => {
    const model = await server();
    const env = environmentOf(model);
    const folder = await folderOf({ 'a.txt': noteText('a'), 'b.txt': noteText('b') });
    const args = ['batch', folder, '--data-dir', await tempFolder()];
    const refuseB = () =>
      model.respond((request) => (request.prompt.includes(noteText('b')) ? status(400) : undefined));
    refuseB();

    const first = await runCli([...args, '--retry-failed'], { env });
    expect([first.code, model.chatRequestCount]).toEqual([1, 6]);
    expect(first.stderr).not.toContain('ended');

    const again = await runCli(args, { env });
    expect(again.stderr).toMatch(
      /^The same batch ended on \d{4}-\d\d-\d\d \d\d:\d\d:\d\d with 1 of 2 files finished\. This is a new batch, .*--retry-failed/,
    );
    expect([again.code, model.chatRequestCount]).toEqual([1, 12]);

    model.reset();
    model.respond(prompted());
    const retried = await runCli([...args, '--retry-failed'], { env });
    expect(retried.stderr).toMatch(/^Kept from the batch that ended on .*: 1 of 2 files\./);
    expect([retried.code, model.chatRequestCount]).toEqual([0, 3]);
    expect(parseCsv(retried.stdout).map((row) => row.Status)).toEqual(['done', 'done']);

    const written = await runCli([...args, '--retry-failed'], { env });
    expect([written.code, written.stdout, model.chatRequestCount]).toEqual([0, retried.stdout, 3]);
  });

  it('stops on Ctrl+C among thousands of files without writing a table of them all, and keeps finished ones', async () => {
    const model = await server();
    model.respond(() => hangBeforeHeaders());
    const args = ['batch', await folderOfNotes(2_100), '--data-dir', await tempFolder()];
    const running = await startCli(args, { env: environmentOf(model) });
    await model.waitUntil(() => model.hanging === 5);

    pressCtrlC(running);
    const stopped = await running.result;

    expect(stopped.code).toBe(130);
    expect(stopped.stdout).toBe('');
    expect(stopped.stderr).toContain('0 of 2100 files finished, 0 failed, 2100 not run.\nFinished files are kept.');
  });

  it('stops on Ctrl+C in the built-in engine too', async () => {
    const folder = await folderOf({});
    const words = Array.from({ length: 4_000 }, (_, n) => `The delivery number ${n} was late. `).join('');
    await Promise.all(Array.from({ length: 60 }, (_, n) => writeFile(join(folder, `${n}.txt`), `${n} ${words}`)));
    const args = ['batch', folder, '--data-dir', await tempFolder()];
    const running = await startCli(args);
    await new Promise<void>((resolve) =>
      running.child.stderr?.on('data', (data) => /0 of 60/.test(String(data)) && resolve()),
    );

    pressCtrlC(running);
    const stopped = await running.result;

    expect(stopped.code).toBe(130);
    expect(stopped.stderr).toMatch(/\d+ of 60 files finished, 0 failed, \d+ not run\.\n$/);
  });

  it('refuses a data folder that another process uses, with exit code 3', async () => {
    const dataDir = await tempFolder();
    const other = await openDocket({ dataDir });

    const { code, stdout, stderr } = await runCli(['batch', await folderOfNotes(1), '--data-dir', dataDir]);
    await other.close();

    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toBe(
      `Docket is already running with the data folder ${dataDir}. Close it, or choose another folder with --data-dir.\n`,
    );
  });

  it('says which data folder cannot be used, and what to do', async () => {
    const dataDir = join(await folderOf({ file: 'This is no folder.' }), 'file');

    const { code, stdout, stderr } = await runCli(['batch', await folderOfNotes(1), '--data-dir', dataDir]);

    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^The data folder \S+file cannot be used: .+\. Choose another one with --data-dir\.\n$/);
    expect(stderr).toContain(dataDir);
  });

  it('does not loop forever trying to create a data folder where it cannot', async () => {
    if (process.platform === 'win32') return;
    const { code, stderr } = await runCli(['batch', await folderOfNotes(1), '--data-dir', '/proc/docket/data']);

    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^The data folder \/proc\/docket\/data cannot be used: .+\. Choose another one with --data-dir\.\n$/,
    );
  });

  it('says where the results are if they cannot be written in the end', async () => {
    const cwd = await tempFolder();
    await mkdir(join(cwd, '.results.csv.partial'));
    const args = ['batch', await folderOfNotes(1), '--data-dir', await tempFolder(), '--out', 'results.csv'];

    const { code, stderr } = await runCli(args, { cwd, env: environmentOf(await server()) });

    expect(code).toBe(1);
    expect(stderr).toMatch(
      /1 of 1 files finished, 0 failed\.\nThe results could not be written: .+\. They are kept in the history: .+ without sending anything again\.\n$/,
    );
  });

  it('ends quietly if the reader of its results stops early', async () => {
    const model = await server();
    const args = ['batch', await folderOfNotes(100), '--data-dir', await tempFolder(), '--concurrency', '20'];

    const { code, stderr } = await runCli(args, { env: environmentOf(model), readsResults: false });

    expect(code).toBe(0);
    expect(stderr).not.toMatch(/EPIPE|Error/);
    expect(model.chatRequestCount).toBe(300);
  });
});
