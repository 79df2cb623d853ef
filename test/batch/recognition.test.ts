import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { must, rowsOf, runBatch, startAgain } from '../support/docket.ts';
import { pdfOf, pictureOf, png } from '../support/page-pictures.ts';
import { docketAt, folderOf } from '../support/workspace.ts';

it('files with text do not wait behind scans, and the pages of scans are counted as they are recognised', async () => {
  const folder = await folderOf({ 'z.txt': 'The letter that was typed.' });
  const scan = await pictureOf();
  await writeFile(join(folder, 'a.pdf'), await pdfOf([scan, scan]));
  for (let n = 1; n <= 5; n += 1) await writeFile(join(folder, `b${n}.png`), png(scan));
  const docket = await docketAt({ settings: { concurrency: 1 } });
  const { id, counts } = await runBatch(docket, [folder]);
  expect(counts).toMatchObject({ done: 7, noted: 6 });
  const progress = docket.payloads('batch.progress').filter(({ batch }) => batch.id === id);
  const typed = (await rowsOf(docket, id)).find(({ name }) => name.endsWith('z.txt'));
  const atTyped = progress.find(({ changed }) => changed.some((row) => row.id === typed?.id && row.status === 'done'));
  expect(atTyped?.batch.counts.done, 'it overtook the scans').toBeLessThan(4);
  const pdf = (await rowsOf(docket, id)).find(({ name }) => name.endsWith('a.pdf'));
  const told = progress.flatMap(({ recognising = [] }) => recognising.filter(({ itemId }) => itemId === pdf?.id));
  expect(told).toContainEqual({ itemId: pdf?.id, done: 1, of: 2 });
  expect(progress.at(-1)?.recognising).toEqual([]);
});

it('a batch that is cancelled while a scan is recognised ends at once, and keeps the pages for the next run', async () => {
  const folder = await folderOf({});
  const scan = await pictureOf();
  await writeFile(join(folder, 'long.pdf'), await pdfOf(Array.from({ length: 6 }, () => scan)));
  const docket = await docketAt();
  const { id } = must(await docket.batches.create([folder], { start: true }));
  await docket.waitFor('batch.progress', ({ recognising = [] }) => recognising.some(({ done }) => done === 1));
  await docket.batches.cancel(id);
  await docket.batches.settled(id);
  const progress = () => docket.payloads('batch.progress');
  expect(progress().at(-1)?.batch).toMatchObject({ status: 'cancelled', counts: { done: 0, running: 0 } });
  const before = progress().length;

  expect(await startAgain(docket, id)).toMatchObject({ status: 'finished', counts: { done: 1 } });
  const [first] = progress()
    .slice(before)
    .flatMap(({ recognising = [] }) => recognising);
  expect(first?.done, 'it goes on after the pages that were done').toBeGreaterThanOrEqual(1);

  const again = await runBatch(docket, [folder]);
  const told = progress().filter(({ batch }) => batch.id === again.id);
  expect(
    told.flatMap(({ recognising = [] }) => recognising),
    'all its pages are known',
  ).toEqual([]);
});
