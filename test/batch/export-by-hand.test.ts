/** What every format of an export carries of what a person did: corrections and ticks. */
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import Papa from 'papaparse';
import readXlsx from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { exportBatch } from '../../src/main/batch/export/export-batch.ts';
import type { Batch } from '../../src/shared/batch-data.ts';
import type { ExportFormat } from '../../src/shared/export-format.ts';
import { writeContractBatch } from '../support/contract-batch.ts';
import { batchNow, must, rowsOf, type TestDocket, xlsxWorker } from '../support/docket.ts';
import { docketAt, tempFolder } from '../support/workspace.ts';

/** Of three files, the first has its parties corrected and is ticked; of the second a failed answer is corrected. */
async function corrected(): Promise<{ readonly docket: TestDocket; readonly batch: Batch }> {
  const docket = await docketAt();
  const { id } = await writeContractBatch(docket.store);
  const [first, second] = await rowsOf(docket, id);
  must(await docket.batches.correct(first?.id ?? 0, 'parties', 'A\nZ'));
  must(await docket.batches.correct(second?.id ?? 0, 'renews', 'no'));
  await docket.batches.check(id, [first?.id ?? 0], true);
  return { docket, batch: await batchNow(docket, id) };
}

function pieces(docket: TestDocket, batch: Batch, format: ExportFormat) {
  return exportBatch({ read: docket.store.read, xlsxWorker }, batch, { format, only: 'all' });
}

async function textOf(format: ExportFormat): Promise<string> {
  const { docket, batch } = await corrected();
  let whole = '';
  for await (const piece of pieces(docket, batch, format)) whole += String(piece);
  return whole;
}

const WAS = 'Parties: Corrected by hand; the model said “A, B”.';
const FAILED = 'Renews: Corrected by hand; the model gave no value.';
const COUNTS = '2 of 3 files finished, 1 failed, 1 checked by a person.';

describe('what a person corrected and ticked', () => {
  it('is in the CSV: the value, what it is in place of, that it is not the quotation’s, and the tick', async () => {
    const csv = await textOf('csv');
    const [first, second] = Papa.parse<Record<string, string>>(csv.slice(1), { header: true }).data;
    expect(first).toMatchObject({
      Parties: 'A, Z',
      'Parties: proof': 'corrected by hand',
      Checked: 'yes',
      'Result notes': WAS,
    });
    expect(second).toMatchObject({ Renews: 'No', Checked: 'no', 'Result notes': FAILED });
  });

  it('is in the Excel workbook, with the counts on its second sheet', async () => {
    const { docket, batch } = await corrected();
    const file = join(await tempFolder(), 'results.xlsx');
    await pipeline(Readable.from(pieces(docket, batch, 'xlsx')), createWriteStream(file));
    const sheets = new Map((await readXlsx(file)).map(({ sheet, data }) => [sheet, data]));
    const [titles = [], first = [], second = []] = sheets.get('Answers') ?? [];
    const cell = (row: readonly unknown[], title: string) => row[titles.indexOf(title)];
    expect(cell(first, 'Parties')).toBe('A, Z');
    expect(cell(first, 'Parties: proof')).toBe('corrected by hand');
    expect(cell(first, 'Checked')).toBe('yes');
    expect(cell(first, 'Result notes')).toBe(WAS);
    expect(cell(second, 'Renews')).toBe('No');
    const about = sheets.get('About') ?? [];
    expect(about.find(([name]) => name === 'Files')?.[1]).toBe(COUNTS);
    // Answered twice: a corrected answer did not fail.
    expect(
      about
        .filter(([name]) => name === 'Renews')
        .at(-1)
        ?.slice(1, 4),
    ).toEqual([2, 0, 0]);
  });

  it('is in the HTML report', async () => {
    const html = await textOf('html');
    expect(html).toContain('<p dir="auto">A, Z</p>');
    expect(html).toContain(WAS);
    expect(html).toContain('<b dir="auto">a.pdf</b> <span class="status">checked</span>');
    expect(html).toContain(COUNTS);
  });

  it('is in the Markdown table', async () => {
    const markdown = await textOf('md');
    const [first = '', second = ''] = markdown.split('\n').filter((line) => /^\| [ab]\.pdf/.test(line));
    expect(first).toContain('| A, Z<br>Corrected by hand; the model said “A, B”.');
    expect(first).toContain('| yes |');
    expect(second).toContain('| No<br>Corrected by hand; the model gave no value. |');
    expect(markdown).toContain(COUNTS);
  });

  it.each(['json', 'jsonl'] as const)('is in %s beside the model’s value', async (format) => {
    const text = await textOf(format);
    const [first] =
      format === 'json'
        ? JSON.parse(text).files
        : text
            .trim()
            .split('\n')
            .slice(1)
            .map((line) => JSON.parse(line));
    expect(first).toMatchObject({
      checkedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      answers: [
        {
          question: 'parties',
          value: { items: ['A', 'B'] },
          corrected: { value: { items: ['A', 'Z'] }, of: { items: ['A', 'B'] } },
        },
        {},
        {},
        {},
      ],
    });
  });
});
