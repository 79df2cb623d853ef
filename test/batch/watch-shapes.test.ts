/** How programs and people change folders, in the shapes that other watchers are reported to have missed. */
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rowsOf, type TestDocket } from '../support/docket.ts';
import { asked, batchUntil, done, logUntil, namesOf, saw, until, watched } from './watching.ts';

/** Names of the rows, each with what became of it. */
async function rowWords(docket: TestDocket, id: string): Promise<readonly string[]> {
  return (await rowsOf(docket, id))
    .map(({ name, status, goneAt }) => `${name} ${status}${goneAt === null ? '' : ' gone'}`)
    .sort();
}

/** Waits until the rows are these. */
function rowsUntil(docket: TestDocket, id: string, wanted: readonly string[]): Promise<readonly string[]> {
  return until(
    docket,
    () => rowWords(docket, id),
    (words) => words.join('\n') === wanted.join('\n'),
  );
}

describe('a watched folder in which a program saves', () => {
  it('has one row for a file whose old version is moved to a copy first (Emacs, Vim)', async () => {
    const { model, docket, folder, id } = await watched();
    await writeFile(join(folder, '4913'), '');
    await rm(join(folder, '4913'));
    await rename(join(folder, 'a.txt'), join(folder, 'a.txt~'));
    await writeFile(join(folder, 'a.txt'), 'One and a half.');
    await logUntil(docket, id, saw('edited'));
    await rowsUntil(docket, id, ['papers/a.txt done']);
    expect(model.chatRequests.every(({ prompt }) => prompt.includes('half'))).toBe(true);
  });

  it('has one row for a file that is written under another name and put in its place (Word, macOS)', async () => {
    const { docket, folder, id } = await watched();
    await writeFile(join(folder, '~WRD0000.tmp'), 'One and a half.');
    await rename(join(folder, 'a.txt'), join(folder, '~WRL0001.tmp'));
    await rename(join(folder, '~WRD0000.tmp'), join(folder, 'a.txt'));
    await rm(join(folder, '~WRL0001.tmp'));
    await logUntil(docket, id, asked);
    await writeFile(join(folder, '.a.txt.sb-1c6f2a-Xy'), 'One and three quarters.');
    await rename(join(folder, '.a.txt.sb-1c6f2a-Xy'), join(folder, 'a.txt'));
    await until(
      docket,
      () => docket.batches.watchLog(id),
      (log) => log.filter(asked).length === 2,
    );
    await rowsUntil(docket, id, ['papers/a.txt done']);
  });

  it('has a download read once it is whole, though its name is there before (Firefox)', async () => {
    const { docket, folder, id } = await watched();
    await writeFile(join(folder, 'b.txt'), '');
    await writeFile(join(folder, 'b.txt.part'), 'The first half');
    await rowsUntil(docket, id, ['papers/a.txt done', 'papers/b.txt failed']);
    await writeFile(join(folder, 'b.txt.part'), 'The first half and the second.');
    await rename(join(folder, 'b.txt.part'), join(folder, 'b.txt'));
    await rowsUntil(docket, id, ['papers/a.txt done', 'papers/b.txt done']);
  });

  it('says nothing about what the system itself keeps in it', async () => {
    const { docket, folder, id } = await watched();
    for (const name of ['.DS_Store', 'Thumbs.db', 'desktop.ini', '._a.txt', '~$a.docx', '.~lock.a.odt#']) {
      await writeFile(join(folder, name), 'Not a paper.');
    }
    await writeFile(join(folder, 'b.txt'), 'Two.');
    await rowsUntil(docket, id, ['papers/a.txt done', 'papers/b.txt done']);
    const seen = (await docket.batches.watchLog(id)).filter(({ what }) => what === 'saw');
    expect(seen).toMatchObject([{ counts: { added: 1 }, names: [{ name: 'papers/b.txt' }] }]);
  });
});

describe('a watched folder in which folders come and go', () => {
  it('sees what is in a folder that was deleted and made again', async () => {
    const { docket, folder, id } = await watched({ files: { 'May/a.txt': 'One.' } });
    await rm(join(folder, 'May'), { recursive: true });
    await mkdir(join(folder, 'May'));
    await writeFile(join(folder, 'May', 'b.txt'), 'Two.');
    await rowsUntil(docket, id, ['papers/May/a.txt done gone', 'papers/May/b.txt done']);
    await writeFile(join(folder, 'May', 'c.txt'), 'Three.');
    await rowsUntil(docket, id, ['papers/May/a.txt done gone', 'papers/May/b.txt done', 'papers/May/c.txt done']);
  });

  it('sees another folder in the place of one of the same name, and later changes in it', async () => {
    const { docket, folder, id } = await watched({ files: { 'May/a.txt': 'One.' } });
    const beside = join(dirname(folder), 'other');
    await mkdir(beside);
    await writeFile(join(beside, 'b.txt'), 'Two.');
    await rename(join(folder, 'May'), join(dirname(folder), 'old'));
    await rename(beside, join(folder, 'May'));
    await rowsUntil(docket, id, ['papers/May/a.txt done gone', 'papers/May/b.txt done']);
    await writeFile(join(folder, 'May', 'c.txt'), 'Three.');
    await rowsUntil(docket, id, ['papers/May/a.txt done gone', 'papers/May/b.txt done', 'papers/May/c.txt done']);
  });

  it('asks nothing again of a folder in it that goes and comes back, as a drive does', async () => {
    const { model, docket, folder, id } = await watched({ files: { 'a.txt': 'One.', 'Drive/b.txt': 'Two.' } });
    const away = join(dirname(folder), 'away');
    await rename(join(folder, 'Drive'), away);
    await rowsUntil(docket, id, ['papers/Drive/b.txt done gone', 'papers/a.txt done']);
    await rename(away, join(folder, 'Drive'));
    await rowsUntil(docket, id, ['papers/Drive/b.txt done', 'papers/a.txt done']);
    expect(model.chatRequestCount).toBe(0);
  });

  it('watches another folder that takes its own place', async () => {
    const { docket, folder, id } = await watched();
    await rename(folder, join(dirname(folder), 'old'));
    await batchUntil(docket, id, ({ watch }) => watch?.trouble != null);
    await mkdir(folder);
    await writeFile(join(folder, 'b.txt'), 'Two.');
    await rowsUntil(docket, id, ['papers/a.txt done gone', 'papers/b.txt done']);
    await writeFile(join(folder, 'c.txt'), 'Three.');
    await rowsUntil(docket, id, ['papers/a.txt done gone', 'papers/b.txt done', 'papers/c.txt done']);
  });
});

describe('a watched folder in which files are renamed', () => {
  it('has one row for a file whose name changed in case alone', async () => {
    const { model, docket, folder, id } = await watched({ files: { 'Report.txt': 'One.' } });
    await rename(join(folder, 'Report.txt'), join(folder, 'report.txt'));
    await rowsUntil(docket, id, ['papers/report.txt done']);
    expect(model.chatRequestCount).toBe(0);
  });

  it('has each file once after a storm of renames, and no row is lost', async () => {
    const files = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`n${n}.txt`, `Note ${n}.`]));
    const { model, docket, folder, id } = await watched({ files });
    for (let round = 0; round < 3; round += 1) {
      for (let n = 0; n < 20; n += 1) {
        const name = (r: number) => join(folder, r === 0 ? `n${n}.txt` : `round ${r} of ${n}.txt`);
        await rename(name(round), name(round + 1));
      }
    }
    const wanted = Array.from({ length: 20 }, (_, n) => `papers/round 3 of ${n}.txt done`).sort();
    await rowsUntil(docket, id, wanted);
    expect(model.chatRequestCount).toBe(0);
  });

  it('has two files that exchange their names both asked as what they are now', async () => {
    const { docket, folder, id } = await watched({ files: { 'a.txt': 'One.', 'b.txt': 'Two, and more.' } });
    await rename(join(folder, 'a.txt'), join(folder, 'between.txt'));
    await rename(join(folder, 'b.txt'), join(folder, 'a.txt'));
    await rename(join(folder, 'between.txt'), join(folder, 'b.txt'));
    await until(
      docket,
      async () => (await rowsOf(docket, id)).map(({ bytes }) => bytes),
      (sizes) => sizes.join() === '14,4',
    );
    await batchUntil(docket, id, done(2));
    expect(await namesOf(docket, id)).toEqual(['papers/a.txt', 'papers/b.txt']);
    expect((await rowWords(docket, id)).filter((words) => words.endsWith('gone'))).toEqual([]);
  });
});
