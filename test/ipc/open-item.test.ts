/** A file of a batch is opened in its own program; none is ever run. */
import { realpath, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createExports } from '../../src/main/batch/export/exports.ts';
import type { Desktop } from '../../src/main/ipc/desktop.ts';
import { createGrants } from '../../src/main/ipc/grants.ts';
import { createHandlers } from '../../src/main/ipc/handlers.ts';
import { must, problemOf, rowsOf, runBatch, xlsxWorker } from '../support/docket.ts';
import { docketAt, folderOf } from '../support/workspace.ts';

/** Opens files of a batch on a desktop that knows a program for text files only. */
async function opening(files: Readonly<Record<string, string>>, link?: readonly [name: string, target: string]) {
  const docket = await docketAt();
  const folder = await folderOf(files);
  if (link !== undefined) await symlink(join(folder, link[1]), join(folder, link[0]));
  const { id } = await runBatch(docket, [folder]);
  const rows = await rowsOf(docket, id);
  const opened: string[] = [];
  const shown: string[] = [];
  const desktop: Desktop = {
    info: { version: '0', electron: '', platform: 'test', dataDir: '' },
    samplePath: '',
    openLink: async () => false,
    revealData: async () => {},
    revealFile: (path) => void shown.push(path),
    openFile: async (path) => {
      opened.push(path);
      return path.endsWith('.txt');
    },
    pickPaths: async () => null,
    pickRecipeFile: async () => null,
    pickExportFile: async () => null,
  };
  const exports = createExports({ read: docket.store.read, xlsxWorker, tell: () => {}, now: Date.now });
  const handlers = createHandlers(docket, desktop, createGrants(), exports);
  const open = (name: string) =>
    handlers['batch.openItem']({ itemId: rows.find((row) => row.name.endsWith(name))?.id ?? -1 });
  return { open, opened, shown, folder };
}

it('opens documents, and shows in its folder what no program takes', async () => {
  const { open, opened, shown, folder } = await opening({ 'a.txt': 'One.', 'b.MD': 'Two.' });
  must(await open('a.txt'));
  must(await open('b.MD'));
  const real = await realpath(folder);
  expect(opened).toEqual([join(real, 'a.txt'), join(real, 'b.MD')]);
  expect(shown).toEqual([join(real, 'b.MD')]);
});

it('opens nothing that the system might run, under whatever name', async () => {
  const files = { 'run.sh': 'echo hello', 'page.html': '<p>Hello', README: 'Hello', '.hidden/run.sh': 'echo two' };
  const { open, opened } = await opening(files, ['letter.txt', '.hidden/run.sh']);
  for (const name of ['run.sh', 'page.html', 'README', 'letter.txt']) {
    expect(problemOf(await open(name)).message, name).toMatch(/because that could run them/);
  }
  expect(opened).toEqual([]);
});

it('says that a file is gone', async () => {
  const { open, opened, folder } = await opening({ 'a.txt': 'One.' });
  await rm(join(folder, 'a.txt'));
  expect(problemOf(await open('a.txt')).code).toBe('file_vanished');
  expect(opened).toEqual([]);
});
