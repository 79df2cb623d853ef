import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { compareFiles, type Unsettled } from '../../src/main/batch/look-compare.ts';
import { walk } from '../../src/main/documents/walk.ts';
import { folderOf } from '../support/workspace.ts';

it('leaves alone what may still be written, until it stays as it was', async () => {
  const folder = await folderOf({ 'a.txt': 'One', 'b.txt': 'Two.' });
  const look = (unsettled: Unsettled, settledBefore = 0) =>
    compareFiles([], walk([folder]), { settledBefore, unsettled });
  const first = await look(new Map());
  expect([first.fresh, [...first.unsettled.keys()]]).toEqual([[], [join(folder, 'a.txt'), join(folder, 'b.txt')]]);

  await appendFile(join(folder, 'a.txt'), ' and a half.');
  const second = await look(first.unsettled);
  expect(second.fresh.map(({ path }) => path)).toEqual([join(folder, 'b.txt')]);
  expect([...second.unsettled.keys()]).toEqual([join(folder, 'a.txt')]);

  const third = await look(second.unsettled);
  expect(third.fresh.map(({ path }) => path)).toEqual([join(folder, 'a.txt')]);
  const later = Number.MAX_SAFE_INTEGER;
  expect((await look(new Map(), later)).fresh, 'nothing was written for long enough').toHaveLength(2);
});
