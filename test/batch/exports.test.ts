import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createExports } from '../../src/main/batch/export/exports.ts';
import { writeExportFile } from '../../src/main/common/export-file.ts';
import { walk } from '../../src/main/documents/walk.ts';
import type { ExportProgress } from '../../src/shared/batch-data.ts';
import { must, problemOf, xlsxWorker } from '../support/docket.ts';
import { storedRows, writeFinishedBatch } from '../support/stored-batch.ts';
import { docketAt, tempFolder } from '../support/workspace.ts';

/** A finished batch of 450 files, three pages of an export, and a clock that is always due to tell. */
async function large() {
  const docket = await docketAt();
  const batch = await writeFinishedBatch(docket.store, 'notes', storedRows(450));
  const folder = await tempFolder();
  const told: ExportProgress[] = [];
  let time = 0;
  const now = () => {
    time += 1_000;
    return time;
  };
  return { docket, batch, folder, told, now };
}

describe('an export that takes a while', () => {
  it('tells how far it is and ends with the whole file', async () => {
    const { docket, batch, folder, told, now } = await large();
    const exports = createExports({
      read: docket.store.read,
      xlsxWorker,
      tell: (progress) => told.push(progress),
      now,
    });
    const file = join(folder, 'notes.json');

    expect(must(await exports.write(batch, { format: 'json', only: 'all' }, file))).toBe(file);

    expect(told.map(({ written }) => written)).toEqual([200, 400, 450]);
    expect(told[0]).toEqual({ batchId: batch.id, written: 200, total: 450 });
    expect(JSON.parse(await readFile(file, 'utf8')).files).toHaveLength(450);
    expect(await readdir(folder)).toEqual(['notes.json']);
  });

  it('leaves the file of before when it is stopped, and no half of a new one', async () => {
    const { docket, batch, folder, now } = await large();
    const exports = createExports({
      read: docket.store.read,
      xlsxWorker,
      tell: ({ batchId }) => exports.stop(batchId),
      now,
    });
    await writeFile(join(folder, 'notes.csv'), 'of before');

    expect(must(await exports.write(batch, { format: 'csv', only: 'all' }, join(folder, 'notes.csv')))).toBeNull();

    expect(await readdir(folder)).toEqual(['notes.csv']);
    expect(await readFile(join(folder, 'notes.csv'), 'utf8')).toBe('of before');
  });

  it('is stopped by a quit, which waits until nothing half-written is left', async () => {
    const { docket, batch, folder, now } = await large();
    let closed: Promise<void> | null = null;
    const tell = () => {
      closed ??= exports.close();
    };
    const exports = createExports({ read: docket.store.read, xlsxWorker, tell, now });

    const written = exports.write(batch, { format: 'md', only: 'all' }, join(folder, 'notes.md'));

    expect(must(await written)).toBeNull();
    await closed;
    expect(await readdir(folder)).toEqual([]);
  });

  it('is no document of a folder while it is half-written, nor where it was left so', async () => {
    const folder = await tempFolder();
    const found: string[] = [];
    async function* pieces() {
      yield 'Half of the results';
      await expect.poll(() => readdir(folder)).toHaveLength(1);
      for await (const { name } of walk([folder])) found.push(name);
    }

    await writeExportFile(join(folder, 'notes.csv'), pieces());

    expect(found).toEqual([]);
    expect(await readdir(folder)).toEqual(['notes.csv']);
  });

  it('says what to look at when the file cannot be written', async () => {
    const { docket, batch, folder, now } = await large();
    const exports = createExports({ read: docket.store.read, xlsxWorker, tell: () => {}, now });

    const problem = problemOf(
      await exports.write(batch, { format: 'csv', only: 'all' }, join(folder, 'gone', 'notes.csv')),
    );

    expect(problem).toMatchObject({ code: 'file_unwritable', params: { name: 'notes.csv', reason: 'no_folder' } });
    expect(problem.message).toMatch(/^notes\.csv could not be written\./);
    expect(problem.detail).toContain('ENOENT');
  });

  it('is refused while the same batch is being exported', async () => {
    const { docket, batch, folder, now } = await large();
    const exports = createExports({ read: docket.store.read, xlsxWorker, tell: () => {}, now });

    const first = exports.write(batch, { format: 'csv', only: 'all' }, join(folder, 'one.csv'));
    expect(problemOf(await exports.write(batch, { format: 'csv', only: 'all' }, join(folder, 'two.csv'))).code).toBe(
      'not_allowed',
    );

    expect(must(await first)).toBe(join(folder, 'one.csv'));
    expect(await readdir(folder)).toEqual(['one.csv']);
  });
});
