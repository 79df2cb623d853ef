/** The Excel export, opened by another reader than what wrote it, and looked into as XML. */
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { strFromU8, unzipSync } from 'fflate';
import readXlsx from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { exportBatch } from '../../src/main/batch/export/export-batch.ts';
import type { Pages } from '../../src/main/batch/export/export-format.ts';
import { CELL_CHARACTERS } from '../../src/main/batch/export/fit-cell.ts';
import { xlsxFormat } from '../../src/main/batch/export/xlsx.ts';
import { standardRecipe } from '../../src/main/recipes/standard.ts';
import type { Batch } from '../../src/shared/batch-data.ts';
import { makeAnswer } from '../support/answers.ts';
import { contractRecipe, valued, writeContractBatch } from '../support/contract-batch.ts';
import { type TestDocket, xlsxWorker } from '../support/docket.ts';
import { storedRows, writeAnsweredBatch, writeFinishedBatch } from '../support/stored-batch.ts';
import { docketAt, tempFolder } from '../support/workspace.ts';

type Value = string | number | boolean | Date | null;

interface Workbook {
  /** Sheets by name, row by row. */
  readonly sheets: Readonly<Record<string, readonly (readonly Value[])[]>>;
  /** The parts of the file, by their path in it. */
  readonly parts: Readonly<Record<string, string>>;
}

async function save(pieces: AsyncIterable<string | Uint8Array>): Promise<Workbook> {
  const file = join(await tempFolder(), 'results.xlsx');
  await pipeline(Readable.from(pieces), createWriteStream(file));
  const sheets = await readXlsx(file, { trim: false });
  const parts = Object.entries(unzipSync(await readFile(file)));
  return {
    sheets: Object.fromEntries(sheets.map(({ sheet, data }) => [sheet, data as readonly (readonly Value[])[]])),
    parts: Object.fromEntries(parts.map(([name, bytes]) => [name, strFromU8(bytes)])),
  };
}

function exported(docket: TestDocket, batch: Batch): Promise<Workbook> {
  return save(exportBatch({ read: docket.store.read, xlsxWorker }, batch, { format: 'xlsx', only: 'all' }));
}

/** The rows of the first sheet by the titles of their columns. */
function answers({ sheets: { Answers = [] } }: Workbook): readonly Readonly<Record<string, Value | undefined>>[] {
  const [titles = [], ...rows] = Answers;
  return rows.map((row) => Object.fromEntries(titles.map((title, index) => [String(title), row[index]])));
}

function about({ sheets: { About = [] } }: Workbook, name: string): readonly Value[] {
  return About.find(([first]) => first === name)?.filter((value) => value !== null) ?? [];
}

/** A batch with a file for each of these summaries. */
async function summarised(...texts: readonly string[]): Promise<Workbook> {
  const docket = await docketAt();
  const files = texts.map((text, index) => ({ name: `${index}.txt`, answers: [makeAnswer('summary', text)] }));
  return exported(docket, await writeAnsweredBatch(docket.store, 'summaries', standardRecipe, files));
}

describe('an Excel export', () => {
  it('has numbers and dates as such, and proof in columns', async () => {
    const docket = await docketAt();
    const workbook = await exported(docket, await writeContractBatch(docket.store));

    const [proven, doubtful, failed] = answers(workbook);

    expect(proven).toMatchObject({
      File: 'a.pdf',
      Parties: 'A, B',
      'Parties: quotation': 'between A & B <GmbH>',
      'Parties: place': 'page 2, line 4',
      'Parties: proof': 'found',
      Ends: new Date('2026-03-31'),
      Price: -1200.5,
      'Price: unit': 'EUR',
      Renews: 'Yes',
      Tokens: 900,
    });
    expect(doubtful).toMatchObject({
      'Parties: quotation': 'between A & B <GmbH>\nand C Ltd',
      'Parties: proof': 'not found in the document',
      Ends: '2026',
      Price: 'Not stated in the document',
      Renews: null,
    });
    expect(failed).toMatchObject({ Status: 'failed', Error: expect.stringMatching(/only white space/), Parties: null });
  });

  it('has a second sheet that says where the answers come from and what is missing', async () => {
    const docket = await docketAt();
    const workbook = await exported(docket, await writeContractBatch(docket.store));

    expect(Object.keys(workbook.sheets)).toEqual(['Answers', 'About']);
    expect(about(workbook, 'Recipe')).toEqual(['Recipe', 'Contracts & terms (all questions in one request)']);
    expect(about(workbook, 'Provider')).toEqual(['Provider', 'Bench (bench.example)']);
    expect(about(workbook, 'Model')).toEqual(['Model', 'gpt-4o-mini']);
    expect(about(workbook, 'Files')).toEqual(['Files', '2 of 3 files finished, 1 failed.']);
    expect(about(workbook, 'In this export')).toEqual(['In this export', 'all 3 files']);
    expect(about(workbook, 'Parties')).toEqual(['Parties', 'Parties?', 'list', 'quotation asked for']);
    const outcomes = workbook.sheets.About?.filter(([first]) => first === 'Parties')[1];
    expect(outcomes).toEqual(['Parties', 2, 0, 0, 1, 1, 0, 1]);
    const why = 'This file contains only white space. Check that it was saved or copied completely.';
    expect(about(workbook, why)).toEqual([why, 1]);
  });

  it('keeps its header in sight, wraps text and filters by column', async () => {
    const docket = await docketAt();
    const { parts } = await exported(docket, await writeContractBatch(docket.store));

    const sheet = parts['xl/worksheets/sheet1.xml'] ?? '';
    expect(sheet).toMatch(/<pane xSplit="1" ySplit="1" topLeftCell="B2" activePane="bottomRight" state="frozen"\/>/);
    expect(sheet).toMatch(/<col min="1" max="1" width="40" customWidth="1"\/>/);
    expect(sheet).toContain('<autoFilter ref="A1:W4"/>');
    expect(parts['xl/styles.xml']).toMatch(/<alignment vertical="top" wrapText="1"\/>/);
    expect(parts['xl/styles.xml']).toContain('yyyy-mm-dd');
    expect(parts['docProps/core.xml']).toContain('<dc:creator>Docket</dc:creator>');
    for (const part of Object.values(parts)) expectWellFormed(part);
  });

  it('holds text that looks like a formula, a code or markup as text', async () => {
    const texts = [
      '=1+1',
      '=HYPERLINK("http://example.invalid")',
      '+1',
      '-1',
      '@SUM(A1)',
      '\t=1',
      '＝1',
      '{=1}',
      '_x000D_ and _x0041_',
      'line one\nline two',
      '  spaces\tat both ends  ',
      '<b> & "quotes" \'too\' ]]>',
      '😀 \u202Eright to left \u0645',
    ];

    const workbook = await summarised(...texts);

    expect(answers(workbook).map(({ Summary }) => Summary)).toEqual(texts);
    expect(workbook.parts['xl/worksheets/sheet1.xml']).not.toMatch(/<f[ >]/);
    const lines = await summarised('line one\r\nline two\rline three');
    expect(answers(lines)[0]?.Summary).toBe('line one\nline two\nline three');
  });

  it('shows what XML cannot hold as a mark, and counts it', async () => {
    const workbook = await summarised('a\u0000b\u000Bc\uD800d\uFFFEe');
    expect(answers(workbook)[0]?.Summary).toBe('a\uFFFDb\uFFFDc\uFFFDd\uFFFDe');
    expect(about(workbook, 'Control characters shown as \uFFFD')[1]).toBe(4);
  });

  it('cuts a text that no cell holds, and says so in the cell and on the second sheet', async () => {
    const workbook = await summarised(`${'x'.repeat(CELL_CHARACTERS - 60)}${'😀'.repeat(100)}`);

    const cell = String(answers(workbook)[0]?.Summary);
    expect(cell.length).toBeLessThanOrEqual(CELL_CHARACTERS);
    expect(cell).toMatch(/^x+… \[Cut: an Excel cell holds 32,767 characters, this text has 32,907\. The other export/);
    expect(about(workbook, 'Cells cut at 32,767 characters')[1]).toBe(1);
  });

  it('cuts between characters, and by their length in the file', async () => {
    const markup = await summarised('&😀'.repeat(8_000));
    const sheet = markup.parts['xl/worksheets/sheet1.xml'] ?? '';
    const stored = /<v>((?:&amp;|😀)+)… \[Cut/u.exec(sheet)?.[1] ?? '';
    expect(stored.length).toBeGreaterThan(32_000);
    expect(about(markup, 'Cells cut at 32,767 characters')[1]).toBe(1);
    const fits = await summarised('x'.repeat(CELL_CHARACTERS));
    expect(answers(fits)[0]?.Summary).toBe('x'.repeat(CELL_CHARACTERS));
    expect(about(fits, 'Cells cut at 32,767 characters')[1]).toBe(0);
  });

  it('keeps what its numbers and dates cannot hold as text', async () => {
    const docket = await docketAt();
    const file = (name: string, number: number, day: string) => ({
      name,
      answers: [
        valued('price', { type: 'number', number, unit: null }),
        valued('ends', { type: 'date', from: day, to: null }),
      ],
    });
    const files = [
      file('a', 9_007_199_254_740_991, '1899-12-31'),
      file('b', 0.1, '1900-02-28'),
      file('c', 123_456_789_012_345, '1900-03-01'),
      file('d', -1e-7, '2026-02-31'),
    ];
    const rows = answers(await exported(docket, await writeAnsweredBatch(docket.store, 'odd', contractRecipe, files)));
    expect(rows.map(({ Price, Ends }) => [Price, Ends])).toEqual([
      ['9007199254740991', '1899-12-31'],
      [0.1, '1900-02-28'],
      [123_456_789_012_345, new Date('1900-03-01')],
      [-1e-7, '2026-02-31'],
    ]);
  });

  it('goes on in another sheet where one is full, and says so', async () => {
    const docket = await docketAt();
    const batch = await writeFinishedBatch(docket.store, 'notes', storedRows(450));
    async function* pages(): Pages {
      for (const from of [0, 200, 400]) {
        yield await docket.store.read.pageOfDetails({ batchId: batch.id, only: 'all', from, limit: 200 });
      }
    }

    const workbook = await save(xlsxFormat(xlsxWorker, 201)(batch, { format: 'xlsx', only: 'all' }, pages()));

    expect(Object.entries(workbook.sheets).map(([name, rows]) => [name, rows.length > 50 && rows.length])).toEqual([
      ['Answers', 201],
      ['Answers 2', 201],
      ['Answers 3', 51],
      ['About', false],
    ]);
    expect(workbook.sheets['Answers 3']?.[0]).toEqual(workbook.sheets.Answers?.[0]);
    expect(about(workbook, 'Sheets of answers, with up to 201 rows each')[1]).toBe(3);
  });

  it('is a workbook also without any file', async () => {
    const docket = await docketAt();
    const workbook = await exported(docket, await writeFinishedBatch(docket.store, 'none', []));
    expect(workbook.sheets.Answers).toHaveLength(1);
    expect(about(workbook, 'In this export')[1]).toBe('all 0 files');
  });

  it('ends its thread when it is given up halfway', async () => {
    const docket = await docketAt();
    const batch = await writeFinishedBatch(docket.store, 'notes', storedRows(450));
    const threads = () => process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length;
    const before = threads();
    for await (const piece of exportBatch({ read: docket.store.read, xlsxWorker }, batch, {
      format: 'xlsx',
      only: 'all',
    })) {
      expect(piece.length).toBeGreaterThan(0);
      break;
    }
    expect(threads()).toBe(before);
  });
});

/** Every tag is closed by its own name, and nothing but XML's own entities is used. */
function expectWellFormed(xml: string): void {
  const open: string[] = [];
  for (const [, closing, name = '', selfClosing] of xml.matchAll(/<(\/?)([A-Za-z][\w:]*)[^>]*?(\/?)>/g)) {
    if (closing === '/') expect(open.pop()).toBe(name);
    else if (selfClosing !== '/') open.push(name);
  }
  expect(open).toEqual([]);
  expect(xml).not.toMatch(/&(?!(?:amp|lt|gt|quot|apos);)/);
}
