import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { storeFile } from '../../src/main/store/store.ts';
import type { CallRow } from '../../src/shared/call-data.ts';
import { must, openDocket, runBatch, type TestDocket } from '../support/docket.ts';
import { status } from '../support/model-server-replies.ts';
import { docketAt, folderOf, folderOfNotes, noteText, server, tempFolder } from '../support/workspace.ts';
import { runCli } from './run-cli.ts';

async function ask(docket: TestDocket, content: string): Promise<void> {
  const ids = { conversationId: randomUUID(), messageId: randomUUID(), replyId: randomUUID() };
  must(await docket.chat.send({ ...ids, parentId: null, content }));
  await docket.waitFor('chat.done', ({ message }) => message.id === ids.replyId);
}

function parseLines(stdout: string): readonly CallRow[] {
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as CallRow);
}

/** A running Docket with a chat, two files and a failed call in its history. */
async function usedDocket() {
  const model = await server();
  model.respond((request) => (request.prompt.includes('refuse') ? status(400) : undefined));
  const docket = await docketAt({ baseUrl: model.url });
  await runBatch(docket, [
    await folderOf({ 'invoice.txt': noteText('invoice'), 'letter\u001b[2J\n.txt': noteText('letter') }),
  ]);
  await ask(docket, 'Where is the lighthouse?');
  await ask(docket, 'Please refuse this\nsecond \u001b[31mline');
  await docket.audit.drain();
  return docket;
}

it.each([
  ['file is not a database', 'This is no database. '.repeat(500)],
  ['the file is empty or missing', ''],
])('reports a damaged history (%s), and how to recover what can be read', async (why, content) => {
  const dataDir = await tempFolder();
  await writeFile(join(dataDir, 'docket.db'), content);
  const { code, stderr } = await runCli(['history', '--data-dir', dataDir]);
  expect(stderr).toMatch(/^The history in .* is damaged \(.*\)\. .*"batch"/);
  expect(stderr).toContain(`(${why})`);
  expect(code).toBe(1);
});

describe('docket history', () => {
  it('lists calls newest first, one per line, while another process uses the folder', async () => {
    const { dataDir } = await usedDocket();

    const { code, stdout, stderr } = await runCli(['history', '--data-dir', dataDir]);

    expect([code, stderr]).toEqual([0, '']);
    const lines = stdout.trimEnd().split('\n');
    // The oldest is the list of models, read before the first file.
    expect(lines).toHaveLength(9);
    expect(lines[0]).toMatch(
      /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}error {6}chat .* Please refuse this second \[31mline {2}bad_request$/,
    );
    expect(lines[1]).toMatch(
      / ok .* chat .* gpt-4o-mini .* ms .* tokens .*Where is the lighthouse\? {2}You wrote: Where/,
    );
    // Text from a model or a file must never control the terminal.
    expect([...stdout].filter((character) => character < ' ' && character !== '\n')).toEqual([]);
  });

  it.each([
    [99, /^The data folder \S+ cannot be used: .* newer version .* choose another data folder with --data-dir\.\n$/],
    [0, /^The data folder \S+ cannot be used: It holds no history yet\. Choose another one with --data-dir\.\n$/],
  ])('does not guess at a history in format %i', async (version, sentence) => {
    const { dataDir, close } = await docketAt();
    await close();
    const db = new Database(storeFile(dataDir));
    db.pragma(`user_version = ${version}`);
    db.close();

    const { code, stdout, stderr } = await runCli(['history', '--data-dir', dataDir]);

    expect([code, stdout, stderr]).toEqual([1, '', expect.stringMatching(sentence)]);
  });

  it('finds, filters and limits', async () => {
    const { dataDir } = await usedDocket();
    const list = async (...args: string[]) => {
      const { stdout } = await runCli(['history', '--json', '--data-dir', dataDir, ...args]);
      return stdout === '' ? [] : parseLines(stdout);
    };

    expect((await list('--search', 'lighthouse')).map((row) => row.message)).toEqual(['Where is the lighthouse?']);
    expect((await list('--search', 'invoice')).map((row) => row.fileName)).toEqual(Array(3).fill('papers/invoice.txt'));
    expect((await list('--kind', 'chat', '--status', 'error')).map((row) => row.errorCode)).toEqual(['bad_request']);
    expect((await list('--kind', 'analysis', '--limit', '2')).map((row) => row.kind)).toEqual(['analysis', 'analysis']);
    expect(await list('--search', 'nothing-like-it')).toEqual([]);
  });

  it('says how many calls it does not show', async () => {
    const { dataDir, store } = await usedDocket();
    const all = await store.read.countCalls({ kind: 'analysis' });
    const { stdout, stderr } = await runCli(['history', '--kind', 'analysis', '--limit', '2', '--data-dir', dataDir]);
    expect(stdout.trim().split('\n')).toHaveLength(2);
    expect(stderr).toBe(`The newest 2 of ${all} calls are shown. --limit N shows more.\n`);
    const whole = await runCli(['history', '--kind', 'analysis', '--limit', String(all), '--data-dir', dataDir]);
    expect(whole.stderr).toBe('');
  });

  it('prints local times', async () => {
    const { dataDir, store } = await usedDocket();
    const { rows } = await store.read.pageOfCalls({ limit: 1 });

    // Nine hours ahead of UTC, all year.
    const { stdout } = await runCli(['history', '--limit', '1', '--data-dir', dataDir], { env: { TZ: 'Asia/Tokyo' } });

    const inTokyo = new Date((rows[0]?.createdAt ?? 0) + 9 * 3_600_000).toISOString();
    expect(stdout.slice(0, 19)).toBe(inTokyo.slice(0, 19).replace('T', ' '));
  });

  it('prints every field as JSON', async () => {
    const { dataDir, store } = await usedDocket();

    const { stdout } = await runCli(['history', '--json', '--data-dir', dataDir]);

    expect(parseLines(stdout)).toEqual((await store.read.pageOfCalls({ limit: 50 })).rows);
  });

  it('reads after the app has exited, across many pages', async () => {
    const model = await server({ validateRequests: false });
    const dataDir = await tempFolder();
    const docket = await openDocket({ dataDir, baseUrl: model.url, settings: { concurrency: 20 } });
    await runBatch(docket, [await folderOfNotes(150)]);
    await docket.close();

    const rows = parseLines((await runCli(['history', '--json', '--limit', '430', '--data-dir', dataDir])).stdout);

    expect(rows.map((row) => row.id)).toEqual(Array.from({ length: 430 }, (_, n) => 451 - n));
    const all = await runCli(['history', '--limit', '1000', '--data-dir', dataDir]);
    expect(all.stdout.trimEnd().split('\n')).toHaveLength(451);
  });

  it('says that nothing was found', async () => {
    const { dataDir } = await usedDocket();
    const { code, stdout, stderr } = await runCli(['history', '--search', 'nothing-like-it', '--data-dir', dataDir]);
    expect([code, stdout, stderr]).toEqual([0, '', 'No call was found.\n']);
  });

  it.runIf(process.platform === 'linux')('says that a full disk took only a part of it', async () => {
    const { dataDir } = await usedDocket();
    const { code, stderr } = await runCli(['history', '--data-dir', dataDir], { out: '/dev/full' });
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/^The list could not be written in full: ENOSPC\b.*\. Write it somewhere else\.\n$/),
    ]);
  });

  it.runIf(process.platform !== 'win32')('says that the current folder is gone, whatever it was asked', async () => {
    const cwd = await tempFolder();
    const dataDir = await tempFolder();
    for (const args of [['history'], ['batch', '/etc/hostname']]) {
      const { code, stderr } = await runCli([...args, '--data-dir', dataDir], { cwd, removesCwd: true });
      expect([code, stderr]).toEqual([
        1,
        'The current folder was removed or cannot be opened. Change to another one and try again.\n',
      ]);
    }
  });

  it('says that there is no history yet, and creates no folder', async () => {
    const dataDir = `${await tempFolder()}/none`;

    const { code, stdout, stderr } = await runCli(['history', '--data-dir', dataDir]);

    expect([code, stdout, stderr]).toEqual([0, '', `There is no history in ${dataDir} yet.\n`]);
  });

  it.each([
    ['a file', 'file', /file is a file, not a folder/],
    ['a pipe', 'pipe', /pipe is a pipe, not a folder/],
    ['a device', '/dev/null', /\/dev\/null is a device, not a folder/],
    ['a link to nothing', 'dead', /dead is a link to something that does not exist/],
    ['a link to itself', 'loop', /loop is a link that leads back to itself/],
    ['inside of a file', 'file/sub/data', /file is a file, not a folder/],
    ['behind a link to nothing', 'dead/sub/data', /dead is a link to something that does not exist/],
    ['a name of 300 letters', 'x'.repeat(300), /its name is too long for the system/],
  ])('does not take %s for an empty history, and neither does "batch"', async (_, name, why) => {
    const folder = await folderOf({ file: 'This is no folder.' });
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    await symlink('nowhere', join(folder, 'dead'));
    await symlink('loop', join(folder, 'loop'));
    const dataDir = resolve(folder, name);

    for (const command of [['history'], ['batch', await folderOfNotes(1)]]) {
      const { code, stdout, stderr } = await runCli([...command, '--data-dir', dataDir]);

      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toMatch(/^The data folder \S+ cannot be used: [^\n]+\. Choose another one with --data-dir\.\n$/);
      expect(stderr).toMatch(why);
    }
  });

  it('does not take a broken link for a missing history', async () => {
    const dataDir = await tempFolder();
    await symlink('nowhere', storeFile(dataDir));

    const { code, stdout, stderr } = await runCli(['history', '--data-dir', dataDir]);

    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^The data folder \S+ cannot be used: .+ Choose another one with --data-dir\.\n$/);
  });

  it.runIf(process.platform === 'linux')('is found where the app keeps it, even if the variable is empty', async () => {
    const home = await tempFolder();

    const { stderr } = await runCli(['history'], { env: { HOME: home, XDG_CONFIG_HOME: '' } });

    expect(stderr).toBe(`There is no history in ${home}/.config/Docket yet.\n`);
  });

  it('ends quietly when the reader stops', async () => {
    const { dataDir } = await usedDocket();

    const { code, stderr } = await runCli(['history', '--data-dir', dataDir], { readsResults: false });

    expect([code, stderr]).toEqual([0, '']);
  });
});
