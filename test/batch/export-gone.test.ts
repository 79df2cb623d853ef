/** What every format of an export carries of a file that is no longer in its folder. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import Papa from 'papaparse';
import readXlsx from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { exportBatch } from '../../src/main/batch/export/export-batch.ts';
import type { ExportFormat } from '../../src/shared/export-format.ts';
import { batchNow, must, rowsOf, runBatch, xlsxWorker } from '../support/docket.ts';
import { docketAt, folderOf } from '../support/workspace.ts';

/** Of two files, the first is gone, as another look has noticed. */
async function withOneGone() {
  const docket = await docketAt();
  const folder = await folderOf({ 'a.txt': 'One.', 'b.txt': 'Two.' });
  const { id } = await runBatch(docket, [folder]);
  await rm(join(folder, 'a.txt'));
  must(await docket.batches.lookAgain(id));
  const [gone] = await rowsOf(docket, id);
  const at = new Date(gone?.goneAt ?? 0);
  const since = `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  const batch = await batchNow(docket, id);
  const pieces = (format: ExportFormat) =>
    Readable.from(exportBatch({ read: docket.store.read, xlsxWorker }, batch, { format, only: 'all' }));
  return { at, since, pieces };
}

describe('a file that is no longer in its folder', () => {
  it('says so in the tables for programs', async () => {
    const { since, pieces } = await withOneGone();
    const csv = (await text(pieces('csv'))).slice(1);
    const rows = Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true }).data;
    expect(rows.map((row) => row['Gone since'])).toEqual([since, '']);

    const sheets = await readXlsx(await buffer(pieces('xlsx')));
    const [titles = [], ...files] = sheets.find(({ sheet }) => sheet === 'Answers')?.data ?? [];
    expect(files.map((cells) => cells[titles.indexOf('Gone since')])).toEqual([since, null]);
  });

  it('says so in JSON, as a time like every other', async () => {
    const { at, pieces } = await withOneGone();
    const times = [at.toISOString(), null];
    const whole = JSON.parse(await text(pieces('json')));
    expect(whole.files.map(({ goneAt }: { goneAt: unknown }) => goneAt)).toEqual(times);
    const lines = (await text(pieces('jsonl'))).trim().split('\n').slice(1);
    expect(lines.map((line) => JSON.parse(line).goneAt)).toEqual(times);
  });

  it('says so in the reports, beside its status', async () => {
    const { since, pieces } = await withOneGone();
    const html = await text(pieces('html'));
    expect(html.split(`<span class="status">gone since ${since}</span>`)).toHaveLength(2);
    const markdown = await text(pieces('md'));
    expect(markdown.split(`| done, gone since ${since} |`)).toHaveLength(2);
  });
});
