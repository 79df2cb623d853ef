import { mkdir, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { problemSentence } from '../../src/shared/problem-words.ts';
import { batchNow, must, rowsOf } from '../support/docket.ts';
import { docketAt, folderOf, noteText, server } from '../support/workspace.ts';

/** Walks a folder, does something to it before the first file is read, and runs the batch. */
async function runAfter(paths: readonly string[], change: () => Promise<unknown>) {
  const model = await server();
  const docket = await docketAt({ baseUrl: model.url });
  const { id } = must(await docket.batches.create(paths, { start: false }));
  await docket.waitFor('batch.progress', ({ batch }) => batch.id === id && batch.status === 'ready');
  await change();
  must(await docket.batches.start(id));
  await docket.batches.settled(id);
  const rows = await rowsOf(docket, id);
  return {
    batch: await batchNow(docket, id),
    failed: rows.flatMap(({ name, problem }) => (problem === null ? [] : [[name, problemSentence(problem)]])),
    sent: model.chatRequests.map(({ prompt }) => prompt).join('\n'),
  };
}

async function secretFolder(): Promise<string> {
  return folderOf({ 'ok.txt': 'The secret is 4711.' });
}

describe('between the walk and the reading', () => {
  it('a file that is replaced by a link out of what was added is not read, and says so', async () => {
    const secret = join(await secretFolder(), 'ok.txt');
    const folder = await folderOf({ 'ok.txt': noteText('ok'), 'other.txt': noteText('other') });
    const { batch, failed, sent } = await runAfter([folder], async () => {
      await symlink(secret, join(folder, 'new'));
      await rename(join(folder, 'new'), join(folder, 'ok.txt'));
    });

    expect(failed).toEqual([
      ['papers/ok.txt', expect.stringMatching(/^This was replaced after it was added: it now leads .* \S+ok\.txt, /)],
    ]);
    expect(failed[0]?.[1]).toContain(secret);
    expect(batch.counts).toMatchObject({ done: 1, failed: 1 });
    expect(sent).not.toContain('4711');
  });

  it('a folder that is replaced by a link out of what was added is not read either', async () => {
    const secret = await secretFolder();
    const folder = await folderOf({ 'top.txt': noteText('top') });
    await mkdir(join(folder, 'sub'));
    await writeFile(join(folder, 'sub', 'ok.txt'), noteText('ok'));
    const { failed, sent } = await runAfter([folder], async () => {
      await rename(join(folder, 'sub'), join(folder, 'moved'));
      await symlink(secret, join(folder, 'sub'));
    });

    expect(failed).toEqual([['papers/sub/ok.txt', expect.stringContaining('This was replaced after it was added')]]);
    expect(sent).not.toContain('4711');
  });

  it('what stays inside is read: saved anew, moved behind a link, linked from the start, or added by itself', async () => {
    const far = await folderOf({ '.far.txt': noteText('far') });
    const folder = await folderOf({
      'saved.txt': noteText('old'),
      'moved.txt': noteText('moved'),
      '.kept.txt': noteText('kept'),
    });
    await symlink('.kept.txt', join(folder, 'link.txt'));
    await symlink(join(far, '.far.txt'), join(folder, 'other.txt'));
    const alone = join(await folderOf({}), 'alone.txt');
    await symlink(join(await secretFolder(), 'ok.txt'), alone);
    const { batch, failed, sent } = await runAfter([folder, far, alone], async () => {
      await writeFile(join(folder, '.saving'), noteText('saved'));
      await rename(join(folder, '.saving'), join(folder, 'saved.txt'));
      await rename(join(folder, 'moved.txt'), join(folder, '.elsewhere.txt'));
      await symlink('.elsewhere.txt', join(folder, 'moved.txt'));
    });

    expect(failed).toEqual([]);
    expect(batch.counts).toMatchObject({ done: 5 });
    for (const part of [noteText('saved'), noteText('moved'), noteText('kept'), noteText('far'), '4711']) {
      expect(sent).toContain(part);
    }
  });
});
