import { join } from 'node:path';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { exportBatch } from '../../src/main/batch/export/export-batch.ts';
import type { Batch, ExportFilter } from '../../src/shared/batch-data.ts';
import type { ExportFormat } from '../../src/shared/export-format.ts';
import { runBatch, type TestDocket, xlsxWorker } from '../support/docket.ts';
import { prompted, status, text } from '../support/model-server-replies.ts';
import { docketAt, folderOf, folderOfNotes, noteText, server } from '../support/workspace.ts';

async function exported(
  docket: TestDocket,
  batch: Batch,
  format: ExportFormat,
  only: ExportFilter = 'all',
): Promise<string> {
  let whole = '';
  for await (const piece of exportBatch({ read: docket.store.read, xlsxWorker }, batch, { format, only }))
    whole += piece;
  return whole;
}

function parseCsv(csv: string): readonly Readonly<Record<string, string>>[] {
  const { data, errors } = Papa.parse<Record<string, string>>(csv.slice(1), { header: true, skipEmptyLines: true });
  expect(errors).toEqual([]);
  return data;
}

const hostile = '=HYPERLINK("http://example.invalid";"click") | a\nb\rc `d` <img src=x> &lt;';

/** One good file, one that the model answers with mischief, and one that fails. */
async function mixedBatch() {
  const model = await server();
  model.respond((request) => {
    if (!request.prompt.includes('mischief')) return undefined;
    return request.task === 'summary' ? text(hostile) : prompted();
  });
  const docket = await docketAt({ baseUrl: model.url });
  const folder = await folderOf({ '+mischief.txt': noteText('mischief'), 'a,"b".txt': noteText('a'), 'zero.txt': '' });
  return { docket, folder, batch: await runBatch(docket, [folder]) };
}

describe('an export of what is shown', () => {
  it('has the files of a filter alone, and says that it is a part', async () => {
    const { docket, batch } = await mixedBatch();
    const files = async (only: ExportFilter) =>
      parseCsv(await exported(docket, batch, 'csv', only)).map((row) => row.File);

    expect(await files('failed')).toEqual(['papers/zero.txt']);
    expect(await files('done')).toEqual(['papers/+mischief.txt', 'papers/a,"b".txt']);
    expect(await files('queued')).toEqual([]);
    expect(await files('noted')).toEqual([]);
    const json = JSON.parse(await exported(docket, batch, 'json', 'failed'));
    expect(json.batch.files).toBe('failed');
    expect(json.files).toHaveLength(1);
    expect(await exported(docket, batch, 'md', 'failed')).toContain(
      '2 of 3 files finished, 1 failed. Only the files that failed are listed here (1).',
    );
    expect(await exported(docket, batch, 'md')).not.toContain('Only');
  });
});

describe('an export as CSV', () => {
  it('has the words with which a server refused a file, in one line', async () => {
    const model = await server();
    model.respond((request) =>
      request.prompt.includes('poison')
        ? status(403, { body: { error: { message: `Blocked by rule 981172:\n${'x'.repeat(400)}` } } })
        : undefined,
    );
    const docket = await docketAt({ baseUrl: model.url });
    const names = ['a.txt', 'b.txt', 'c.txt', 'd.txt'];
    const files = Object.fromEntries(names.map((name) => [name, noteText(name)]));
    const batch = await runBatch(docket, [await folderOf({ ...files, 'e.txt': noteText('poison') })]);
    const [row] = parseCsv(await exported(docket, batch, 'csv', 'failed'));
    expect(row?.Error).toMatch(/\(HTTP 403\)\..* The server said: .*Blocked by rule 981172: x+…$/);
    expect(row?.Error?.length).toBeLessThan(500);
  });

  it('names what the server gave as its reason for a reply that is none, also with HTTP 200', async () => {
    const model = await server();
    model.respond(text('Half of', { finishReason: 'solar_flare' }));
    const docket = await docketAt({ baseUrl: model.url });
    const batch = await runBatch(docket, [await folderOfNotes(1)]);
    const [row] = parseCsv(await exported(docket, batch, 'csv'));
    expect(row?.Error).toContain('The server said: finish_reason: solar_flare');
    expect(await exported(docket, batch, 'md')).toContain('finish\\_reason: solar\\_flare');
  });

  it('has a row a file, opens as UTF-8 in Excel, and runs no formula', async () => {
    const { docket, batch, folder } = await mixedBatch();

    const csv = await exported(docket, batch, 'csv');

    expect(csv.startsWith('\uFEFFFile,Status,Summary,Sentiment,Topics,')).toBe(true);
    expect(csv.split('\r\n').length).toBeGreaterThanOrEqual(4);
    const rows = parseCsv(csv);
    expect(rows.map((row) => [row.File, row.Status])).toEqual([
      ['papers/+mischief.txt', 'done'],
      ['papers/a,"b".txt', 'done'],
      ['papers/zero.txt', 'failed'],
    ]);
    expect(rows[0]?.Summary).toMatch(/^'=HYPERLINK/);
    expect(rows[1]).toMatchObject({ Summary: 'This is a.', Sentiment: 'negative', Topics: 'delivery, about, again' });
    expect(rows[2]).toMatchObject({ Summary: '', Error: expect.stringMatching(/^This file is empty/), Tokens: '' });
    expect(rows[1]?.Path).toBe(`${folder}/a,"b".txt`);
    expect(rows[1]?.['SHA-256']).toMatch(/^[0-9a-f]{64}$/);
    for (const cell of rows.flatMap((row) => Object.values(row))) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
  });

  it.each(['=1+1', '=1+1\nSecond line', '\n=1+1', '＝1+1'])('runs no formula that is a file name: %j', async (name) => {
    const docket = await docketAt();
    const folder = await folderOf({ [`${name}.txt`]: noteText('x') });

    const [row] = parseCsv(await exported(docket, await runBatch(docket, [join(folder, `${name}.txt`)]), 'csv'));

    expect(row?.File).toBe(`'${name}.txt`);
  });

  it('calls word counting what it is', async () => {
    const docket = await docketAt();
    const batch = await runBatch(docket, [await folderOfNotes(1)]);

    const [row] = parseCsv(await exported(docket, batch, 'csv'));

    expect(Object.keys(row ?? {}).slice(2, 5)).toEqual(['Extract', 'Word-list tone', 'Key terms']);
    expect(row).toMatchObject({ Provider: 'Built-in text engine (no AI model)', Tokens: 'n/a', Status: 'done' });
    expect(await exported(docket, batch, 'md')).toContain('| File | Status | Extract | Word-list tone | Key terms |');
    expect(JSON.parse(await exported(docket, batch, 'json'))).toMatchObject({
      batch: { llm: false, providerName: 'Built-in text engine' },
      files: [{ totalTokens: null }],
    });
  });

  it('says "unknown" of tokens that the server did not count', async () => {
    const model = await server();
    model.respond(prompted({ usage: null }));
    const docket = await docketAt({ baseUrl: model.url });
    const batch = await runBatch(docket, [await folderOfNotes(1)]);

    expect(parseCsv(await exported(docket, batch, 'csv'))[0]?.Tokens).toBe('unknown');
  });
});

describe('an export of files with notes on their reading', () => {
  const words = '1 byte sequence is not valid utf-8 and shows as \ufffd.';

  it('has them in a column of every format, and their codes in JSON', async () => {
    const docket = await docketAt();
    const broken = Buffer.concat([Buffer.from('Größe über alles, schöne Grüße. '.repeat(8)), Buffer.from([0xff])]);
    const batch = await runBatch(docket, [await folderOf({ 'a.txt': broken, 'b.txt': noteText('b') })]);

    expect(batch.counts).toMatchObject({ done: 2, noted: 1 });
    const rows = parseCsv(await exported(docket, batch, 'csv'));
    expect(rows.map((row) => row['Reading notes'])).toEqual([words, '']);
    expect(JSON.parse(await exported(docket, batch, 'json')).files).toMatchObject([
      { notes: [{ code: 'bytes_not_valid', params: { count: 1, encoding: 'utf-8' }, words }] },
      { notes: [] },
    ]);
    const markdown = await exported(docket, batch, 'md');
    expect(markdown).toContain('2 of 2 files finished, 0 failed, 1 read with notes.');
    expect(markdown).toContain(`| ${words} |`);
  });
});

describe('an export as JSON', () => {
  it('is one valid document with everything known of each file', async () => {
    const { docket, batch } = await mixedBatch();

    const parsed = JSON.parse(await exported(docket, batch, 'json'));

    expect(parsed.batch).toMatchObject({
      id: batch.id,
      model: 'gpt-4o-mini',
      counts: { total: 3, done: 2, failed: 1 },
    });
    expect(new Date(parsed.batch.finishedAt).getTime()).toBe(batch.finishedAt);
    expect(parsed.files).toHaveLength(3);
    expect(parsed.files[0].answers[0].raw).toBe(hostile);
    expect(parsed.files[0].callIds).toHaveLength(3);
    expect(parsed.files[2]).toMatchObject({ status: 'failed', problem: { code: 'file_empty' }, answers: [] });
  });

  it('is valid without any file, and with more than a page of them', async () => {
    const docket = await docketAt();
    const none = await runBatch(docket, [await folderOf({})]);
    expect(JSON.parse(await exported(docket, none, 'json')).files).toEqual([]);

    const many = await runBatch(docket, [await folderOfNotes(230)]);
    const { files } = JSON.parse(await exported(docket, many, 'json'));
    expect(files.map((file: { position: number }) => file.position)).toEqual(Array.from({ length: 230 }, (_, n) => n));
  });
});

describe('an export as Markdown', () => {
  it('is a table that no text breaks out of', async () => {
    const { docket, batch } = await mixedBatch();

    const markdown = await exported(docket, batch, 'md');

    const lines = markdown.trimEnd().split('\n');
    expect(lines[0]).toBe('# papers');
    expect(lines[2]).toMatch(
      /^127\.0\.0\.1:\d+ \(127\.0\.0\.1:\d+\), gpt-4o-mini\. 2 of 3 files finished, 1 failed\.$/,
    );
    expect(lines.slice(4, 6)).toEqual([
      '| File | Status | Summary | Sentiment | Topics | Checked | Error | Coverage | Reading notes |',
      '|---|---|---|---|---|---|---|---|---|',
    ]);
    expect(lines).toHaveLength(9);
    for (const line of lines.slice(6)) expect(line.split(/(?<!\\)\|/)).toHaveLength(11);
    expect(lines[6]).toContain('\\| a b c \\`d\\` \\<img src=x\\> \\&lt;');
  });

  it('says of a file that a provider failed why it did', async () => {
    const model = await server();
    model.respond((request) => (request.prompt.includes('note 002') ? status(400) : undefined));
    const docket = await docketAt({ baseUrl: model.url });
    const batch = await runBatch(docket, [await folderOfNotes(2)]);

    expect((await exported(docket, batch, 'md')).split('\n').at(-2)).toContain('refused the request (HTTP 400)');
  });
});
